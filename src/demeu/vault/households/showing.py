"""Facts as people see them: with source and time; contradictions, contests and old answers of the silent marked."""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from demeu.contracts.vault import Fact, Facts
from demeu.contracts.words import Purpose, Registry
from demeu.kernel import clock
from demeu.kernel.errors import Refusal
from demeu.vault.households import emergencies, queries
from demeu.vault.households.models import Asking, FactRow, GatheringRow


def shown_facts(row: GatheringRow, released: frozenset[Registry], use: Purpose) -> Facts:
    """Every released fact; where a registry is silent now, what it said before, marked stale and counted nowhere."""
    labels = {member.id: member.label for member in queries.picture_of(row, released).members}
    doubtful, contested = queries.flagged(row, released), queries.open_contests(row.household_id)
    now = clock.now()
    found = [
        _fact(fact, row, labels, (fact.member_id, fact.code) in doubtful, contested, _is_past(fact, now))
        for fact in queries.facts_of(row, released)
    ]
    found += [fact for registry in _silent(row) & released for fact in _older(row, registry, use, contested)]
    found += _emergencies(row, released)
    return Facts(facts=tuple(found))


def _is_past(fact: FactRow, now: datetime) -> bool:
    return fact.valid_until is not None and bool(fact.valid_until < now)


def _fact(
    fact: FactRow,
    row: GatheringRow,
    labels: dict[UUID, str],
    contradicts: bool,
    contested: set[tuple[str, str]],
    stale: bool,
) -> Fact:
    member = labels.get(fact.member_id, "other") if fact.member_id else "household"
    return Fact(
        code=fact.code,
        member=member,
        value=queries.shown_value(fact, row.household),
        source=Registry(fact.source),
        as_of=fact.as_of,
        message_id=fact.message_id,
        contradicts=contradicts,
        valid_until=fact.valid_until,
        stale=stale,
        contested=(fact.code, member) in contested,
    )


def _silent(row: GatheringRow) -> frozenset[Registry]:
    names = row.askings.filter(state=Asking.SILENT).values_list("registry", flat=True)
    return frozenset(Registry(name) for name in names)


def _older(row: GatheringRow, registry: Registry, use: Purpose, contested: set[tuple[str, str]]) -> Iterator[Fact]:
    """What the registry last said of those who are members now, under a consent that still stands."""
    earlier = GatheringRow.objects.filter(
        household=row.household_id, state=GatheringRow.DONE, started_at__lt=row.started_at, facts__source=registry
    )
    found = earlier.order_by("-started_at").first()
    if found is None or not _still_released(found, registry, use):
        return
    present = {bytes(member.iin_blind): member.id for member in row.members.all()}
    labels = {member.id: member.label for member in queries.picture_of(row, frozenset(Registry)).members}
    for fact in queries.facts_of(found, frozenset({registry})):
        member = present.get(bytes(fact.member.iin_blind)) if fact.member else None
        if fact.member is None or member is not None:
            fact.member_id = member
            yield _fact(fact, row, labels, False, contested, stale=True)


def _still_released(row: GatheringRow, registry: Registry, use: Purpose) -> bool:
    try:
        return registry in queries.released_for(row.consent, use, row.household.person)
    except Refusal:
        return False


def _emergencies(row: GatheringRow, released: frozenset[Registry]) -> list[Fact]:
    if not released & {Registry.MCHS, Registry.MVD}:
        return []
    return [
        Fact(
            code=one.code,
            member="household",
            value=one.value,
            source=one.source,
            as_of=notice.at,
            message_id=notice.message_id,
        )
        for notice in emergencies.marks_of(row.household_id)
        for one in emergencies.frozen_marks([notice])
    ]
