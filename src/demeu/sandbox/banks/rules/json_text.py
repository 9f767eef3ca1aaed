"""JSON with exact decimal numbers, which the standard encoder cannot write.

Never turns an amount into a float on the way out or in.
"""

import json
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any


def json_text(value: object) -> str:
    """JSON text of mappings, sequences, scalars and Decimals (written digit for digit)."""
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, Mapping):
        return "{" + ",".join(f"{json.dumps(str(key))}:{json_text(item)}" for key, item in value.items()) + "}"
    if isinstance(value, Sequence) and not isinstance(value, str | bytes):
        return "[" + ",".join(json_text(item) for item in value) + "]"
    if isinstance(value, float):
        raise TypeError("amounts are Decimal, never float")
    return json.dumps(value, ensure_ascii=False)


def json_object(body: bytes) -> dict[str, Any]:
    """A JSON object from bytes, fractions as Decimal; raises ValueError for anything else."""
    try:
        value = json.loads(body or b"{}", parse_float=Decimal, parse_constant=_refuse)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error
    if not isinstance(value, dict):
        raise ValueError("a JSON object is expected")
    return value


def _refuse(name: str) -> object:
    raise ValueError(f"{name} is not JSON")
