"""The report as one page: no script, no network, readable at 360 pixels and on paper. Knows only a `Simulation`."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from babel.dates import format_date
from lxml import html
from lxml.html.builder import E

from demeu.kernel.money import MINUS, format_tenge
from demeu.scoring.simulate import drawing
from demeu.scoring.simulate.cells import CATEGORIES, SIDES
from demeu.scoring.simulate.drawing import Node
from demeu.scoring.simulate.report import Simulation, words

STYLE = Path(__file__).with_name("page.css")
MARK, NBSP = "•", "\u00a0"
POINT = {"kk": ",", "ru": ",", "en": "."}
MILLION_TIYN = 10**8


class Page:
    """One report in one language."""

    def __init__(self, told: Simulation, lang: str) -> None:
        """`lang`: kk, ru or en."""
        self.told, self.lang = told, lang
        self.names = dict(zip(SIDES, (told.base, told.against), strict=True))

    def text(self) -> str:
        """The page as HTML."""
        title = self.say("title")
        head = E.head(
            E.meta(charset="utf-8"),
            E.meta(name="viewport", content="width=device-width, initial-scale=1"),
            E.title(f"{title}: {self.told.base} → {self.told.against}"),
            E.style(STYLE.read_text("utf-8")),
        )
        body = E.body(self._header(title), E.main(*self._sections()), self._footer())
        page = E.html({"lang": self.lang}, head, body)
        written: str = html.tostring(page, doctype="<!doctype html>", encoding="unicode")
        return written

    def say(self, name: str, **facts: object) -> str:
        """A text of the report."""
        return str(words()[name][self.lang].format(**facts))

    def number(self, count: int | None) -> str:
        """A count with its thousands apart, or the mark of a hidden one."""
        return MARK if count is None else f"{count:,}".replace(",", NBSP).replace("-", MINUS)

    def percent(self, share: float | None) -> str:
        """A share in percent with one decimal."""
        return MARK if share is None else f"{100 * share:.1f}{NBSP}%".replace(".", POINT[self.lang])

    def times(self, ratio: float | None) -> str:
        """How many times the rate of all."""
        return MARK if ratio is None else f"×{NBSP}{ratio:.2f}".replace(".", POINT[self.lang])

    def money(self, tiyn: int | None) -> str:
        """A sum; from a hundred million tenge on in millions."""
        if tiyn is None:
            return MARK
        if abs(tiyn) < 100 * MILLION_TIYN:
            return format_tenge(tiyn, self.lang)
        return self.say("millions", n=self.number(round(tiyn / MILLION_TIYN))).replace(" ", NBSP)

    def _sections(self) -> Iterable[Node]:
        yield self._figures()
        yield from self._categories()
        yield from self._moves()
        yield from self._budget()
        yield from self._targeting()
        yield from self._fairness()
        yield from self._notes()

    def _header(self, title: str) -> Node:
        lead = self.say("lead", **self.names)
        return E.header(E.h1(title), E.p({"class": "lead"}, lead), E.p({"class": "note"}, self._day()))

    def _day(self) -> str:
        return self.say("day", day=self._date())

    def _date(self) -> str:
        return format_date(self.told.on, "long", locale=self.lang).replace(" ", NBSP)

    def _figures(self) -> Node:
        cells = self.told.cells
        everybody, moved = cells.households("all"), cells.households("moved")
        gets = [cells.households("gets", side) for side in SIDES]
        poor = cells.households("need", "poor")
        figures = [
            (self.say("households"), self.number(everybody), ""),
            (self.say("moved"), self.number(moved), self.percent(cells.share(("moved",), ("all",)))),
            (self.say("gets_more"), self.number(gets[1]), f"{self.told.base}: {self.number(gets[0])}"),
            (self.say("poor_households"), self.number(poor), self.percent(cells.share(("need", "poor"), ("all",)))),
        ]
        return E.dl({"class": "strip"}, *(self._figure(*one) for one in figures))

    def _figure(self, name: str, figure: str, beside: str) -> Node:
        below = [E.dd(beside)] if beside and beside != MARK else []
        return E.div(E.dt(name), E.dd(figure), *below)

    def _key(self) -> Node:
        parts = zip(("first", "second"), self.names.values(), strict=True)
        return E.ul({"class": "key"}, *(E.li(drawing.swatch(kind), name) for kind, name in parts))

    def _bars(self, rows: Iterable[tuple[str, list[tuple[str, float | None]]]]) -> Node:
        """Pairs of bars: the first set of rules above the second."""
        parts: list[Node] = []
        for name, pair in rows:
            parts.append(E.div({"class": "name"}, name))
            for kind, (figure, share) in zip(("first", "second"), pair, strict=True):
                parts += [drawing.bar(share, kind), E.div({"class": "figure"}, figure)]
            parts.append(E.div({"class": "gap"}))
        return E.div({"class": "bars"}, *parts[:-1])

    def _categories(self) -> Iterable[Node]:
        cells = self.told.cells
        counts = {(side, n): cells.households(side, n) for side in SIDES for n in CATEGORIES}
        most = max((count or 0 for count in counts.values()), default=0) or 1
        rows = [
            (
                self.say("category", n=n),
                [
                    (self.number(counts[side, n]), None if counts[side, n] is None else (counts[side, n] or 0) / most)
                    for side in SIDES
                ],
            )
            for n in CATEGORIES
        ]
        yield E.h2(self.say("categories"))
        yield E.p({"class": "note"}, self.say("categories_note"))
        yield E.div({"class": "card"}, self._key(), self._bars(rows))

    def _moves(self) -> Iterable[Node]:
        cells = self.told.cells
        header = E.tr(E.th(self.say("from_to")), *(E.th(str(n)) for n in CATEGORIES), E.th(self.say("total")))
        rows = []
        for base in CATEGORIES:
            moved = [self._move(base, against) for against in CATEGORIES]
            rows.append(E.tr(E.th(str(base)), *moved, E.td(self.number(cells.households("base", base)))))
        margins = [E.td(self.number(cells.households("against", n))) for n in CATEGORIES]
        last = E.tr({"class": "sum"}, E.th(self.say("total")), *margins, E.td(self.number(cells.households("all"))))
        yield E.h2(self.say("moves"))
        yield E.p({"class": "note"}, self.say("moves_note", **self.names))
        yield self._table(header, rows=[*rows, last])

    def _move(self, base: int, against: int) -> Node:
        count = self.told.cells.households("move", base, against)
        kind = "hid" if count is None else "stay" if base == against else "out" if count else ""
        return E.td({"class": kind}, "–" if count == 0 else self.number(count))

    def _table(self, *header: Node, rows: Iterable[Node]) -> Node:
        return E.div({"class": "card wide", "tabindex": "0"}, E.table(E.thead(*header), E.tbody(*rows)))

    def _budget(self) -> Iterable[Node]:
        told = self.told
        categories = ", ".join(map(str, told.receiving))
        yield E.h2(self.say("budget"))
        if told.measure is None:
            yield E.p(self.say("no_measure", categories=categories))
            return
        amount = format_tenge(told.measure.amount_tiyn, self.lang)
        facts = {"title": told.measure.title[self.lang], "amount": amount, "categories": categories}
        yield E.p(self.say(f"measure_{told.measure.per}", **facts))
        yield E.p({"class": "note"}, self.say("source", source=told.measure.source[self.lang]))
        names = [E.th(name) for name in (*self.names.values(), self.say("difference"))]
        yield self._table(E.tr(E.th(), *names), rows=self._costs())

    def _costs(self) -> Iterable[Node]:
        """One row a figure: by the first set of rules, by the second, and the difference."""
        names = ("recipients", "people", "month", "year")
        for name, one, two in zip(names, self._counts("base"), self._counts("against"), strict=True):
            change = None if one is None or two is None else two - one
            write = self.money if name in ("month", "year") else self.number
            figures = [E.td(write(figure)) for figure in (one, two, change)]
            yield E.tr(E.th(self.say(name)), *figures)

    def _counts(self, side: str) -> list[int | None]:
        cost, cells = self.told.cost_tiyn(side), self.told.cells
        year = None if cost is None else 12 * cost
        return [cells.households("gets", side), cells.members("gets", side), cost, year]

    def _line(self) -> str:
        line = format_tenge(self.told.line.tiyn, self.lang)
        if self.told.line.source is None:
            return self.say("line_default", line=line, day=self._date())
        return self.say("line_given", line=line, source=self.told.line.source)

    def _targeting(self) -> Iterable[Node]:
        told = self.told
        rows = [
            (self.say("leakage"), [(self.percent(told.leakage(side)), told.leakage(side)) for side in SIDES]),
            (
                self.say("undercoverage"),
                [(self.percent(told.undercoverage(side)), told.undercoverage(side)) for side in SIDES],
            ),
        ]
        yield E.h2(self.say("targeting"))
        yield E.p(self._line())
        yield E.p({"class": "note"}, self.say("need_declared" if told.need_declared else "need_strata"))
        yield E.div({"class": "card"}, self._key(), self._bars(rows))
        names = [E.th({"colspan": "2"}, name) for name in self.names.values()]
        parts = [E.th(self.say(part)) for _ in SIDES for part in ("gets", "not")]
        header = (E.tr(E.th(), *names), E.tr(E.th(), *parts))
        needs = [need for need in ("poor", "above", "unknown") if told.cells.households("need", need) != 0]
        yield self._table(*header, rows=[self._need(need) for need in needs])

    def _need(self, need: str) -> Node:
        cells = self.told.cells
        counts = [cells.households("need", need, part, side) for side in SIDES for part in ("gets", "not")]
        return E.tr(E.th(self.say(need)), *(E.td(self.number(count)) for count in counts))

    def _fairness(self) -> Iterable[Node]:
        yield E.h2(self.say("fairness"))
        yield E.p({"class": "note"}, self.say("fairness_note"))
        for name in self.told.lacking:
            yield E.p(self.say(f"lacking.{name}"))
        for dimension, groups in self.told.dimensions.items():
            yield E.h3(self.say(dimension))
            yield self._groups(dimension, groups)

    def _groups(self, dimension: str, groups: tuple[str, ...]) -> Node:
        rates = [self.told.rate(side, dimension, group) or 0.0 for group in groups for side in SIDES]
        most = 1.05 * max([*rates, *(self.told.rate(side) or 0.0 for side in SIDES)])
        names = [E.th(name) for name in self.names.values()]
        picture = E.th({"class": "picture"}, self.say("rate"))
        header = E.tr(E.th(self.say("group"), self._beneath(self.say("households"))), *names, picture)
        rows = [self._group(dimension, group, most) for group in groups]
        return self._table(header, rows=[*rows, self._everybody(most)])

    def _group(self, dimension: str, group: str, most: float) -> Node:
        told, whole = self.told, (dimension, group)
        rates = [(told.rate(side, *whole), told.ratio(side, *whole)) for side in SIDES]
        count = self._beneath(self.number(told.cells.households(*whole)))
        return E.tr(E.th(self._label(dimension, group), count), *self._rates(rates, most))

    def _everybody(self, most: float) -> Node:
        rates = [(self.told.rate(side), 1.0 if self.told.rate(side) else None) for side in SIDES]
        count = self._beneath(self.number(self.told.cells.households("all")))
        return E.tr({"class": "sum"}, E.th(self.say("everybody"), count), *self._rates(rates, most))

    def _beneath(self, figure: str) -> Node:
        return E.span({"class": "beneath"}, figure)

    def _rates(self, rates: Sequence[tuple[float | None, float | None]], most: float) -> Iterable[Node]:
        """Rate with its ratio beneath, for both sets of rules, and both rates as dots against the rate of all."""
        for rate, ratio in rates:
            beneath = [] if ratio is None else [self._beneath(self.times(ratio))]
            yield E.td(self.percent(rate), *beneath)
        (first, _), (second, _) = rates
        yield E.td({"class": "picture"}, drawing.dots(first, second, self.told.rate("against"), most))

    def _label(self, dimension: str, group: str) -> str:
        if group == "unknown":
            return self.say("unknown")
        if dimension == "region" and group in words()["regions"]:
            return str(words()["regions"][group][self.lang])
        return self.say(f"{dimension}.{group}") if f"{dimension}.{group}" in words() else group

    def _notes(self) -> Iterable[Node]:
        counts = {side: self.number(self.told.cells.households("provisional", side)) for side in SIDES}
        hashes = dict(zip(("base_hash", "against_hash"), (one[:16] for one in self.told.hashes), strict=True))
        notes = [
            self.say("hidden_note", mark=MARK),
            self.say("provisional_note", **counts),
            self.say("rejected_note"),
            self.say("rules_note", **self.names, **hashes),
            self.say("files_note"),
        ]
        yield E.h2(self.say("notes"))
        yield E.ul({"class": "notes"}, *map(E.li, notes))

    def _footer(self) -> Node:
        return E.footer(self.say("synthetic"))
