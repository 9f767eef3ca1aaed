"""Emergencies come by themselves: a notice names an event and places; households there are marked and told of.

A household is looked at only by the place that its own consent lets the vault know.
"""

from collections.abc import Iterable
from datetime import datetime
from functools import reduce
from operator import or_
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q

from demeu.contracts.vault import HouseholdStruck
from demeu.contracts.words import Purpose, Registry
from demeu.kernel import clock
from demeu.kernel.audit import record
from demeu.kernel.errors import Refusal
from demeu.kernel.events import announce
from demeu.kernel.ids import new_id
from demeu.vault.consents import queries as consents
from demeu.vault.households import areas
from demeu.vault.households.models import EmergencyMark, EmergencyNotice, GatheringRow, ScoredHousehold
from demeu.vault.households.picture import Frozen
from demeu.vault.households.registries.exchange import TypedFact, Unreadable

PLACE_SOURCES = frozenset({Registry.GBD_FL, Registry.CKS, Registry.INSTITUTION})


def take_notice(*, source: Registry, message_id: str, facts: list[TypedFact]) -> UUID | None:
    """Keep a notice and mark who lives there; None for one that is no emergency or came before. Raises `Unreadable`."""
    found: dict[str, str] = {fact.code: fact.value for fact in facts}
    if not found:
        return None
    places = [fact.value for fact in facts if fact.code == "event_area"]
    try:
        with transaction.atomic():
            notice = EmergencyNotice.objects.create(
                id=new_id(),
                source=source,
                number=found["event_number"],
                revision=int(found["event_revision"]),
                kind=found["event_kind"],
                areas=places,
                began_at=_moment(found["event_began"]),
                ended_at=_moment(found["event_ended"]) if "event_ended" in found else None,
                message_id=message_id,
                at=clock.now(),
            )
            record(actor="role:vault", action="emergency.noted", subject=f"emergency:{notice.number}", source=source)
    except IntegrityError:
        return None
    if notice in active_notices():
        mark_households(notice)
    return notice.id


def _moment(text: str) -> datetime:
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise Unreadable("a moment") from None
    return at if at.tzinfo else at.replace(tzinfo=clock.ALMATY)


def active_notices() -> list[EmergencyNotice]:
    """The newest revision of every event that counts now."""
    newest = EmergencyNotice.objects.order_by("source", "number", "-revision", "-at").distinct("source", "number")
    at = clock.now()
    return [notice for notice in newest if areas.counts(notice.began_at, notice.ended_at, at)]


def mark_households(notice: EmergencyNotice) -> int:
    """Mark every household of the places whose consent stands; how many were not marked before."""
    inside = reduce(or_, (Q(kato__startswith=areas.prefix(area)) for area in notice.areas))
    homes = ScoredHousehold.objects.filter(inside).select_related("gathering__household").order_by("gathering")
    rows = (home.gathering for home in homes.iterator(chunk_size=500))
    return sum(_mark(row, notice) for row in rows if _is_latest(row))


def _is_latest(row: GatheringRow) -> bool:
    """Whether this gathering is what is known of its household now: an older one may name a place of the past."""
    later = GatheringRow.objects.filter(household=row.household, state=GatheringRow.DONE, started_at__gt=row.started_at)
    return not later.exists()


def mark_gathered(gathering: GatheringRow, kato: str) -> None:
    """A household whose place has just become known: is there an emergency?"""
    for notice in active_notices():
        if areas.covers(notice.areas, kato):
            _mark(gathering, notice)


def _mark(row: GatheringRow, notice: EmergencyNotice) -> bool:
    if not _place_is_released(row):
        return False
    with transaction.atomic():
        _, fresh = EmergencyMark.objects.get_or_create(
            household=row.household,
            source=notice.source,
            number=notice.number,
            defaults={"notice": notice, "marked_at": clock.now()},
        )
        if fresh:
            record(actor="role:vault", action="household.struck", subject=f"household:{row.household_id}")
            announce(
                HouseholdStruck(
                    household=row.household_id,
                    source=Registry(notice.source),
                    kind=notice.kind,
                    began_at=notice.began_at,
                )
            )
    return fresh


def _place_is_released(row: GatheringRow) -> bool:
    try:
        released = consents.released_registries(
            consent=row.consent, use=Purpose(row.purpose), person=row.household.person
        )
    except Refusal:
        return False
    return bool(released & PLACE_SOURCES)


def marks_of(household: UUID) -> list[EmergencyNotice]:
    """The events that strike a household now: marked, and still counting by their newest revision."""
    marked = set(EmergencyMark.objects.filter(household=household).values_list("source", "number"))
    return [notice for notice in active_notices() if (notice.source, notice.number) in marked] if marked else []


def frozen_marks(notices: Iterable[EmergencyNotice]) -> list[Frozen]:
    """The same as facts of the household."""
    found: list[Frozen] = []
    for notice in notices:
        day = notice.began_at.astimezone(clock.ALMATY).date().isoformat()
        source = Registry(notice.source)
        found += [Frozen("emergency", notice.kind, source, None), Frozen("emergency_date", day, source, None)]
    return found
