"""Every module says what it is for; so does everything that another module may use."""

import ast
from pathlib import Path

from tests.house.tree import ROOT, none_of, plant, python_files

FOLDERS_OF_A_KIND = {"tests", "migrations", "management", "commands", "templatetags"}
DEFINED = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


def silent_modules(root: Path) -> list[str]:
    """Modules without a docstring; an empty `__init__.py` is fine where the folder's name says all."""
    found = []
    for path, tree in python_files(root, "src"):
        speaks_by_name = path.name == "__init__.py" and not tree.body and path.parent.name in FOLDERS_OF_A_KIND
        if not ast.get_docstring(tree) and not speaks_by_name:
            found.append(str(path.relative_to(root)))
    return found


def silent_definitions(root: Path) -> list[str]:
    """Public functions and classes without a docstring, outside tests."""
    found = []
    for path, tree in python_files(root, "src"):
        if "tests" in path.parts or path.name in {"apps.py", "conftest.py"}:
            continue
        for node in tree.body:
            if isinstance(node, DEFINED) and not node.name.startswith("_") and not _says_what_it_is(node):
                found.append(f"{path.relative_to(root)}: {node.name}")
    return found


def _says_what_it_is(node: DEFINED) -> bool:
    """A docstring; or the help line of a management command."""
    if ast.get_docstring(node):
        return True
    assigned = (target for line in node.body if isinstance(line, ast.Assign) for target in line.targets)
    return node.name == "Command" and any(isinstance(name, ast.Name) and name.id == "help" for name in assigned)


def test_every_module_says_what_it_is_for() -> None:
    assert none_of(silent_modules(ROOT))


def test_everything_public_has_a_docstring() -> None:
    assert none_of(silent_definitions(ROOT))


def test_silence_is_noticed(tmp_path: Path) -> None:
    plant(tmp_path, "src/demeu/vault/people.py", "def card():\n    return 1\n\n\ndef _own():\n    return 2\n")
    assert silent_modules(tmp_path) == ["src/demeu/vault/people.py"]
    assert silent_definitions(tmp_path) == ["src/demeu/vault/people.py: card"]


def test_an_app_without_a_word_is_noticed_and_a_folder_of_tests_is_not(tmp_path: Path) -> None:
    plant(tmp_path, "src/demeu/vault/people/__init__.py", "")
    plant(tmp_path, "src/demeu/vault/people/tests/__init__.py", "")
    assert silent_modules(tmp_path) == ["src/demeu/vault/people/__init__.py"]
