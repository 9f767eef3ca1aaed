"""A name says what a thing is for. Names that fit anything are refused for modules, functions and classes."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.house.tree import ROOT, none_of, plant, python_files

ANYWHERE = {"util", "utils", "helper", "helpers", "misc", "manager", "handler", "handlers"}
ALONE = {"common", "data", "info"}
GIVEN_BY_OTHERS = {
    "process_exception": "Django calls a middleware's method by this name",
    "common_utils": "a module of the NCALayer protocol is called so",
}


def words_of(name: str) -> list[str]:
    """`PayoutManager` and `payout_manager` → payout, manager."""
    return [word.lower() for word in re.findall(r"[A-Z]?[a-z0-9]+|[A-Z]+(?![a-z])", name)]


def says_nothing(name: str) -> bool:
    """Whether a name could stand for anything."""
    words = words_of(name)
    return bool(ANYWHERE & set(words)) or "_".join(words) in ALONE or (len(words) > 1 and words[0] == "process")


def named(root: Path) -> Iterator[tuple[Path, str]]:
    """Modules, packages, functions and classes with their names."""
    for path, tree in python_files(root, "src", "tests", "bench"):
        yield path, path.parent.name if path.stem == "__init__" else path.stem
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                yield path, node.name


def empty_names(root: Path) -> list[str]:
    """Names that say nothing; tests are sentences and may use any word."""
    ours = ((path, name) for path, name in named(root) if not name.startswith("test_") and name not in GIVEN_BY_OTHERS)
    return [f"{path.relative_to(root)}: {name}" for path, name in ours if says_nothing(name)]


def test_no_name_fits_anything() -> None:
    assert none_of(empty_names(ROOT))


@pytest.mark.parametrize("name", ["utils", "PayoutManager", "handle_helpers", "data", "process_gift", "Info"])
def test_a_name_that_says_nothing_is_noticed(tmp_path: Path, name: str) -> None:
    plant(tmp_path, "src/demeu/vault/people.py", f"class {name}:\n    pass\n")
    assert empty_names(tmp_path) == [f"src/demeu/vault/people.py: {name}"]


def test_a_module_that_says_nothing_is_noticed(tmp_path: Path) -> None:
    plant(tmp_path, "src/demeu/vault/helpers.py", "")
    plant(tmp_path, "src/demeu/vault/misc/__init__.py", "")
    assert empty_names(tmp_path) == ["src/demeu/vault/helpers.py: helpers", "src/demeu/vault/misc/__init__.py: misc"]


@pytest.mark.parametrize("name", ["processes", "process", "database", "informed", "commonest_need"])
def test_ordinary_words_pass(tmp_path: Path, name: str) -> None:
    plant(tmp_path, "src/demeu/vault/people.py", f"def {name}(): ...\n")
    assert empty_names(tmp_path) == []
