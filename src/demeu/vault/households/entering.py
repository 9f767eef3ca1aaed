"""Families that no registry knows, as an institution saw them in person; and places that must stay a secret.

Always true: what is entered rests on a document, under the person's own consent; a protected place is an oblast only.
"""

import json
from datetime import timedelta
from uuid import UUID

from django.db import transaction

from demeu.contracts.vault import EnteredMember
from demeu.contracts.words import Purpose, Registry
from demeu.kernel import clock
from demeu.kernel.audit import record
from demeu.kernel.errors import forbidden, invalid
from demeu.kernel.ids import new_id
from demeu.vault.consents import queries as consents
from demeu.vault.documents import queries as documents
from demeu.vault.households import actions, contests
from demeu.vault.households.models import FactRow, GatheringRow, Household, Member, RawAnswer
from demeu.vault.households.scoring_facts import ADULT_FLAGS, ADULT_NUMBERS, ANY_FLAGS, CHILD_FLAGS, HOUSEHOLD_COUNTS
from demeu.vault.sealing.cipher import seal, seal_bytes

ABOUT_HOME = frozenset({*HOUSEHOLD_COUNTS, "housing_area_m2", "kato", "settlement_class", "tenure", "hardship"})
ABOUT_PERSON = frozenset(
    {*ADULT_FLAGS, *ADULT_NUMBERS, *ANY_FLAGS, *CHILD_FLAGS, "income_monthly_tiyn", "severe_illness", "social_status"}
)
VALID_DAYS = 90
KATO_DIGITS = 9


def enter_facts(
    *,
    person: UUID,
    subject: str,
    consent: UUID,
    basis: UUID,
    protected: bool,
    facts: dict[str, str],
    members: tuple[EnteredMember, ...],
    actor: str,
) -> UUID:
    """A finished gathering made of what an institution saw; the first member is the applicant.

    Refuses `consent.missing`, `facts.own_entry` (nobody enters facts of their own), `facts.no_basis`,
    `facts.unusable_entry`.
    """
    consents.released_registries(consent=consent, use=Purpose.ASSESSMENT, person=person)
    if not actor.startswith("person:") or actor == f"person:{person}":
        raise forbidden("facts.own_entry")
    if documents.owner_of(basis) != person:
        raise invalid("facts.no_basis")
    _check(facts, members)
    with transaction.atomic():
        household, _ = Household.objects.get_or_create(person=person, defaults={"created_at": clock.now()})
        if protected and not household.protected:
            household.protected = True
            household.save(update_fields=["protected"])
        row = GatheringRow.objects.create(
            id=new_id(), household=household, subject=subject, consent=consent, purpose=Purpose.ASSESSMENT,
            state=GatheringRow.ASKING, family_known=True, started_at=clock.now(),
        )  # fmt: skip
        _write(row, _open_place(facts) if protected else facts, members, basis, actor)
        record(actor=actor, action="facts.entered", subject=f"gathering:{row.id}", basis=str(basis))
        actions.finish(row, [])
    return row.id


def _check(facts: dict[str, str], members: tuple[EnteredMember, ...]) -> None:
    unknown = [code for code in facts if code not in ABOUT_HOME]
    unknown += [code for member in members for code in member.facts if code not in ABOUT_PERSON]
    unfit = [code for code, value in facts.items() if not contests.usable_value(code, value)]
    unfit += [
        code for member in members for code, value in member.facts.items() if not contests.usable_value(code, value)
    ]
    kato = facts.get("kato", "0" * KATO_DIGITS)
    too_young = any(member.birth_date > clock.today() for member in members)
    first = members[0].relation != "applicant" or sum(one.relation == "applicant" for one in members) != 1
    if unknown or unfit or too_young or first or len(kato) != KATO_DIGITS or not kato.isdigit():
        raise invalid("facts.unusable_entry", fields=sorted({*unknown, *unfit}))


def _open_place(facts: dict[str, str]) -> dict[str, str]:
    """The same without what leads to the place: of the code only the oblast, nothing of the settlement."""
    kept = {code: value for code, value in facts.items() if code != "settlement_class"}
    if "kato" in kept:
        kept["kato"] = kept["kato"][:2].ljust(KATO_DIGITS, "0")
    return kept


def _write(
    row: GatheringRow, facts: dict[str, str], members: tuple[EnteredMember, ...], basis: UUID, actor: str
) -> None:
    at, message_id = clock.now(), f"entered:{row.id}"
    said = {"home": facts, "members": [member.model_dump(mode="json") for member in members]}
    content = json.dumps({**said, "basis": str(basis), "by": actor}, ensure_ascii=False).encode()
    raw = RawAnswer(id=new_id(), gathering=row, service="institution", message_id=message_id, at=at)
    raw.xml = seal_bytes(raw.id, "raw_answer.xml", content)
    raw.save(force_insert=True)
    lines: list[tuple[Member | None, str, str]] = [(None, code, value) for code, value in facts.items()]
    for place, entered in enumerate(members):
        member = _member(row, place)
        lines += [(member, "relation", entered.relation), (member, "birth_date", entered.birth_date.isoformat())]
        lines += [(member, code, value) for code, value in entered.facts.items()]
    valid_until = at + timedelta(days=VALID_DAYS)
    FactRow.objects.bulk_create(
        FactRow(
            gathering=row, member=member, code=code, value=value, source=Registry.INSTITUTION, as_of=at,
            message_id=message_id, valid_until=valid_until,
        )
        for member, code, value in lines
    )  # fmt: skip


def _member(row: GatheringRow, place: int) -> Member:
    """A member without a number: nothing to find them by."""
    member = Member(gathering=row, place=place)
    member.iin_blind = member.id.bytes
    member.iin = seal(member.id, "member.iin", "")
    member.save(force_insert=True)
    return member
