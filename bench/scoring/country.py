"""The whole country: ours beside the hand-written Polars program and the OpenFisca system, and how ours grows."""

import threshold_facts
from rows import Row

from scoring import child, programs
from scoring.child import Ran
from scoring.countries import Countries

ROUNDS = 3
TIGHT = "1.5GB"
THRESHOLD_HOUSEHOLDS = 3000
THRESHOLD_SEED = 11


def seconds(area: str, figure: str, ran: Ran, beside: str = "", other: Ran | None = None) -> Row:
    """Seconds of a whole process."""
    return Row(area, figure, ran.seconds, "s", beside, ran.seconds / other.seconds if other else None)


def peak(area: str, figure: str, ran: Ran, beside: str = "", other: Ran | None = None) -> Row:
    """Its peak memory."""
    return Row(
        area, f"{figure}, peak memory", ran.peak_mib, "MiB", beside, ran.peak_mib / other.peak_mib if other else None
    )


def middle(rans: list[Ran]) -> Ran:
    """The run of median seconds."""
    return sorted(rans, key=lambda ran: ran.seconds)[len(rans) // 2]


def beside_polars(countries: Countries, households: int) -> list[Row]:
    """Cold once, then ours and Polars in turns; what both say must be the same on every household."""
    area, facts = f"scoring: {households:,} households", countries.facts(households)
    ours_out, theirs_out = countries.out(), countries.out()
    child.forget(facts)
    cold = programs.ours(facts, ours_out)
    ours, theirs = [], []
    for _ in range(ROUNDS):
        for out in (ours_out, theirs_out):
            countries.drop(out)
        theirs.append(programs.polars(facts, theirs_out))
        ours.append(programs.ours(facts, ours_out))
    rival, warm = middle(theirs), middle(ours)
    rows = [
        seconds(area, "Polars by hand, whole process", rival),
        peak(area, "Polars by hand", rival),
        *stages(area, rival),
        seconds(area, f"ours, {programs.MEMORY}, cold", cold, "Polars", rival),
        seconds(area, f"ours, {programs.MEMORY}, warm", warm, "Polars", rival),
        Row(area, "ours, processor time", warm.cpu_s, "s", "Polars", warm.cpu_s / rival.cpu_s),
        peak(area, "ours", warm, "Polars", rival),
        *stages(area, warm),
        *agreement(area, "Polars", programs.compared(ours_out, theirs_out)),
    ]
    countries.drop(theirs_out)
    tight = programs.ours(facts, tight_out := countries.out(), memory=TIGHT)
    rows.append(seconds(area, f"ours, {TIGHT}, warm", tight, f"ours, {programs.MEMORY}", warm))
    rows.append(peak(area, f"ours, {TIGHT}", tight, f"ours, {programs.MEMORY}", warm))
    for out in (tight_out, ours_out):
        countries.drop(out)
    return rows


def stages(area: str, ran: Ran) -> list[Row]:
    """Seconds of each stage as the program itself tells them."""
    taken = {name: float(value) for name, value in ran.told["seconds"].items()}
    return [Row(area, f"  {name}", stage_s, "s", "whole", stage_s / ran.seconds) for name, stage_s in taken.items()]


def agreement(area: str, rival: str, found: dict[str, object]) -> list[Row]:
    """Households on which two programs differ, of all; the first of them is told."""
    households, differ, columns = (int(str(found[name])) for name in ("households", "differ", "columns"))
    example = f", as {found['example']}" if differ else ""
    figure = f"{rival}: households that differ in {columns} columns{example}"
    rows = [Row(area, figure, differ, f"of {households:,}", "all", differ / max(households, 1))]
    if "rejected_differ" in found:
        rows.append(Row(area, f"{rival}: rejected rows that differ", int(str(found["rejected_differ"])), "rows"))
    return rows


def beside_plain(countries: Countries) -> list[Row]:
    """Ours and Polars against the plain rules, near every threshold, with unanswered and faulty facts."""
    area, facts = "scoring: near every threshold", countries.folder / "thresholds"
    threshold_facts.write(facts, THRESHOLD_HOUSEHOLDS, seed=THRESHOLD_SEED)
    rows: list[Row] = []
    for name, program in (("ours", programs.ours), ("Polars", programs.polars)):
        out = countries.out()
        program(facts, out)
        rows += agreement(area, name, programs.compared_with_plain(facts, out))
    complete = countries.folder / "thresholds-complete"
    threshold_facts.write(complete, THRESHOLD_HOUSEHOLDS, seed=THRESHOLD_SEED, nulls=0, faults=0)
    out = countries.out()
    programs.openfisca(complete, out)
    return [*rows, *agreement(area, "OpenFisca", programs.compared_with_plain(complete, out))]


def beside_openfisca(countries: Countries, households: int) -> list[Row]:
    """Complete households only: OpenFisca knows no unanswered fact and rejects nothing."""
    area, facts = f"scoring: {households:,} complete households", countries.facts(households, complete=True)
    theirs_out, ours_out = countries.out(), countries.out()
    theirs, ours = programs.openfisca(facts, theirs_out), programs.ours(facts, ours_out)
    rows = [
        seconds(area, "OpenFisca, whole process", theirs),
        peak(area, "OpenFisca", theirs),
        *stages(area, theirs),
        seconds(area, "ours, whole process", ours, "OpenFisca", theirs),
        peak(area, "ours", ours, "OpenFisca", theirs),
        *agreement(area, "OpenFisca", programs.compared(ours_out, theirs_out)),
    ]
    for out in (theirs_out, ours_out):
        countries.drop(out)
    return rows


def scaling(countries: Countries, sizes: tuple[int, ...]) -> list[Row]:
    """Seconds a million households; the first size is what the others stand beside."""
    area, rows = "scoring: growth", []
    first: float | None = None
    for households in sizes:
        facts, out = countries.facts(households), countries.out()
        ran = programs.ours(facts, out)
        countries.drop(out)
        rate = ran.seconds / households * 1e6
        beside = "" if first is None else f"{sizes[0]:,}"
        rows.append(Row(area, f"{households:,} households", rate, "s/million", beside, rate / first if first else None))
        rows.append(peak(area, f"{households:,} households", ran))
        first = first or rate
    return rows


def on_spark(countries: Countries, households: int) -> list[Row]:
    """The same expression on Spark in this machine, beside DuckDB."""
    area, facts = f"scoring: Spark, {households:,} households", countries.facts(households)
    duckdb_out, spark_out = countries.out(), countries.out()
    ours, spark = programs.ours(facts, duckdb_out), programs.ours(facts, spark_out, engine="spark")
    return [
        seconds(area, "DuckDB, whole process", ours),
        seconds(area, "Spark, whole process", spark, "DuckDB", ours),
        *agreement(area, "Spark", programs.compared(duckdb_out, spark_out)),
    ]
