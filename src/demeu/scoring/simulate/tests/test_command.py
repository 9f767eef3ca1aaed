"""`demeu score simulate`, as a process, through the batch engine: the report, exit codes and places of faults."""

from pathlib import Path

import pytest

from demeu.scoring.synth.country import write_country
from demeu.scoring.tests.test_command import demeu_score

RULES = ("--base", "kz-2026-and", "--against", "kz-2026-or", "--on", "2026-11-22")


@pytest.fixture(scope="module")
def facts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("command") / "facts"
    write_country(600, 9, folder)
    return folder


def test_it_writes_the_report(facts: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    ran = demeu_score("simulate", "--facts", str(facts), *RULES, "--out", str(out), "--lang", "en")
    assert ran.returncode == 0, ran.stderr
    assert "600 households" in ran.stdout
    assert sorted(path.name for path in out.iterdir()) == ["report.html", "tables"]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--on", "22.11.2026"], "22.11.2026"),
        (["--against", "kz-1999"], "rules.unknown"),
        (["--facts", "nowhere"], "households.parquet"),
        (["--measure", "none.yaml"], "none.yaml"),
        (["--line-tenge", "50000"], "--line-source"),
        (["--line-tenge", "0", "--line-source", "us"], "--line-tenge"),
    ],
)
def test_what_cannot_be_used_ends_with_2_and_leaves_nothing(
    facts: Path, tmp_path: Path, options: list[str], said: str
) -> None:
    ran = demeu_score("simulate", "--facts", str(facts), *RULES, "--out", str(tmp_path / "out"), *options)
    assert ran.returncode == 2
    assert said in ran.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_faulty_measure_is_named_with_the_place(facts: Path, tmp_path: Path) -> None:
    measure = tmp_path / "measure.yaml"
    measure.write_text("id: voucher\namount_tiyn: -5\n", "utf-8")
    ran = demeu_score(
        "simulate", "--facts", str(facts), *RULES, "--out", str(tmp_path / "out"), "--measure", str(measure)
    )
    assert ran.returncode == 2
    assert "$.amount_tiyn" in ran.stderr
    assert "$.title: Field required" in ran.stderr
    assert not (tmp_path / "out").exists()


def test_a_folder_that_is_not_empty_is_refused(facts: Path, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    ran = demeu_score("simulate", "--facts", str(facts), *RULES, "--out", str(tmp_path))
    assert ran.returncode == 2
    assert str(tmp_path) in ran.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]
