"""Reading the catalogue: found and counted on the shelf, shown from the tables. From the portal's own tables only."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import BigIntegerField, Count, F, Max, OuterRef, Q, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce, Greatest

from demeu.kernel import clock
from demeu.kernel.errors import not_found
from demeu.portal.cases.models import Case
from demeu.portal.cases.queries import public_cases
from demeu.portal.cases.rules import CaseState
from demeu.portal.catalogue import codes, rules
from demeu.portal.catalogue.filters import Wanted, place_after
from demeu.portal.catalogue.models import CaseFigures, Complaint, Question, Release, ShelfEdition, Shelved, Verifier
from demeu.portal.catalogue.shelf.arrays import day_number, number_of, packed
from demeu.portal.catalogue.shelf.counting import Counts, matching, page
from demeu.portal.catalogue.shelf.counting import counts as counts_of
from demeu.portal.catalogue.shelf.loading import edition
from demeu.portal.catalogue.shelf.words import found_by_words
from demeu.portal.ui.money_states import MoneyStates

CASES_MAX = 10_000_000
QUESTIONS_SHOWN, LETTERS_SHOWN = 20, 100
KEPT_S = 15
STAGE_STATES = {
    "open": (CaseState.PUBLISHED,),
    "way": (CaseState.FUNDED, CaseState.DELIVERING),
    "done": (CaseState.COMPLETED,),
}


@dataclass(frozen=True)
class Totals:
    """Sums over all public cases, from figures heard last."""

    money: MoneyStates
    gifts: int
    open: int
    way: int
    done: int


def _figure(field: str) -> Coalesce:
    found = CaseFigures.objects.filter(case=OuterRef("id")).values(field)[:1]
    return Coalesce(Subquery(found, output_field=BigIntegerField()), Value(0), output_field=BigIntegerField())


def with_money(cases: QuerySet[Any]) -> QuerySet[Any]:
    """With `needed`, `received`, `held`, `paid`, `delivered`, `collected`, `rest` in tiyn and `gift_count`."""
    names = ("needed", "received", "held", "paid", "delivered")
    annotated = cases.annotate(**{name: _figure(f"{name}_tiyn") for name in names}, gift_count=_figure("gifts"))
    collected = F("received") + F("held") + F("paid") + F("delivered")
    whole: QuerySet[Any] = annotated.annotate(collected=collected, rest=Greatest(F("needed") - collected, Value(0)))
    return whole


@dataclass(frozen=True)
class Found:
    """One page of what was asked for: cases with their money, all counts, where the next page begins, as of when."""

    cases: list[Any]
    counts: Counts
    next: str
    at: datetime

    @property
    def number(self) -> int:
        """How many match in all."""
        return self.counts["all"]["found"]


def found(wanted: Wanted, after: str = "", size: int = 24) -> Found:
    """Cases that match every filter, in the order asked for, behind a place. Counts and cases are of one moment."""
    shelf = edition()
    words = found_by_words(shelf, wanted.words)
    slots, last = page(shelf, matching(shelf, wanted, words), wanted.sort, place_after(after), size)
    following = "" if last is None else f"{last[0]}.{last[1]}"
    return Found(cases_of_slots(slots), counts_of(shelf, wanted, words), following, shelf.at)


def counts(wanted: Wanted) -> Counts:
    """For every value of every filter: how many cases match it together with the other filters."""
    shelf = edition()
    return counts_of(shelf, wanted, found_by_words(shelf, wanted.words))


def number_found(wanted: Wanted) -> int:
    """How many match every filter."""
    shelf = edition()
    return number_of(matching(shelf, wanted, found_by_words(shelf, wanted.words)))


def slots_found(wanted: Wanted, most: int) -> list[int]:
    """Slots of the first cases in the order asked for."""
    shelf = edition()
    return page(shelf, matching(shelf, wanted, found_by_words(shelf, wanted.words)), wanted.sort, None, most)[0]


def newest_found(wanted: Wanted, limit: int) -> list[Any]:
    """The cases that match every filter and came last."""
    return cases_of_slots(slots_found(replace(wanted, sort="new"), limit))


def cases_of_slots(slots: Sequence[int]) -> list[Any]:
    """Cases with their money, in this order; one that has just left the catalogue is left out."""
    wanted = {slot: place for place, slot in enumerate(slots)}
    placed = {case: wanted[slot] for case, slot in Shelved.objects.filter(slot__in=slots).values_list("case", "slot")}
    return sorted(with_money(public_cases().filter(id__in=placed)), key=lambda row: placed[row.id])


def edition_key() -> str:
    """Names the present edition and the quarter of a minute: a page may be kept while it is the same."""
    return f"{edition().key}.{int(clock.now().timestamp()) // KEPT_S}"


def case_key(number: str) -> str:
    """Names what the page of a case is made of: its state, money, history, and the quarter of a minute."""
    rows = Case.objects.filter(number=number).annotate(
        as_of=Subquery(CaseFigures.objects.filter(case=OuterRef("id")).values("as_of")[:1]),
        last=Max("updates__id"),
        answered=Subquery(
            Question.objects.filter(case=OuterRef("id")).values("case").values(at=Max("answered_at"))[:1]
        ),
    )
    known = rows.values_list("state", "as_of", "last", "answered").first()
    return f"{known}.{edition_key()}"


def points_of_case(row: Any) -> dict[str, Any]:
    """A case annotated by `with_money` with its points of today, as `rules` counts them."""
    share, days = rules.share_millionths(row.needed, row.collected), waiting_days(row)
    points = rules.fair_points_milli(
        number=row.number,
        category=row.category,
        urgency=row.urgency,
        waiting_days=days,
        share_millionths=share,
        day=clock.today(),
    )
    return {"case": row, "points": points / 1000, "waiting": days, "share": share / 10_000}


def verifier_names() -> dict[str, str]:
    """Who checked cases, by the number under which one filters."""
    return {str(number): name for number, name in Verifier.objects.values_list("id", "name")}


def first_found(limit: int, **filters: str) -> list[Any]:
    """The first open cases of some filters in the fair order."""
    chosen: dict[str, Any] = {facet: frozenset({value}) for facet, value in filters.items()}
    wanted = Wanted(**chosen)
    return cases_of_slots(slots_found(wanted, limit))


def money_of(case: Any) -> MoneyStates:
    """The bar of a case annotated by `with_money`."""
    return MoneyStates(case.delivered, case.paid, case.held, case.received, case.needed)


def forgotten(limit: int = 3) -> list[Any]:
    """Open cases that wait long and have been given almost nothing, the longest first."""
    shelf = edition()
    rows, until = shelf.rows, day_number(shelf.day) - rules.FORGOTTEN_DAYS
    little = (rows["published"] <= until) & (rows["share"] <= rules.FORGOTTEN_SHARE_MAX * codes.SHARE_WHOLE)
    bits = packed(little & (rows["left_band"] > 0)) & shelf.having("stage", "open")
    return cases_of_slots(page(shelf, bits, "waiting", None, limit)[0])


def totals() -> Totals:
    """Sums and numbers of public cases, as of the shelf's edition."""
    shelf = edition()
    kept = ShelfEdition.objects.values_list("totals", flat=True).first() or {}
    sums = {name: int(kept.get(name, 0)) for name in ("delivered", "paid", "held", "received")}
    open_, way, done = (number_of(shelf.having("stage", stage)) for stage in ("open", "way", "done"))
    money = MoneyStates(**{f"{name}_tiyn": amount for name, amount in sums.items()})
    return Totals(money, int(kept.get("gifts", 0)), open_, way, done)


