"""Which company a name is, what a pledge may be for, and when its last day ends. Pure."""

from datetime import UTC, date, datetime, time
from uuid import UUID, uuid5

from demeu.kernel.clock import ALMATY
from demeu.kernel.errors import conflict, forbidden, invalid
from demeu.portal.giving.rules import WHOLE_FUNDS, Wanted, wanted_of

KINDS = ("gift", "match")
RESTS = ("give", "return")
NAMESPACE = UUID("5f0c9a57-6c5e-4f2b-9a31-0d2f6f8e0c11")
MATCHED_KINDS = ("group", "region", "programme", "fund")


def company_of(organization: str) -> UUID:
    """The reference of a company by the name that its people were invited with: `company.not_named`."""
    name = " ".join(organization.split()).casefold()
    if not name:
        raise forbidden("company.not_named")
    return uuid5(NAMESPACE, name)


def target_of(text: str, kind: str) -> Wanted:
    """A purpose as the form names it, `kind:code`: `company.target`."""
    name, _, code = text.partition(":")
    if name not in (*MATCHED_KINDS, *WHOLE_FUNDS) or (kind == "match" and name not in MATCHED_KINDS):
        raise invalid("company.target")
    return wanted_of({name: code})


def end_of(day: date) -> datetime:
    """The end of a day in Kazakhstan, UTC."""
    return datetime.combine(day, time(23, 59, 59), ALMATY).astimezone(UTC)


def check_until(day: date | None, *, kind: str, today: date) -> date | None:
    """Doubling ends on a day that is ahead; one gift has none: `company.until`."""
    if kind == "gift":
        return None
    if day is None or day <= today:
        raise invalid("company.until")
    return day


def check_same(known: tuple[object, ...], asked: tuple[object, ...]) -> None:
    """A form sent twice is one pledge; a changed one under the same id is refused: `company.changed`."""
    if known != asked:
        raise conflict("company.changed")
