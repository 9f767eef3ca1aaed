"""What crosses a border can be stored by the other side."""

import json
from datetime import UTC, date, datetime
from typing import Any

import pytest
from pydantic import ValidationError

from demeu.kernel.errors import invalid
from demeu.kernel.operations import Message


class Letter(Message):
    """Something for tests."""

    text: str = ""
    lines: tuple[str, ...] = ()
    facts: dict[str, Any] = {}
    at: datetime = datetime(2026, 11, 22, tzinfo=UTC)
    born: date | None = None


@pytest.mark.parametrize(
    "body",
    [
        {"text": "a\0b"},
        {"lines": ["good", "\0"]},
        {"facts": {"a": {"b": ["\0"]}}},
        {"facts": {"\0": 1}},
        {"facts": {"half": json.loads('"\\ud800"')}},
        {"facts": {"number": float("nan")}},
        {"at": "1145-02-07T21:29:49-17:17"},
        {"at": "0001-01-01T00:00:00+14:00"},
        {"at": "2026-11-22T00:00:00"},
        {"at": 1_700_000_000},
        {"born": 0},
        {"born": 3600.0 * 24},
    ],
)
def test_what_cannot_be_stored_is_bad_input(body: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Letter.model_validate(body)


def test_what_can_be_stored_passes_unchanged() -> None:
    letter = Letter(text="Әлия 👍", lines=("a",), facts={"sum": 1.5, "none": None, "list": [True]})
    assert Letter.model_validate_json(letter.model_dump_json()) == letter


def test_a_refusal_may_have_a_fact_of_any_name() -> None:
    refusal = invalid("gift.target_unreadable", kind="case", code="1")
    assert (refusal.code, refusal.facts) == ("gift.target_unreadable", {"kind": "case", "code": "1"})
