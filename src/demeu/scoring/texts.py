"""The texts of the rules: criteria found by the name of their folder, with their words and the sha256 of their text.

Which of them count stands in a rule set, never here.
"""

import ast
import hashlib
import io
import json
import tokenize
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any, cast

import yaml

from demeu.scoring.criteria.language import Criterion

PACKAGE = "demeu.scoring"
CRITERIA = "criteria"
READINGS = "category_six"

LAYOUT = {tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT}
NOT_TEXT = {tokenize.COMMENT, tokenize.NL, tokenize.ENCODING, tokenize.ENDMARKER}
SAFE_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
Words = Mapping[str, Any]


@dataclass(frozen=True)
class Text:
    """A criterion as it is written: the rule and its words (title and reasons, each in kk, ru and en)."""

    criterion: Criterion
    words: Words


class NoSuchText(Exception):
    """A rule set names a criterion whose folder is not there."""


def read_yaml(path: Path) -> Any:
    """A parsed file, by the quick parser where it is installed."""
    return yaml.load(path.read_text("utf-8"), Loader=SAFE_LOADER)  # noqa: S506 -- both loaders are safe ones


@cache
def text(kind: str, code: str) -> Text:
    """The criterion (`kind` is `criteria`) or the reading (`category_six`) in the folder `code`."""
    module = _module(f"{kind}.{code}.criterion")
    return Text(module.CRITERION, cast(Words, read_yaml(_file(module).with_name("words.yaml"))))


@cache
def written_in(name: str) -> tuple[str, ...]:
    """A module by its name below scoring, such as `criteria.housing.criterion`, and every one of scoring it imports."""
    nodes = ast.walk(ast.parse(source_of(name)))
    imported = (node.module for node in nodes if isinstance(node, ast.ImportFrom) and node.module)
    ours = [module.removeprefix(f"{PACKAGE}.") for module in imported if module.startswith(f"{PACKAGE}.")]
    return tuple(dict.fromkeys([name, *(deeper for module in ours for deeper in written_in(module))]))


@cache
def text_hash(name: str) -> str:
    """The sha256 of a module's text, by its name below `demeu.scoring`."""
    return hash_of_source(source_of(name))


def source_of(name: str) -> str:
    """A module as it is written, by its name below `demeu.scoring`."""
    return _file(_module(name)).read_text("utf-8")


def hash_of_source(source: str) -> str:
    """The sha256 over the tokens of a module: comments, docstrings and layout do not count.

    The same on every Python from 3.11 on, as long as the text holds no f-string.
    """
    tokens = [[tokenize.tok_name[kind], "" if kind in LAYOUT else token] for kind, token in _tokens(source)]
    return hashlib.sha256(json.dumps(tokens, ensure_ascii=True, separators=(",", ":")).encode()).hexdigest()


def _tokens(source: str) -> Iterator[tuple[int, str]]:
    """Tokens of every line that says something; a line of nothing but text is a docstring."""
    line: list[tuple[int, str]] = []
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type in NOT_TEXT:
            continue
        line.append((token.type, token.string))
        if token.type == tokenize.NEWLINE:
            if any(kind not in LAYOUT | {tokenize.STRING} for kind, _ in line):
                yield from line
            else:
                yield from (one for one in line if one[0] in {tokenize.INDENT, tokenize.DEDENT})
            line = []
    yield from line


def _module(name: str) -> ModuleType:
    try:
        return import_module(f"{PACKAGE}.{name}")
    except ModuleNotFoundError as error:
        if error.name is None or not f"{PACKAGE}.{name}".startswith(error.name):
            raise
        raise NoSuchText(f"there is no {name.replace('.', '/')}.py") from None


def _file(module: ModuleType) -> Path:
    assert module.__file__ is not None
    return Path(module.__file__)
