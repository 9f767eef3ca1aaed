"""What the control API tells of a family or a key."""

from typing import Any

from demeu.sandbox.identity.actions import Person, enrol
from demeu.sandbox.identity.models import HeldKey
from demeu.sandbox.registries.household import Household, Resident, from_json
from demeu.sandbox.registries.models import HouseholdRecord


def family_card(stored: HouseholdRecord) -> dict[str, Any]:
    """A family with its applicant's key, which is issued when there is none."""
    household = from_json(stored.record)
    head = household.applicant
    held = enrol(
        Person(
            iin=head.iin, surname=head.surname, given_name=head.given_name, patronymic=head.patronymic, phone=head.phone
        )
    )
    return {
        "household_id": str(stored.id),
        "kind": household.kind,
        **_name(head),
        "full_name": head.full_name,
        "birth_date": head.birth_date,
        "phone": head.phone,
        "kato": household.kato,
        "address": _address(household),
        "members": [_member(one) for one in household.members],
        "key_id": str(held.id),
        "ncalayer_query": f"?key={held.id}",
    }


def key_card(held: HeldKey, current: HeldKey | None) -> dict[str, Any]:
    """A key without its secret."""
    return {
        "key_id": str(held.id),
        "iin": held.holder.iin,
        "name": held.holder.common_name,
        "role": held.holder.role,
        "algorithm": held.algorithm,
        "purpose": held.purpose,
        "revoked": held.revoked_at is not None,
        "current": current is not None and held.pk == current.pk,
    }


def _name(person: Resident) -> dict[str, str]:
    return {
        "iin": person.iin,
        "surname": person.surname,
        "given_name": person.given_name,
        "patronymic": person.patronymic,
    }


def _member(person: Resident) -> dict[str, Any]:
    return {
        **_name(person),
        "relation": person.relation,
        "birth_date": person.birth_date,
        "disability": person.disability_childhood or person.disability_group > 0,
        "rehabilitation_items": list(person.programme.items) if person.programme else [],
    }


def _address(household: Household) -> dict[str, str]:
    return {
        "kk": f"{household.region_kk}, {household.town_kk}, {household.street_kk} көшесі, "
        f"{household.building}, {household.flat}-пәтер",
        "ru": f"{household.region_ru}, {household.town_ru}, ул. {household.street_ru}, "
        f"{household.building}, кв. {household.flat}",
    }
