"""Reading a 1CClientBankExchange text strictly: what reconciliation needs, and no names. Pure.

The format has no reference of the bank, so an entry is named by a hash of what does not change in it. An account is
read by this format or by camt.053, never by both: the same entry would have two names.
"""

import hashlib
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime

from demeu.contracts.vault import StatementLine, StatementLines
from demeu.kernel.clock import ALMATY
from demeu.kernel.errors import Refusal, invalid
from demeu.vault.payees.references import named_reference

HEAD = "1CClientBankExchange"
DOCUMENT, DOCUMENT_END = "СекцияДокумент", "КонецДокумента"
ACCOUNT, ACCOUNT_END, FILE_END = "СекцияРасчСчет", "КонецРасчСчет", "КонецФайла"
NUMBER, DAY, SUM = "Номер", "Дата", "Сумма"
PAYER, PAYEE = "ПлательщикСчет", "ПолучательСчет"
LEFT, CAME, PURPOSE = "ДатаСписано", "ДатаПоступило", "НазначениеПлатежа"
OWN, CLOSING = "РасчСчет", "КонечныйОстаток"
TIYN_MAX = 10**16


def is_1c(text: str) -> bool:
    """Whether a text says that it is such a file."""
    return text.lstrip("\ufeff").startswith(HEAD)


def lines_of_1c(text: str, *, own_iban: str) -> StatementLines:
    """Entries of our account. Refuses `statement.unreadable`, naming the place."""
    rows = [row.strip() for row in text.lstrip("\ufeff").splitlines() if row.strip()]
    if not rows or rows[0] != HEAD or rows[-1] != FILE_END:
        raise _unreadable(HEAD)
    accounts = list(_sections(rows, ACCOUNT, ACCOUNT_END))
    own = [fields for fields in accounts if fields.get(OWN) == own_iban]
    documents = [_line(fields, own_iban) for fields in _sections(rows, DOCUMENT, DOCUMENT_END)]
    return StatementLines(
        lines=tuple(line for line in documents if line is not None),
        account_ok=bool(own) and len(own) == len(accounts),
        closing_balance_tiyn=_tiyn(own[-1].get(CLOSING, ""), CLOSING) if own else 0,
    )


def _sections(rows: list[str], begin: str, end: str) -> Iterator[dict[str, str]]:
    """The fields of each section; a section that does not end is refused."""
    fields: dict[str, str] | None = None
    for row in rows:
        name, _, value = row.partition("=")
        if name == begin:
            if fields is not None:
                raise _unreadable(begin)
            fields = {}
        elif row == end and fields is not None:
            yield fields
            fields = None
        elif fields is not None:
            fields.setdefault(name, value.strip())
    if fields is not None:
        raise _unreadable(end)


def _line(fields: Mapping[str, str], own_iban: str) -> StatementLine | None:
    """One document; None for one that was not booked on our account yet."""
    came, left = fields.get(PAYEE) == own_iban, fields.get(PAYER) == own_iban
    if came == left:
        raise _unreadable(PAYEE)
    day = fields.get(CAME if came else LEFT, "")
    if not day:
        return None
    amount = _tiyn(fields.get(SUM, ""), SUM)
    named = "|".join(fields.get(name, "") for name in (NUMBER, DAY, SUM, PAYER, PAYEE))
    return StatementLine(
        entry_ref=f"1C-{hashlib.sha256(named.encode()).hexdigest()[:40]}",
        amount_tiyn=amount if came else -amount,
        currency="KZT",
        booked_at=_day(day),
        reference=named_reference(fields.get(PURPOSE, ""), incoming=came),
    )


def _day(text: str) -> datetime:
    try:
        return datetime.strptime(text, "%d.%m.%Y").replace(tzinfo=ALMATY).astimezone(UTC)
    except ValueError:
        raise _unreadable(DAY) from None


def _tiyn(text: str, place: str) -> int:
    whole, point, part = text.replace(",", ".").partition(".")
    if not (whole.isascii() and whole.isdigit()) or (point and not (part.isascii() and part.isdigit())):
        raise _unreadable(place)
    if len(part) > 2 or int(whole) > TIYN_MAX // 100:
        raise _unreadable(place)
    return int(whole) * 100 + int(part.ljust(2, "0"))


def _unreadable(place: str) -> Refusal:
    return invalid("statement.unreadable", place=place)
