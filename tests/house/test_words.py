"""What is unfinished, skipped, slept through or true on one machine only does not enter the code."""

import re
from pathlib import Path

import pytest
from tests.house.tree import ROOT, files, none_of, plant

FOLDERS = ("src", "tests", "bench", "web", "deploy", ".ci", "docs")
ENDINGS = (".py", ".js", ".css", ".html", ".yaml", ".sql", ".typ", ".md", ".sh", "run")
UNFINISHED = re.compile(
    r"\bTODO\b|\bFIXME\b|\bNotImplementedError\b|\btime\.sleep\b|from time import .*\bsleep\b"
    r"|\bpytest\.skip\b|\bmark\.skip|\bmark\.xfail\b|\bpytest\.xfail\b|\bimportorskip\b|\bunittest\.skip"
)
# The public conformance set is not part of the project: where it is absent, its test says so loudly and in words.
MAY_BE_ABSENT = "tests/conformance/test_eds.py"
# A folder of one person's machine; the system's own folders are the same everywhere.
HOMES = ("root", r"home/\w+", r"Users/\w+")
MACHINE = re.compile(rf"(?<![\w.])(/({'|'.join(HOMES)})/|C:\\\\)")


def found(root: Path, pattern: re.Pattern[str]) -> list[str]:
    """Lines that match, outside the tests of the house, which must name what they look for."""
    lines = []
    for folder in (root / name for name in FOLDERS if (root / name).is_dir()):
        for path in files(folder, *ENDINGS):
            if (root / "tests" / "house") in path.parents or str(path.relative_to(root)) == MAY_BE_ABSENT:
                continue
            for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
                if pattern.search(line):
                    lines.append(f"{path.relative_to(root)}:{number}: {line.strip()[:100]}")
    return lines


def test_nothing_is_left_unfinished_skipped_or_slept_through() -> None:
    assert none_of(found(ROOT, UNFINISHED))


def test_no_path_of_one_machine_stands_in_the_project() -> None:
    assert none_of(found(ROOT, MACHINE))


@pytest.mark.parametrize(
    "line",
    ["# TODO later", "raise NotImplementedError", "time.sleep(1)", "from time import monotonic, sleep",
     "@pytest.mark.skip", "@pytest.mark.skipif(True)", "@pytest.mark.xfail", "pytest.importorskip('x')"],
)  # fmt: skip
def test_an_unfinished_line_is_noticed(tmp_path: Path, line: str) -> None:
    plant(tmp_path, "src/demeu/vault/people.py", f'"""Fine."""\n{line}\n')
    assert found(tmp_path, UNFINISHED) == [f"src/demeu/vault/people.py:2: {line}"]


@pytest.mark.parametrize("home", ["root", "home/aigerim", "Users/erlan"])
def test_a_path_of_one_machine_is_noticed(tmp_path: Path, home: str) -> None:
    plant(tmp_path, "docs/guides/start.md", f"Go to /{home}/demeu first.\n")
    assert found(tmp_path, MACHINE) == [f"docs/guides/start.md:1: Go to /{home}/demeu first."]


def test_system_folders_and_addresses_are_not_machine_paths(tmp_path: Path) -> None:
    plant(tmp_path, "src/demeu/vault/people.py", 'A = "/var/lib/demeu"\nB = "http://127.0.0.1/home/"\nC = "/usr/bin"\n')
    assert found(tmp_path, MACHINE) == []
