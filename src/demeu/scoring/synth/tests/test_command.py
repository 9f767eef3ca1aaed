"""`demeu score synth`, as a process: exit codes, words and the files it leaves."""

from pathlib import Path

import pytest

from demeu.scoring.tests.test_command import demeu_score


def test_it_writes_the_country_and_says_so(tmp_path: Path) -> None:
    ran = demeu_score("synth", "--households", "300", "--seed", "4", "--out", str(tmp_path / "out"), "--lang", "en")
    assert ran.returncode == 0, ran.stderr
    assert "300 households" in ran.stdout
    assert (tmp_path / "out" / "households.parquet").is_file()


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--households", "0"], "--households"),
        (["--households", "many"], "--households"),
        (["--households", "5", "--seed", "-4"], "--seed"),
        (["--households", "5", "--on", "22.11.2026"], "22.11.2026"),
        (["--households", "5", "--nulls", "-1"], "--nulls"),
    ],
)
def test_what_cannot_be_used_ends_with_2_and_leaves_nothing(tmp_path: Path, options: list[str], said: str) -> None:
    ran = demeu_score("synth", *options, "--out", str(tmp_path / "out"))
    assert ran.returncode == 2
    assert said in ran.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_place_that_cannot_be_written_ends_with_2(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    ran = demeu_score("synth", "--households", "5", "--out", str(tmp_path / "file" / "out"))
    assert ran.returncode == 2
    assert "Traceback" not in ran.stderr
