"""What would change the category, told in the reader's language. Decides nothing: `changes.py` has found the moves."""

from datetime import date
from typing import Any, Literal, cast

from demeu.contracts.scoring import AssessRequest, Changes, FactChange
from demeu.contracts.scoring import Move as ToldMove
from demeu.kernel.errors import invalid
from demeu.kernel.money import format_tenge
from demeu.scoring.changes import BIRTH, FactMoves, Move, Standing, possible_changes
from demeu.scoring.facts import faults, strangers
from demeu.scoring.rule_sets import rules_on
from demeu.scoring.trace import DECIMAL_POINT, messages

Bound = Literal["at_least", "at_most", "exactly"]
UNITS = {"housing_area_m2": ("units", "m2"), "overdue_days": ("changes", "days")}
# A group of disability and a class of settlement have an order, but more of them is no more of anything.
NOT_MEASURED = frozenset({"disability_group", "settlement_class", BIRTH})


def changes_of(request: AssessRequest, *, on: date) -> Changes:
    """For every fact the nearest changes that move the category; refuses as `assess` does.

    Raises `rules.unknown`, `score.no_minimum`, `score.rejected`.
    """
    rules, household = rules_on(request.rules, on), request.household
    rejected = strangers(household, request.persons)
    if found := faults(household, request.persons, on):
        raise invalid("score.rejected", faults=[str(fault) for fault in found + rejected])
    persons = tuple(one for one in request.persons if one.household_id == household.household_id)
    standing = Standing(household, persons, rules)
    told = sorted(possible_changes(standing), key=lambda one: _by_points(standing, one))
    return Changes(
        category=standing.verdict.category,
        total=standing.verdict.total,
        complete=not standing.verdict.unknown,
        changes=tuple(_told(standing, one, request.lang) for one in told),
        rule_set=rules.rule_set.id,
        rule_set_hash=rules.rule_set.hash,
        on=on,
    )


def _by_points(standing: Standing, found: FactMoves) -> tuple[bool, int]:
    """Facts that can move the category first, those that take the fewest points before the others."""
    distances = [abs(move.verdict.total - standing.verdict.total) for move in found.moves]
    return not distances, min(distances, default=0)


def _told(standing: Standing, found: FactMoves, lang: str) -> FactChange:
    place = found.place
    return FactChange(
        fact=place.fact,
        title=_title(place.fact, lang),
        person_id=None if place.index is None else standing.persons[place.index].person_id,
        now=None if found.now is None else written(place.fact, found.now, lang),
        read_by=found.read_by,
        moves=tuple(_move(standing, found, move, lang) for move in found.moves),
    )


def _move(standing: Standing, found: FactMoves, move: Move, lang: str) -> ToldMove:
    bound = _bound(found.place.fact, found.now, move.answer)
    answer = written(found.place.fact, move.answer, lang)
    return ToldMove(
        needed=cast(str, messages("changes")[bound][lang]).format(answer=answer),
        value=move.answer.isoformat() if isinstance(move.answer, date) else move.answer,
        bound=bound,
        category=move.verdict.category,
        total=move.verdict.total,
        support="more" if move.verdict.category < standing.verdict.category else "less",
    )


def _bound(fact: str, now: Any, answer: Any) -> Bound:
    """More of what is measured goes on in the same direction; anything else is this very answer."""
    if now is None or fact in NOT_MEASURED or isinstance(answer, bool) or answer == 0:
        return "exactly"
    return "at_least" if answer > now else "at_most"


def _title(fact: str, lang: str) -> str:
    return cast(str, messages("changes" if fact == BIRTH else "facts")[fact][lang])


def written(fact: str, answer: Any, lang: str) -> str:
    """An answer as people read it."""
    words = messages("changes")
    if isinstance(answer, bool):
        return cast(str, words["yes" if answer else "no"][lang])
    if isinstance(answer, date):
        return answer.isoformat() if lang == "en" else answer.strftime("%d.%m.%Y")
    if isinstance(answer, str):
        return cast(str, messages("units")["settlement"][answer][lang])
    if fact.endswith("_tiyn"):
        return format_tenge(answer, lang)
    if fact == "disability_group":
        return cast(str, words["disability_group" if answer else "no_disability"][lang]).format(n=answer)
    number = f"{answer:.15g}".replace(".", DECIMAL_POINT[lang])
    part, unit = UNITS.get(fact, ("units", "units"))
    return cast(str, messages(part)[unit][lang]).format(n=number)
