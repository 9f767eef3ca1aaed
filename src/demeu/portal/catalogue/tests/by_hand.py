"""Finding cases one by one in plain Python, to hold the shelf against."""

from typing import Any

from demeu.kernel import clock
from demeu.portal.cases.queries import public_cases
from demeu.portal.catalogue import codes, queries, rules
from demeu.portal.catalogue.filters import Wanted
from demeu.portal.catalogue.models import Verifier
from demeu.portal.catalogue.shelf.folding import words_of
from demeu.portal.wishes.queries import items_of_cases

STAGES = {"published": "open", "funded": "way", "delivering": "way", "completed": "done"}


class ByHand:
    """Every public case with what stands about it in other tables, read once."""

    def __init__(self) -> None:
        self.rows = list(queries.with_money(public_cases()))
        self.verifiers = {row.name: str(row.id) for row in Verifier.objects.all()}
        self.items = items_of_cases([row.id for row in self.rows])
        texts = ("title_kk", "title_ru", "title_en", "story_kk", "story_ru")
        self.words = {row.id: set(words_of(" ".join(getattr(row, text) for text in texts))) for row in self.rows}

    def found(self, wanted: Wanted) -> list[Any]:
        """Every case that matches, in no order."""
        if wanted.unknown:
            return []
        return [row for row in self.rows if STAGES[row.state] == wanted.stage and self._matches(row, wanted)]

    def _matches(self, row: Any, wanted: Wanted) -> bool:
        kinds = frozenset(codes.KIND_OF_ITEM.get(item.code, "other") for item in self.items[row.id])
        asks = (
            not wanted.group or row.group in wanted.group,
            not wanted.subgroup or row.subgroup in wanted.subgroup,
            not wanted.region or row.region_kato[:2] in wanted.region,
            not wanted.district or row.district_kato in wanted.district,
            not wanted.urgency or row.urgency in wanted.urgency,
            not wanted.verifier or self.verifiers.get(row.verified_by) in wanted.verifier,
            not wanted.left or any(_left(row, band) for band in wanted.left),
            not wanted.kind or bool(kinds & wanted.kind),
            not wanted.waiting or any(_waits(row) >= codes.WAITING_DAYS[days] for days in wanted.waiting),
            all(_tag(row, tag) for tag in wanted.tag),
            set(words_of(wanted.words)) <= self.words[row.id],
        )
        return all(asks)


def found_by_hand(wanted: Wanted) -> list[Any]:
    """The same for one question."""
    return ByHand().found(wanted)


def _left(row: Any, band: str) -> bool:
    low, high = rules.LEFT_BANDS[band]
    rest = max(row.needed - row.collected, 0)
    return rest > low and (high is None or rest <= high)


def _waits(row: Any) -> int:
    return (clock.today() - row.published_at.astimezone(clock.ALMATY).date()).days


def _tag(row: Any, tag: str) -> bool:
    groups, subgroups, attributes = rules.TAGS[tag]
    return row.group in groups or row.subgroup in subgroups or bool(set(attributes) & set(row.attributes))
