"""Reading the population and the tokens of consent."""

from datetime import datetime

from demeu.kernel.errors import not_found
from demeu.sandbox.registries.household import Household, from_json
from demeu.sandbox.registries.models import (
    AccessToken,
    HouseholdRecord,
    OrganizationRecord,
    ResidentRecord,
    SeenMessage,
)
from demeu.sandbox.registries.organizations import ALWAYS_THERE, Organization


def record_of(iin: str) -> HouseholdRecord:
    """The stored household of a person."""
    found = ResidentRecord.objects.select_related("household").filter(iin=iin).first()
    if found is None:
        raise not_found("resident.unknown")
    return found.household


def household_of(iin: str) -> Household | None:
    """The household of a person, None when nobody has this IIN."""
    found = ResidentRecord.objects.select_related("household").filter(iin=iin).first()
    return from_json(found.household.record) if found else None


def token_opens(*, code: str, public_key: str, service: str, iins: list[str], at: datetime) -> bool:
    """Whether the token is for the service, in force, and for the household of every IIN."""
    token = AccessToken.objects.filter(code=code, service=service, expires_at__gt=at).first()
    if token is None or token.public_key != public_key:
        return False
    home = household_of(token.citizen_iin)
    allowed = {one.iin for one in home.members} if home else set()
    return all(iin in allowed | {token.citizen_iin} for iin in iins)


def last_answered_id(service: str) -> str:
    """messageId of the newest answer of a service, empty when there was none."""
    newest = SeenMessage.objects.filter(service=service).order_by("-received_at").first()
    return newest.answered_id if newest else ""


def accesses(iin: str, since: datetime, until: datetime) -> list[tuple[datetime, str]]:
    """When and for which service a token about this citizen was handed out, oldest first."""
    found = AccessToken.objects.filter(citizen_iin=iin, handed_out_at__range=(since, until)).order_by("handed_out_at")
    return [(token.handed_out_at, token.service) for token in found if token.handed_out_at]


def organization_of(number: str) -> Organization | None:
    """A legal entity by BIN; None when there is none."""
    row = OrganizationRecord.objects.filter(bin=number).first()
    if row is None:
        return ALWAYS_THERE.get(number)
    return Organization(row.bin, row.name_ru, row.name_kk, row.kind, row.since, row.active)
