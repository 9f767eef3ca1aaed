"""A module fits on a few screens, a function on one, and the kernel stays small enough to be read in an afternoon."""

import ast
from pathlib import Path

from tests.house.tree import ROOT, none_of, plant, python_files

MODULE_LINES_MAX = 400
FUNCTION_LINES_MAX = 60
KERNEL_LINES_MAX = 3000


def long_modules(root: Path) -> list[str]:
    """Modules of more lines than a reader holds in mind."""
    found = []
    for path, _ in python_files(root, "src", "tests", "bench"):
        lines = len(path.read_text(encoding="utf-8").splitlines())
        if lines > MODULE_LINES_MAX:
            found.append(f"{path.relative_to(root)}: {lines} lines")
    return found


def long_functions(root: Path) -> list[str]:
    """Functions of more lines than a screen."""
    found = []
    for path, tree in python_files(root, "src", "tests", "bench"):
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = (node.end_lineno or node.lineno) - node.lineno + 1
                if lines > FUNCTION_LINES_MAX:
                    found.append(f"{path.relative_to(root)}: {node.name} has {lines} lines")
    return found


def kernel_lines(root: Path) -> int:
    """All lines of Python in the kernel, its tests included."""
    kernel = python_files(root, "src/demeu/kernel")
    return sum(len(path.read_text(encoding="utf-8").splitlines()) for path, _ in kernel)


def test_no_module_is_longer_than_400_lines() -> None:
    assert none_of(long_modules(ROOT))


def test_no_function_is_longer_than_60_lines() -> None:
    assert none_of(long_functions(ROOT))


def test_the_kernel_stays_within_3000_lines() -> None:
    assert 0 < kernel_lines(ROOT) <= KERNEL_LINES_MAX


def test_a_long_module_and_a_long_function_are_noticed(tmp_path: Path) -> None:
    plant(tmp_path, "src/demeu/vault/long.py", "def f():\n" + "    pass\n" * (MODULE_LINES_MAX + 1))
    assert long_modules(tmp_path) == ["src/demeu/vault/long.py: 402 lines"]
    assert long_functions(tmp_path) == ["src/demeu/vault/long.py: f has 402 lines"]


def test_a_migration_may_be_long(tmp_path: Path) -> None:
    plant(tmp_path, "src/demeu/vault/migrations/0001_initial.py", "x = 1\n" * (MODULE_LINES_MAX + 1))
    assert long_modules(tmp_path) == []


def test_lines_of_the_kernel_are_counted(tmp_path: Path) -> None:
    plant(tmp_path, "src/demeu/kernel/clock.py", "x = 1\n" * 7)
    assert kernel_lines(tmp_path) == 7
