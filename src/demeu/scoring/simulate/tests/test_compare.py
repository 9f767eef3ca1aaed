"""The report of a small country: figures agree with a count by hand, and no small count leaves in any file."""

import csv
import re
import shutil
from collections import Counter, defaultdict
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from lxml import html

from demeu.kernel.errors import Refusal
from demeu.scoring.batch.duckdb_engine import DuckDB
from demeu.scoring.simulate.aggregate import Aggregates, aggregate
from demeu.scoring.simulate.cells import CATEGORIES, SIDES, cells, written
from demeu.scoring.simulate.compare import compare
from demeu.scoring.simulate.hiding import small
from demeu.scoring.simulate.measure import Measure, Words
from demeu.scoring.simulate.page import Page
from demeu.scoring.simulate.report import Line, Simulation, tables, words
from demeu.scoring.simulate.tests.scored import ON, score
from demeu.scoring.simulate.tests.test_hiding import another_value
from demeu.scoring.synth.country import write_country

BASE, AGAINST = "kz-2026-and", "kz-2026-or"
HOUSEHOLDS = 2_500
MINIMUM_TIYN = 5_085_100
MEASURE = Measure(
    id="voucher",
    title=Words(kk="Ваучер", ru="Ваучер", en="Voucher"),
    categories=(1, 2, 3),
    per="member",
    amount_tiyn=432_500,
    source=Words(kk="Заң", ru="Закон", en="Law"),
)


def counted(country: Path, facts: str) -> Aggregates:
    """The counts behind a report, before anything is hidden."""
    with closing(DuckDB(10**9, 2, country / "spilled")) as engine:
        return aggregate(country / facts, country / BASE, country / AGAINST, MINIMUM_TIYN, engine)


