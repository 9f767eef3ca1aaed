"""Reading a JSON file strictly: no key twice, no number that JSON does not have; else exit code 2 and the place."""

import json
import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from demeu.cli.score.unusable import json_path, refuse
from demeu.scoring.trace import messages

DIGITS_MAX = 4000
"""Python refuses to read longer whole numbers; nothing that is counted has as many digits."""


class _RepeatedKey(ValueError):
    """A key that stands twice in one object."""


def read_json(file: Path, lang: str) -> tuple[bytes, Any]:
    """The bytes of a file and what they say."""
    words = {name: text[lang] for name, text in messages("report").items()}
    try:
        written = file.read_bytes()
        parsed = json.loads(written.decode("utf-8-sig"), object_pairs_hook=_without_repeats, parse_int=_whole)
        faults = [f"{json_path(place)}: not_a_number" for place in _no_numbers(parsed)]
    except json.JSONDecodeError as error:
        refuse(lang, [words["not_json"].format(file=file, line=error.lineno, column=error.colno)])
    except _RepeatedKey as error:
        refuse(lang, [f"{file}: {words['repeated_key'].format(key=error)}"])
    except RecursionError:
        refuse(lang, [words["too_deep"].format(file=file)])
    except (OSError, ValueError):
        refuse(lang, [f"{file}: {words['not_found']}"])
    if faults:
        refuse(lang, faults)
    return written, parsed


def _without_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise _RepeatedKey(key)
        found[key] = value
    return found


def _whole(digits: str) -> float:
    return int(digits) if len(digits) <= DIGITS_MAX else math.inf


def _no_numbers(value: Any, place: tuple[int | str, ...] = ()) -> Iterator[tuple[int | str, ...]]:
    """Places of NaN, Infinity and numbers so large that they became it."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _no_numbers(inner, (*place, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _no_numbers(inner, (*place, index))
    elif isinstance(value, float) and not math.isfinite(value):
        yield place
