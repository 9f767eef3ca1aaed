"""The four states of money as segments of a bar, arcs of a ring and one sentence. Arithmetic on tiyn, no database."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from demeu.kernel.money import format_tenge

STATES: dict[str, Promise] = {
    "delivered": _("Delivered"),
    "paid": _("Paid"),
    "held": _("In reserve"),
    "received": _("Received"),
}
REST = _("Still to raise")


@dataclass(frozen=True)
class Segment:
    """One state: its sum and its stretch of the bar, in percent of the whole."""

    key: str
    label: Promise
    amount_tiyn: int
    start: float
    width: float

    @property
    def end(self) -> float:
        """Where the stretch ends, percent."""
        return round(self.start + self.width, 3)

    @property
    def ring_start(self) -> float:
        """Where the arc begins on a circle of length 100, counted back as SVG dash offsets are."""
        return round(-self.start, 3)

    @property
    def ring_width(self) -> float:
        """Length of the arc with a small gap after it; a sliver stays visible."""
        return max(round(self.width - 0.4, 3), 0.3)

    @property
    def hatched(self) -> bool:
        """Money just received is hatched: not yet matched with the bank."""
        return self.key == "received"


@dataclass(frozen=True)
class MoneyStates:
    """Sums in tiyn; each tenge is in exactly one of the first four. `goal_tiyn` None: nothing more is asked."""

    delivered_tiyn: int = 0
    paid_tiyn: int = 0
    held_tiyn: int = 0
    received_tiyn: int = 0
    goal_tiyn: int | None = None

    @property
    def collected_tiyn(self) -> int:
        """All four states together."""
        return self.delivered_tiyn + self.paid_tiyn + self.held_tiyn + self.received_tiyn

    @property
    def rest_tiyn(self) -> int:
        """Still to raise; never below zero."""
        return max((self.goal_tiyn or 0) - self.collected_tiyn, 0)

    @property
    def segments(self) -> list[Segment]:
        """The states that hold money, left to right: delivered, paid, in reserve, received."""
        return [segment for segment in self.all_segments if segment.amount_tiyn > 0]

    @property
    def all_segments(self) -> list[Segment]:
        """All four, also the empty ones."""
        return list(self._walk())

    @property
    def collected_end(self) -> float:
        """Where what is collected ends, percent of the bar."""
        return self.all_segments[-1].end

    @property
    def text(self) -> str:
        """The whole bar as one sentence, for those who do not see it."""
        lang = get_language() or "ru"
        parts = [f"{segment.label}: {format_tenge(segment.amount_tiyn, lang)}" for segment in self.all_segments]
        if self.rest_tiyn:
            parts.append(f"{REST}: {format_tenge(self.rest_tiyn, lang)}")
        return ". ".join(parts)

    def _walk(self) -> Iterator[Segment]:
        whole = max(self.goal_tiyn or 0, self.collected_tiyn, 1)
        sums = (self.delivered_tiyn, self.paid_tiyn, self.held_tiyn, self.received_tiyn)
        start = 0.0
        for (key, label), amount in zip(STATES.items(), sums, strict=True):
            width = round(100 * amount / whole, 3)
            yield Segment(key, label, amount, round(start, 3), width)
            start += width