@pytest.fixture(scope="module")
def country(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("simulated")
    write_country(HOUSEHOLDS, 3, folder / "facts")
    for rules in (BASE, AGAINST):
        score(folder / "facts", folder / rules, rules)
    return folder


@pytest.fixture(scope="module")
def report(country: Path) -> Path:
    made(country, country / "report")
    return country / "report"


def made(country: Path, out: Path, facts: str = "facts", **options: object) -> Simulation:
    """A report from scores that stand beside the facts."""

    def scored(facts: Path, folder: Path, rules: str, on: date) -> None:
        shutil.copytree(country / rules, folder)

    given = {"base": BASE, "against": AGAINST, "on": ON, "measure": MEASURE} | options
    return compare(country / facts, out, score=scored, **given)  # type: ignore[arg-type]


def categories(country: Path, rules: str) -> dict[str, int]:
    table = pq.read_table(country / rules / "scores.parquet")
    return dict(zip(table["household_id"].to_pylist(), table["category"].to_pylist(), strict=True))


def rows(report: Path, name: str) -> list[dict[str, str]]:
    with (report / "tables" / f"{name}.csv").open(encoding="utf-8") as opened:
        return list(csv.DictReader(opened))


def test_moves_are_those_of_a_count_by_hand(country: Path, report: Path) -> None:
    base, against = categories(country, BASE), categories(country, AGAINST)
    by_hand = Counter((base[id], against[id]) for id in base)
    shown = 0
    for row in rows(report, "moves")[:-1]:
        for category in CATEGORIES:
            if row[f"to_{category}"] != "hidden":
                shown += 1
                assert int(row[f"to_{category}"]) == by_hand[int(row["from"]), category]
    assert shown >= 20
    assert rows(report, "moves")[-1]["total"] == str(len(base))


def test_the_budget_is_what_the_measure_gives_to_the_people_of_its_categories(country: Path, report: Path) -> None:
    sizes = {one["household_id"]: one["family_size"] for one in strata(country)}
    for rules in (BASE, AGAINST):
        people = sum(sizes[id] for id, category in categories(country, rules).items() if category in (1, 2, 3))
        (total,) = [row for row in rows(report, "budget") if (row["rule_set"], row["category"]) == (rules, "total")]
        if total["month_tiyn"] != "hidden":
            assert int(total["month_tiyn"]) == people * MEASURE.amount_tiyn
            assert int(total["year_tiyn"]) == 12 * people * MEASURE.amount_tiyn
    assert "hidden" not in {row["month_tiyn"] for row in rows(report, "budget") if row["category"] == "total"}


def strata(country: Path) -> list[dict[str, object]]:
    found: list[dict[str, object]] = pq.read_table(country / "facts" / "strata.parquet").to_pylist()
    return found


def test_leakage_and_undercoverage_are_those_of_a_count_by_hand(country: Path, tmp_path: Path) -> None:
    told = made(country, tmp_path / "out", line=Line(9_000_000, "A survey"))
    base = categories(country, BASE)
    reached: Counter[tuple[bool, bool]] = Counter()
    for one in strata(country):
        poor = one["consumption_monthly_tiyn"] < 9_000_000 * one["family_size"]  # type: ignore[operator]
        reached[poor, base[str(one["household_id"])] in (1, 2, 3)] += 1
    gets = reached[True, True] + reached[False, True]
    poor_all = reached[True, True] + reached[True, False]
    assert told.leakage("base") == pytest.approx(reached[False, True] / gets)
    assert told.undercoverage("base") == pytest.approx(reached[True, False] / poor_all)
    assert "A survey" in (tmp_path / "out" / "report.html").read_text("utf-8")


def test_rates_of_groups_are_those_of_a_count_by_hand(country: Path, report: Path) -> None:
    against = categories(country, AGAINST)
    groups = defaultdict(list)
    for one in strata(country):
        groups[str(one["sex_of_head"])].append(against[str(one["household_id"])] in (1, 2, 3))
    checked = 0
    for row in rows(report, "fairness"):
        if row["dimension"] == "sex_of_head" and row["rule_set"] == AGAINST and row["rate"] != "hidden":
            received = groups[row["group"]]
            assert float(row["rate"]) == pytest.approx(sum(received) / len(received), abs=1e-6)
            checked += 1
    assert checked > 0
    assert {row["dimension"] for row in rows(report, "fairness")} == {
        "sex_of_head",
        "disability",
        "region",
        "family_size",
        "rural",
    }


def test_no_small_count_stands_in_any_file(report: Path) -> None:
    counting = re.compile(r"to_\d|total|households|category_\d|getting|not_getting")
    for path in (report / "tables").iterdir():
        with path.open(encoding="utf-8") as opened:
            for row in csv.DictReader(opened):
                for name, value in row.items():
                    if counting.fullmatch(name) and value.isdigit():
                        assert int(value) == 0 or int(value) >= 11, (path.name, row)


def test_no_small_count_follows_from_the_totals_of_the_files(country: Path, report: Path) -> None:
    """The plainest attack: totals minus what is shown, in rows and columns, again and again."""
    base, against = categories(country, BASE), categories(country, AGAINST)
    by_hand = Counter((base[id], against[id]) for id in base)
    table = {int(row["from"]): row for row in rows(report, "moves")[:-1]}
    margins = rows(report, "moves")[-1]
    known = {(b, a): table[b][f"to_{a}"] for b in CATEGORIES for a in CATEGORIES}
    lines = [([(b, a) for a in CATEGORIES], table[b]["total"]) for b in CATEGORIES]
    lines += [([(b, a) for b in CATEGORIES], margins[f"to_{a}"]) for a in CATEGORIES]
    found = {key: int(value) for key, value in known.items() if value != "hidden"}
    for _ in range(12):
        for keys, total in lines:
            open_keys = [key for key in keys if key not in found]
            if len(open_keys) == 1 and total != "hidden":
                found[open_keys[0]] = int(total) - sum(found[key] for key in keys if key in found)
    small = {key for key, count in by_hand.items() if 0 < count < 11}
    assert small
    assert not small & set(found)


def test_no_household_leaves(country: Path, report: Path) -> None:
    ids = pq.read_table(country / "facts" / "households.parquet")["household_id"].to_pylist()
    whole = "".join(path.read_text("utf-8") for path in report.rglob("*") if path.is_file())
    assert not any(id in whole for id in ids[:200])
    assert sorted(path.name for path in report.iterdir()) == ["report.html", "tables"]


def test_the_page_needs_no_script_and_no_network(report: Path) -> None:
    text = (report / "report.html").read_text("utf-8")
    page = html.fromstring(text)
    assert page.xpath("//script | //link | //iframe | //img | //object") == []
    assert not re.search(r"https?:|url\(|@import|\son\w+=", text)
    assert len(page.xpath("//svg")) > 20
    assert page.xpath("//svg[not(@aria-hidden)]") == []


@pytest.mark.parametrize("lang", ["kk", "ru", "en"])
def test_the_page_speaks_three_languages(country: Path, tmp_path: Path, lang: str) -> None:
    made(country, tmp_path / "out", lang=lang)
    page = html.fromstring((tmp_path / "out" / "report.html").read_text("utf-8"))
    assert page.get("lang") == lang
    assert page.xpath("//h1")[0].text == words()["title"][lang]
    assert "{" not in page.xpath("string(//body)")


def test_every_text_is_there_in_three_languages() -> None:
    for name, one in words().items():
        for texts in one.values() if name == "regions" else [one]:
            assert set(texts) == {"kk", "ru", "en"}, name
            places = [set(re.findall(r"\{(\w+)\}", text)) for text in texts.values()]
            assert places[0] == places[1] == places[2], name


def test_without_strata_it_says_what_cannot_be_computed(country: Path, tmp_path: Path) -> None:
    (country / "bare").mkdir(exist_ok=True)
    for name in ("households", "persons"):
        shutil.copy(country / "facts" / f"{name}.parquet", country / "bare")
    told = made(country, tmp_path / "out", facts="bare")
    assert told.need_declared
    assert told.lacking == ("sex_of_head",)
    assert set(told.dimensions) == {"disability", "region", "family_size", "rural"}
    text = (tmp_path / "out" / "report.html").read_text("utf-8")
    assert words()["lacking.sex_of_head"]["ru"] in text
    assert words()["need_declared"]["ru"] in text


def test_facts_and_strata_give_the_same_groups(country: Path, tmp_path: Path) -> None:
    """Family size and disability stand in both; unanswered facts may hide a disability."""
    (country / "bare").mkdir(exist_ok=True)
    for name in ("households", "persons"):
        shutil.copy(country / "facts" / f"{name}.parquet", country / "bare")
    found = [counted(country, facts) for facts in ("facts", "bare")]
    assert found[0].moves == found[1].moves
    assert found[0].groups["family_size"] == found[1].groups["family_size"]
    with_one, told = (sum(tally.households for tally in one.groups["disability"]["true"].values()) for one in found)
    assert 0.95 * with_one <= told <= with_one


def test_part_files_are_read_like_one_file(country: Path, tmp_path: Path) -> None:
    for name in ("households", "persons", "strata"):
        table = pq.read_table(country / "facts" / f"{name}.parquet")
        (country / "parts" / name).mkdir(parents=True, exist_ok=True)
        half = table.num_rows // 2
        for number, part in enumerate((table.slice(0, half), table.slice(half))):
            pq.write_table(part, country / "parts" / name / f"part-{number}.parquet")
    assert tables(made(country, tmp_path / "whole")) == tables(made(country, tmp_path / "parted", facts="parts"))


def test_a_measure_is_not_needed(country: Path, tmp_path: Path) -> None:
    told = made(country, tmp_path / "out", measure=None)
    assert told.receiving == (1, 2)
    assert not (tmp_path / "out" / "tables" / "budget.csv").exists()
    assert all(told.cost_tiyn(side) is None for side in SIDES)


def test_hidden_counts_are_marked_on_the_page(country: Path, tmp_path: Path) -> None:
    told = made(country, tmp_path / "out")
    hidden = [
        pair
        for pair in ((b, a) for b in CATEGORIES for a in CATEGORIES)
        if told.cells.households("move", *pair) is None
    ]
    page = html.fromstring(Page(told, "en").text())
    assert len(page.xpath("//td[@class='hid']")) == len(hidden) > 0
    assert {cell.text for cell in page.xpath("//td[@class='hid']")} == {"•"}


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ({"base": "kz-1999"}, "rules.unknown"),
        ({"on": date(2031, 1, 1)}, "score.no_minimum"),
        ({"facts": "none"}, "batch.facts"),
    ],
)
def test_bad_input_is_refused_and_leaves_nothing(
    country: Path, tmp_path: Path, options: dict[str, object], code: str
) -> None:
    with pytest.raises(Refusal) as refused:
        made(country, tmp_path / "out", **options)  # type: ignore[arg-type]
    assert refused.value.code == code
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("spoilt", "fault"),
    [
        (lambda rows: rows.drop_columns(["rural"]), "the column rural is missing"),
        (
            lambda rows: rows.set_column(4, "family_size", rows["family_size"].cast("string")),
            "the column family_size is string, int64 is expected",
        ),
        (lambda rows: pa.concat_tables([rows, rows.slice(0, 7)]), "7 values of household_id stand more than once"),
    ],
)
def test_strata_that_cannot_be_counted_are_refused_with_their_place(
    country: Path, tmp_path: Path, spoilt: Callable[[pa.Table], pa.Table], fault: str
) -> None:
    shutil.copytree(country, tmp_path / "place")
    strata = tmp_path / "place" / "facts" / "strata.parquet"
    pq.write_table(spoilt(pq.read_table(strata)), strata)
    with pytest.raises(Refusal) as refused:
        made(tmp_path / "place", tmp_path / "out")
    assert refused.value.code == "batch.facts"
    (told,) = refused.value.facts["faults"]
    assert told.startswith(str(strata.parent / "strata"))
    assert told.endswith(fault)
    assert not (tmp_path / "out").exists()


