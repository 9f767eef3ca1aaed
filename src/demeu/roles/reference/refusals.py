"""The page of refusals: every stable code in the source, its kind and the modules that raise it."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from demeu.kernel.errors import STATUS, Kind
from demeu.roles.reference.markdown import page, table

KINDS = {kind.value for kind in Kind}
INTRODUCTION = """
A refusal is an answer, not a bug: `application/problem+json` (RFC 9457) with `code`, `kind` and `facts`. Codes are
stable; their words are made at the edge in the reader's language. Facts never hold anything personal. A code whose last
part is not a fixed word stands as `…`; its words are named by the module that raises it.
"""


@dataclass(frozen=True, order=True)
class Raised:
    """One place in the source where a refusal is made."""

    code: str
    kind: str
    module: str


def codes_in(source: Path) -> list[Raised]:
    """All refusals made below `source` (the folder of the package), tests and the kernel's own makers left out."""
    found: set[Raised] = set()
    for file in sorted(source.rglob("*.py")):
        parts = file.relative_to(source.parent).with_suffix("").parts
        if "tests" in parts or "migrations" in parts or parts[-2:] == ("kernel", "errors"):
            continue
        module = ".".join(part for part in parts if part != "__init__")
        for kind, code in _made_in(ast.parse(file.read_text(encoding="utf-8"))):
            found.add(Raised(code, kind, module))
    return sorted(found)


def errors_page(source: Path) -> str:
    """`errors.md`: codes by their noun."""
    raised = codes_in(source)
    rows = []
    for code in sorted({one.code for one in raised}):
        here = [one for one in raised if one.code == code]
        kinds = sorted({one.kind for one in here})
        status = ", ".join(str(STATUS[Kind(kind)]) for kind in kinds)
        modules = ", ".join(f"`{one}`" for one in sorted({one.module for one in here}))
        rows.append((f"`{code}`", ", ".join(kinds), status, modules))
    return page("Refusals", INTRODUCTION, table(("code", "kind", "HTTP", "raised in"), rows))


def _made_in(tree: ast.Module) -> Iterator[tuple[str, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and node.args:
            name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            if name in KINDS:
                yield from ((name, code) for code in _codes(node.args[0]))


def _codes(argument: ast.expr) -> Iterator[str]:
    """A code written out, one of two, or one whose end is made at run time."""
    if isinstance(argument, ast.Constant) and isinstance(argument.value, str) and "." in argument.value:
        yield argument.value
    elif isinstance(argument, ast.IfExp):
        yield from _codes(argument.body)
        yield from _codes(argument.orelse)
    elif isinstance(argument, ast.JoinedStr):
        parts = (str(part.value) if isinstance(part, ast.Constant) else "…" for part in argument.values)
        yield "".join(parts)
