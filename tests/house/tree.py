"""Where the house's files are. A rule takes the root of a tree, so that a tree with a planted fault can be given."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NOT_OURS = {"node_modules", "__pycache__", "dist", "drawn", "var", "build", "peers"}


def files(root: Path, *endings: str) -> Iterator[Path]:
    """Files of the project with one of these endings, in order; nothing made or installed."""
    for path in sorted(root.iterdir()):
        if path.is_dir():
            if path.name not in NOT_OURS and (not path.name.startswith(".") or path.name == ".ci"):
                yield from files(path, *endings)
        elif path.name.endswith(endings):
            yield path


def python_files(root: Path, *folders: str) -> Iterator[tuple[Path, ast.Module]]:
    """Python files of these folders with their syntax trees; migrations are left out."""
    for folder in folders:
        if (root / folder).is_dir():
            for path in files(root / folder, ".py"):
                if "migrations" not in path.parts:
                    yield path, ast.parse(path.read_text(encoding="utf-8"), str(path))


def plant(root: Path, path: str, text: str) -> Path:
    """Writes one file into a tree."""
    file = root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return root


def none_of(faults: list[str]) -> bool:
    """True when there are no faults; otherwise fails with every one of them on a line of its own."""
    if faults:
        raise AssertionError("\n" + "\n".join(faults))
    return True
