"""Reading the catalogue: one query for a page of cases, one for all counts. From the portal's own tables only."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db.models import (
    BigIntegerField,
    Count,
    DateTimeField,
    ExpressionWrapper,
    F,
    FloatField,
    Func,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models import (
    Case as When_,
)
from django.db.models.functions import Coalesce, Greatest, Least

from demeu.kernel import clock
from demeu.portal.cases.queries import public_cases
from demeu.portal.cases.rules import CaseState
from demeu.portal.catalogue import rules
from demeu.portal.catalogue.filters import ALLOWED, Wanted
from demeu.portal.catalogue.models import CaseFigures, Release
from demeu.portal.ui.money_states import MoneyStates

DAY_S = 24 * 60 * 60
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


def _conditions(wanted: Wanted) -> dict[str, Q]:
    """What each filter asks, on its own: values of one filter widen it, tags narrow it."""
    asks = {
        "group": Q(group__in=wanted.group),
        "region": _any(_region(code) for code in wanted.region),
        "urgency": Q(urgency__in=wanted.urgency),
        "left": _any(_left(band) for band in wanted.left),
        "waiting": _waiting(),
    }
    found = {facet: condition for facet, condition in asks.items() if getattr(wanted, facet)}
    for tag in sorted(wanted.tag):
        found[f"tag:{tag}"] = _tag(tag)
    if wanted.words:
        fields = [f"{part}_{lang}__icontains" for part in ("title", "story") for lang in ("kk", "ru", "en")]
        found["words"] = _any(Q(**{field: wanted.words}) for field in fields) | Q(number=wanted.words)
    return found


def _any(conditions: Iterable[Q]) -> Q:
    found = Q(pk__in=[])
    for condition in conditions:
        found |= condition
    return found


def _region(code: str) -> Q:
    return Q(region_kato__startswith=code)


def _left(band: str) -> Q:
    low, high = rules.LEFT_BANDS[band]
    return Q(rest__gt=low) & (Q(rest__lte=high) if high is not None else Q())


def _waiting() -> Q:
    return Q(published_at__lte=clock.now() - timedelta(days=rules.LONG_WAIT_DAYS))


def _tag(tag: str) -> Q:
    groups, subgroups, attributes = rules.TAGS[tag]
    found = Q(group__in=groups) | Q(subgroup__in=subgroups)
    for attribute in attributes:
        found |= Q(attributes__contains=[attribute])
    return found


def _stage(wanted: Wanted) -> QuerySet[Any]:
    return with_money(public_cases().filter(state__in=STAGE_STATES[wanted.stage]))


def found_cases(wanted: Wanted) -> QuerySet[Any]:
    """Cases that match every filter, in the order asked for."""
    cases = _stage(wanted)
    if wanted.unknown:
        return cases.none()
    for condition in _conditions(wanted).values():
        cases = cases.filter(condition)
    return _ordered(cases, wanted.sort)


def counts(wanted: Wanted) -> dict[str, dict[str, int]]:
    """For every value of every filter: how many cases match it together with the other filters. One query.

    The row «all» / «found» holds the whole number of cases of this stage and of those found.
    """
    conditions = _conditions(wanted)
    asked: dict[str, Count] = {"all__all": Count("pk"), "all__found": Count("pk", filter=_all(conditions, wanted))}
    for facet, values in ALLOWED.items():
        for value in values:
            own = f"tag:{value}" if facet == "tag" else facet
            others = {name: condition for name, condition in conditions.items() if name != own}
            asked[f"{facet}__{value}"] = Count("pk", filter=_value(facet, value) & _all(others, wanted))
    row = _stage(wanted).aggregate(**asked)
    found: dict[str, dict[str, int]] = {}
    for name, count in row.items():
        facet, _, value = name.partition("__")
        found.setdefault(facet, {})[value] = count
    return found


def _all(conditions: dict[str, Q], wanted: Wanted) -> Q:
    found = Q(pk__in=[]) if wanted.unknown else Q()
    for condition in conditions.values():
        found &= condition
    return found


def _value(facet: str, value: str) -> Q:
    if facet == "tag":
        return _tag(value)
    if facet == "left":
        return _left(value)
    if facet == "region":
        return _region(value)
    return _waiting() if facet == "waiting" else Q(**{facet: value})


def _ordered(cases: QuerySet[Any], sort: str) -> QuerySet[Any]:
    if sort == "new":
        return cases.order_by("-published_at", "id")
    if sort == "waiting":
        return cases.order_by("published_at", "id")
    if sort == "least":
        return cases.order_by(_share(), "published_at", "id")
    ordered: QuerySet[Any] = cases.annotate(points=_points()).order_by("-points", "id")
    return ordered


def _share() -> Any:
    share = Least(F("collected") * 1.0 / Greatest(F("needed"), Value(1)), Value(1.0), output_field=FloatField())
    return ExpressionWrapper(share, output_field=FloatField())


def _points() -> Any:
    """`rules.fair_points` in SQL; a test holds them together."""
    seconds = Func(
        Value(clock.now(), output_field=DateTimeField()) - F("published_at"),
        template="EXTRACT(EPOCH FROM %(expressions)s)",
        output_field=FloatField(),
    )
    days = Func(seconds / DAY_S, function="FLOOR", output_field=FloatField())
    waiting = Least(Greatest(days, Value(0.0)), Value(float(rules.WAITING_DAYS_MAX)), output_field=FloatField())
    urgency = When_(
        *(When(urgency=word, then=Value(float(points))) for word, points in rules.URGENCY_POINTS.items()),
        default=Value(0.0),
        output_field=FloatField(),
    )
    chance = Func(
        F("number"),
        Value(clock.today().isoformat()),
        template="(('x' || substr(md5(%(expressions)s), 1, 4))::bit(16)::int::float8)",
        arg_joiner=" || ",
        output_field=FloatField(),
    )
    need = (6.0 - Coalesce(F("category"), Value(3))) * rules.POINTS_PER_CATEGORY
    return ExpressionWrapper(
        need
        + urgency
        + waiting * rules.WAITING_POINTS_MAX / rules.WAITING_DAYS_MAX
        + (1.0 - _share()) * rules.LEAST_FUNDED_POINTS_MAX
        + chance * rules.CHANCE_POINTS_MAX / rules.CHANCE_STEPS,
        output_field=FloatField(),
    )


def money_of(case: Any) -> MoneyStates:
    """The bar of a case annotated by `with_money`."""
    return MoneyStates(case.delivered, case.paid, case.held, case.received, case.needed)


def forgotten(limit: int = 3) -> list[Any]:
    """Open cases that wait long and have been given almost nothing, the longest first."""
    since = clock.now() - timedelta(days=rules.FORGOTTEN_DAYS)
    cases = _stage(Wanted()).filter(published_at__lte=since, needed__gt=0)
    return list(
        cases.annotate(share=_share()).filter(share__lte=rules.FORGOTTEN_SHARE_MAX).order_by("published_at")[:limit]
    )


def totals() -> Totals:
    """Sums and numbers of public cases."""
    sums = CaseFigures.objects.filter(case__in=public_cases().values("id")).aggregate(
        **{name: Coalesce(Sum(f"{name}_tiyn"), 0) for name in ("received", "held", "paid", "delivered")},
        gifts=Coalesce(Sum("gifts"), 0),
    )
    numbers = public_cases().aggregate(
        **{stage: Count("pk", filter=Q(state__in=states)) for stage, states in STAGE_STATES.items()}
    )
    money = MoneyStates(sums["delivered"], sums["paid"], sums["held"], sums["received"])
    return Totals(money, sums["gifts"], numbers["open"], numbers["way"], numbers["done"])


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


def waiting_days(case: Any) -> int:
    """Whole days since the case was published."""
    return (clock.now() - case.published_at).days if case.published_at else 0
