"""`demeu score batch`, as a process: options, exit codes, and signals in the middle of the work."""

import signal
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from demeu.kernel.testing import wait_until
from demeu.scoring.synth.country import write_country
from demeu.scoring.tests.random_country import random_country
from demeu.scoring.tests.test_command import RUN, demeu_score


@pytest.fixture(scope="module")
def facts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return random_country(5, 60, date(2026, 11, 22), nulls=0.05).write(tmp_path_factory.mktemp("command") / "facts")


def test_it_writes_the_scores_and_nothing_to_the_error_stream(facts: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    ran = demeu_score("batch", "--facts", str(facts), "--out", str(out), "--on", "2026-11-22", "--lang", "en")
    assert (ran.returncode, ran.stderr) == (0, "")
    assert "of 60 households 60 were scored" in ran.stdout
    assert sorted(path.name for path in out.iterdir()) == ["rejected.parquet", "scores.parquet"]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--on", "20261122"], "--on: there is no date 20261122"),
        (["--on", "2026-02-29"], "--on: there is no date 2026-02-29"),
        (["--on", "2031-01-01"], "score.no_minimum"),
        (["--rules", "kz-1999"], "kz-2026-and, kz-2026-or (rules.unknown)"),
        (["--memory", "much"], "--memory: much is not a size"),
        (["--memory", "99999999999999999999GB"], "--memory"),
        (["--memory", "1MB"], "batch.memory"),
        (["--threads", "100000"], "--threads"),
        (["--master", "local"], "--engine spark"),
        (["--facts", "nowhere"], "nowhere: neither households.parquet"),
    ],
)
def test_what_cannot_be_asked_ends_with_2_and_leaves_nothing(
    facts: Path, tmp_path: Path, options: list[str], said: str
) -> None:
    ran = demeu_score("batch", "--facts", str(facts), "--out", str(tmp_path / "out"), "--lang", "en", *options)
    assert (ran.returncode, ran.stdout) == (2, "")
    assert said in ran.stderr
    assert "Traceback" not in ran.stderr
    assert list(tmp_path.iterdir()) == []


def heed_interrupts() -> None:
    """A program that a shell started in the background ignores them, and so do its children."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_in_the_middle_leaves_nothing(tmp_path: Path, number: signal.Signals) -> None:
    write_country(600_000, 4, tmp_path / "facts")
    out = tmp_path / "place" / "out"
    asked = ["batch", "--facts", str(tmp_path / "facts"), "--out", str(out), "--on", "2026-11-22"]
    program = [sys.executable, "-c", RUN, *asked]
    with subprocess.Popen(program, stderr=subprocess.PIPE, text=True, preexec_fn=heed_interrupts) as running:
        wait_until(lambda: any((tmp_path / "place").glob(".out.*/.scratch")), within_s=60)
        running.send_signal(number)
        _, errors = running.communicate(timeout=60)
    assert (running.returncode, errors) == (130, "")
    assert list((tmp_path / "place").iterdir()) == []
