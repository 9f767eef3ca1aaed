"""A family says that a fact is wrong; a human decides. Until then the fact is marked and nothing harmful may follow."""

import json
import re
from datetime import date
from uuid import UUID

from django.db import transaction

from demeu.contracts.vault import ContestCard, Contests, FactsCorrected
from demeu.contracts.words import Registry
from demeu.kernel import clock
from demeu.kernel.audit import record
from demeu.kernel.errors import conflict, forbidden, invalid, not_found
from demeu.kernel.events import announce
from demeu.kernel.ids import new_id
from demeu.vault.documents import queries as documents
from demeu.vault.households import queries
from demeu.vault.households.models import Contest, FactRow, GatheringRow, RawAnswer
from demeu.vault.households.scoring_facts import ADULT_FLAGS, ADULT_NUMBERS, ANY_FLAGS, CHILD_FLAGS, HOUSEHOLD_COUNTS
from demeu.vault.sealing.cipher import seal_bytes

FLAGS = frozenset({*ADULT_FLAGS, *CHILD_FLAGS, *ANY_FLAGS, "hardship", "alive", "severe_illness"})
NUMBERS = frozenset({*ADULT_NUMBERS, *HOUSEHOLD_COUNTS, "official_category"})
DAYS = frozenset({"birth_date", "emergency_date", "ipr_valid_until"})
WORD = re.compile(r"[a-z0-9_:.-]{1,60}")
NUMBER = re.compile(r"[0-9]{1,15}")
AREA = re.compile(r"[0-9]{1,5}(\.[0-9]{1,2})?")


def usable_value(code: str, value: str) -> bool:
    """Whether a value may stand under a code: flags, numbers, days, else a word of a code list. Pure."""
    if code in FLAGS:
        return value in ("true", "false")
    if code in NUMBERS or code.endswith("_tiyn"):
        return NUMBER.fullmatch(value) is not None
    if code == "housing_area_m2":
        return AREA.fullmatch(value) is not None
    if code in DAYS:
        return _is_day(value)
    return WORD.fullmatch(value) is not None


def _is_day(value: str) -> bool:
    try:
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def contest_fact(
    *, contest: UUID, household: UUID, code: str, member: str, evidence: tuple[UUID, ...], actor: str
) -> None:
    """Mark a fact as contested; the id is the asker's, an open contest of the same fact is kept and its evidence grows.

    Only the household's own person or the platform on their behalf may. Refuses `facts.unknown_household`,
    `contest.foreign`, `contest.foreign_evidence`, `facts.not_gathered`.
    """
    person = queries.person_of(household)
    if actor.startswith("person:") and actor != f"person:{person}":
        raise forbidden("contest.foreign")
    if any(documents.owner_of(document) != person for document in evidence):
        raise forbidden("contest.foreign_evidence")
    given = [str(document) for document in evidence]
    with transaction.atomic():
        known = Contest.objects.select_for_update().filter(id=contest).first()
        known = known or _open(household, code, member)
        if known is not None:
            if known.household_id != household or known.state != Contest.OPEN:
                raise conflict("contest.decided")
            known.evidence = list(dict.fromkeys([*known.evidence, *given]))
            known.save(update_fields=["evidence"])
            return
        row = GatheringRow.objects.filter(household=household, state=GatheringRow.DONE).order_by("-started_at").first()
        if row is None:
            raise conflict("facts.not_gathered")
        Contest.objects.create(
            id=contest, household_id=household, gathering=row, code=code, member=member, evidence=given,
            opened_at=clock.now(),
        )  # fmt: skip
        record(actor=actor, action="fact.contested", subject=f"household:{household}", fact=code)


def _open(household: UUID, code: str, member: str) -> Contest | None:
    return (
        Contest.objects.select_for_update()
        .filter(household=household, code=code, member=member, state=Contest.OPEN)
        .first()
    )


def settle_contest(*, contest: UUID, upheld: bool, value: str | None, actor: str) -> None:
    """A human, never the family itself, decides; an upheld contest adds what is right as a fact of its own.

    Refuses `contest.unknown`, `contest.same_person`, `contest.decided`, `contest.unusable_value`.
    """
    with transaction.atomic():
        row = Contest.objects.select_for_update().select_related("gathering").filter(id=contest).first()
        if row is None:
            raise not_found("contest.unknown")
        if not actor.startswith("person:") or actor == f"person:{queries.person_of(row.household_id)}":
            raise forbidden("contest.same_person")
        if row.state != Contest.OPEN:
            raise conflict("contest.decided")
        if upheld and value is not None and not usable_value(row.code, value):
            raise invalid("contest.unusable_value", fact=row.code)
        row.state = Contest.UPHELD if upheld else Contest.DISMISSED
        row.settled_at, row.settled_by = clock.now(), actor[:60]
        row.save(update_fields=["state", "settled_at", "settled_by"])
        if upheld:
            _correct(row, value or "", actor)
        record(actor=actor, action=f"fact.contest_{row.state}", subject=f"household:{row.household_id}", fact=row.code)
        announce(
            FactsCorrected(household=row.household_id, consent=row.gathering.consent, contest=row.id, upheld=upheld)
        )


def _correct(row: Contest, value: str, actor: str) -> None:
    """The decision as a fact of its own, beside what the registries said; they are not changed."""
    members = {one.label: one.id for one in queries.picture_of(row.gathering, frozenset(Registry)).members}
    member, at, message_id = members.get(row.member), clock.now(), f"contest:{row.id}"
    decision = json.dumps({"fact": row.code, "value": value, "by": actor}).encode()
    raw = RawAnswer(id=new_id(), gathering=row.gathering, service="contest", message_id=message_id, at=at)
    raw.xml = seal_bytes(raw.id, "raw_answer.xml", decision)
    raw.save(force_insert=True)
    FactRow.objects.create(
        gathering=row.gathering, member_id=member, code=row.code, value=value, source=Registry.INSTITUTION, as_of=at,
        message_id=message_id,
    )  # fmt: skip


def contest_card(contest: UUID) -> ContestCard:
    """One contest. Refuses `contest.unknown`."""
    row = Contest.objects.filter(id=contest).first()
    if row is None:
        raise not_found("contest.unknown")
    return _card(row)


def open_card(household: UUID, code: str, member: str) -> ContestCard | None:
    """The open contest of a fact, None when there is none."""
    row = Contest.objects.filter(household=household, code=code, member=member, state=Contest.OPEN).first()
    return _card(row) if row else None


def contests_of(household: UUID) -> Contests:
    """What a household contests and contested, the newest first."""
    rows = Contest.objects.filter(household=household).order_by("-opened_at")
    return Contests(contests=tuple(_card(row) for row in rows))


def _card(row: Contest) -> ContestCard:
    return ContestCard(
        contest=row.id,
        code=row.code,
        member=row.member,
        state=row.state,
        evidence=tuple(UUID(document) for document in row.evidence),
        opened_at=row.opened_at,
        settled_at=row.settled_at,
    )