def sums_by(field: str) -> list[dict[str, Any]]:
    """Public cases by `group` or `region_kato`: key, open, done and the sums in tiyn. One query."""
    names = ("needed", "received", "held", "paid", "delivered")
    return list(
        with_money(public_cases())
        .values(key=F(field))
        .annotate(
            open=Count("pk", filter=Q(state__in=STAGE_STATES["open"])),
            done=Count("pk", filter=Q(state__in=STAGE_STATES["done"])),
            **{f"sum_{name}": Sum(name) for name in names},
        )
        .order_by("key")
    )


def figures_of(case: UUID) -> CaseFigures | None:
    """The figures of one case as last heard."""
    return CaseFigures.objects.filter(case=case).first()


def releases_of(case: UUID) -> list[Release]:
    """Everything that was made public of a case, oldest first."""
    return list(Release.objects.filter(case=case).select_related("record").order_by("at"))


def complaint(identifier: UUID) -> Complaint:
    """A report of a problem by its id: `letter.unknown`."""
    row = Complaint.objects.filter(id=identifier).first()
    if row is None:
        raise not_found("letter.unknown")
    return row


def question(identifier: UUID) -> Question:
    """A question to a curator by its id: `letter.unknown`."""
    row = Question.objects.filter(id=identifier).first()
    if row is None:
        raise not_found("letter.unknown")
    return row


def answered_questions(case: UUID) -> list[Question]:
    """Questions about a case that were answered in public, the newest first."""
    return list(Question.objects.filter(case=case, state="answered").order_by("-answered_at")[:QUESTIONS_SHOWN])


def open_questions() -> list[tuple[Question, Case]]:
    """Questions that wait, with their cases, those due first."""
    return _with_cases(Question.objects.filter(state="asked").order_by("due_at")[:LETTERS_SHOWN])


def open_complaints() -> list[tuple[Complaint, Case]]:
    """Reports that wait, with their cases, those due first."""
    waiting = Complaint.objects.filter(state__in=("received", "assigned", "appealed"))
    return _with_cases(waiting.order_by("due_at", "at")[:LETTERS_SHOWN])


def _with_cases(letters: Any) -> list[tuple[Any, Case]]:
    rows = list(letters)
    cases = Case.objects.in_bulk([row.case for row in rows])
    return [(row, cases[row.case]) for row in rows if row.case in cases]


def similar(case: Any, limit: int = 3) -> list[Any]:
    """Open cases nearest to this one: its subgroup or group in its region, then in the country; in the fair order."""
    asks = [{"group": case.group, "region": case.region_kato[:2]}, {"group": case.group}]
    if case.subgroup in codes.SUBGROUPS:
        asks.insert(0, {"subgroup": case.subgroup, "region": case.region_kato[:2]})
    slots: dict[int, None] = {}
    for filters in asks:
        chosen: dict[str, Any] = {facet: frozenset({value}) for facet, value in filters.items()}
        slots |= dict.fromkeys(slots_found(Wanted(**chosen), limit + 1))
    return [row for row in cases_of_slots(list(slots)[: limit + 1]) if row.id != case.id][:limit]


def waiting_days(case: Any) -> int:
    """Days of the calendar of Almaty since the case was published."""
    if not case.published_at:
        return 0
    waited: timedelta = clock.today() - case.published_at.astimezone(clock.ALMATY).date()
    return waited.days


def complaints_about(cases: Any) -> QuerySet[Complaint]:
    """Reports of a problem with these cases (ids, or a query for them)."""
    return Complaint.objects.filter(case__in=cases)