def test_strata_may_leave_a_column_unanswered(country: Path, tmp_path: Path) -> None:
    shutil.copytree(country, tmp_path / "place")
    strata = tmp_path / "place" / "facts" / "strata.parquet"
    rows = pq.read_table(strata)
    pq.write_table(rows.set_column(1, "sex_of_head", pa.nulls(len(rows))), strata)
    told = made(tmp_path / "place", tmp_path / "out")
    assert told.dimensions["sex_of_head"] == ("unknown",)


def test_a_crash_while_scoring_leaves_nothing(country: Path, tmp_path: Path) -> None:
    def crash(facts: Path, folder: Path, rules: str, on: date) -> None:
        folder.mkdir(parents=True)
        (folder / "scores.parquet").write_text("half")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        compare(country / "facts", tmp_path / "out", base=BASE, against=AGAINST, on=ON, score=crash)
    assert list(tmp_path.iterdir()) == []


def test_too_few_households_show_nothing(country: Path, tmp_path: Path) -> None:
    few = ["h000000000", "h000000001", "h000000002"]
    for rules in (BASE, AGAINST):
        (tmp_path / rules).mkdir()
        table = pq.read_table(country / rules / "scores.parquet")
        kept = [id in few for id in table["household_id"].to_pylist()]
        pq.write_table(table.filter(pa.array(kept)), tmp_path / rules / "scores.parquet")
    shutil.copytree(country / "facts", tmp_path / "facts")
    with pytest.raises(Refusal) as refused:
        made(tmp_path, tmp_path / "out")
    assert refused.value.code == "simulate.too_few"
    assert not (tmp_path / "out").exists()


def test_every_count_of_the_report_has_its_sums(country: Path) -> None:
    """What is hidden for one table is hidden for all: tables share their totals."""
    found = counted(country, "facts")
    held = cells(found, (1, 2))
    everybody = held.tallies["all",].households
    for dimension, groups in found.groups.items():
        assert sum(held.tallies[dimension, group].households for group in groups) == everybody
        for side in SIDES:
            for category in CATEGORIES:
                parts = sum(held.tallies[dimension, group, side, category].households for group in groups)
                assert parts == held.tallies[side, category].households


def test_an_attacker_with_all_tables_at_once_learns_no_small_count(country: Path) -> None:
    """Another table that fits everything shown is looked for, for a sample of the small counts."""
    found = counted(country, "facts")
    book, held = written(found, (1, 2, 3)), cells(found, (1, 2, 3))
    kept = [key for key in held.hidden if key not in book.unpublished and small(book.counts()[key])]
    assert len(kept) > 20
    for key in sorted(kept, key=str)[:: len(kept) // 8]:
        assert another_value(book.counts(), book.sums, held.hidden, key, book.unpublished), key
