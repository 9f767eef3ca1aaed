"""New households, new tokens of consent, and the note that a message came."""

import base64
import secrets
from datetime import timedelta

from django.db import IntegrityError, transaction

from demeu.kernel.clock import now, today
from demeu.kernel.errors import conflict, invalid
from demeu.sandbox.registries.household import Household, to_json
from demeu.sandbox.registries.models import (
    AccessToken,
    HouseholdRecord,
    OrganizationRecord,
    ResidentRecord,
    SeenMessage,
)
from demeu.sandbox.registries.numbers import is_valid
from demeu.sandbox.registries.organizations import KINDS
from demeu.sandbox.registries.population import RECIPES, new_household

TRIES = 20


def settle_household(*, kind: str, seed: int | None = None, official_category: int | None = None) -> HouseholdRecord:
    """A new household of the kind; without a seed one is drawn until its people collide with nobody."""
    if kind not in RECIPES:
        raise invalid("household.unknown_kind", kinds=sorted(RECIPES))
    if official_category is not None and official_category not in range(1, 7):
        raise invalid("household.unknown_category")
    for _ in range(TRIES):
        drawn = secrets.randbelow(2**40) if seed is None else seed
        try:
            return _settle(kind, drawn, official_category)
        except IntegrityError:
            if seed is not None:
                break
    raise conflict("household.exists", household_kind=kind)


@transaction.atomic
def _settle(kind: str, seed: int, official_category: int | None) -> HouseholdRecord:
    household = new_household(kind, seed=seed, today=today())
    record = {**to_json(household), "official_category": official_category}
    stored = HouseholdRecord.objects.create(kind=kind, seed=seed, record=record, made_at=now())
    people = [ResidentRecord(iin=member.iin, household=stored) for member in household.members]
    ResidentRecord.objects.bulk_create(people)
    return stored


@transaction.atomic
def settle_person(household: Household) -> None:
    """Put a household made elsewhere (the demo's cast) into the registers, unless its applicant is there."""
    if ResidentRecord.objects.filter(iin=household.applicant.iin).exists():
        return
    stored = HouseholdRecord.objects.create(
        kind=household.kind, seed=int(household.applicant.iin), record=to_json(household), made_at=now()
    )
    ResidentRecord.objects.bulk_create([ResidentRecord(iin=one.iin, household=stored) for one in household.members])


@transaction.atomic
def hand_out_token(*, citizen_iin: str, service: str, lifetime_ms: int) -> AccessToken:
    """A token for one service; its life ends after `lifetime_ms`."""
    return AccessToken.objects.create(
        code=secrets.token_urlsafe(32),
        public_key=base64.b64encode(secrets.token_bytes(32)).decode(),
        citizen_iin=citizen_iin,
        service=service,
        expires_at=now() + timedelta(milliseconds=lifetime_ms),
        handed_out_at=now(),
    )


def note_message(*, message_id: str, service: str, answered_id: str) -> bool:
    """Remember a messageId; False when it came before."""
    _, fresh = SeenMessage.objects.get_or_create(
        message_id=message_id, defaults={"service": service, "answered_id": answered_id, "received_at": now()}
    )
    return fresh


def register_organization(*, number: str, name_ru: str, name_kk: str, kind: str, active: bool = True) -> None:
    """One more legal entity, or other words for one that is there. Refuses `organization.unusable`."""
    if not is_valid(number) or kind not in KINDS:
        raise invalid("organization.unusable", kinds=list(KINDS))
    OrganizationRecord.objects.update_or_create(
        bin=number,
        defaults={"name_ru": name_ru, "name_kk": name_kk, "kind": kind, "since": "2018-05-14", "active": active},
    )
