"""What every entrance here shares: reading JSON, answering it, turning refusals into the partner's own form of error.

Never shows a Python error to the outside.
"""

import hmac
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse

from demeu.kernel.errors import Refusal, invalid
from demeu.sandbox.banks.rules.json_text import json_object, json_text
from demeu.sandbox.banks.rules.plain_text import printable

View = Callable[..., HttpResponse]
BODY_BYTES_MAX = 64 * 1024


def json_answer(value: object, status: int = 200) -> HttpResponse:
    """JSON with exact decimals."""
    return HttpResponse(json_text(value), status=status, content_type="application/json; charset=utf-8")


def control(view: View) -> View:
    """A control address: JSON in, refusals out as ``{"code", "facts"}``; a browser's form cannot reach it."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            if request.method in ("POST", "PUT") and request.content_type != "application/json":
                raise invalid("control.json_expected")
            return view(request, *args, **kwargs)
        except Refusal as refusal:
            return json_answer({"code": refusal.code, "facts": refusal.facts}, refusal.status)

    return guarded


def body_of(request: HttpRequest) -> dict[str, Any]:
    """The JSON object of a request; raises ``control.json_unreadable``."""
    if len(request.body) > BODY_BYTES_MAX:
        raise invalid("control.json_unreadable")
    try:
        return json_object(request.body)
    except (ValueError, UnicodeDecodeError) as error:
        raise invalid("control.json_unreadable") from error


def text_in(fields: Any, name: str, length_max: int = 500) -> str:
    """A printable text field of a form or JSON object, cut to length; empty when absent or not a text or number."""
    value = fields.get(name, "")
    if isinstance(value, bool) or not isinstance(value, str | int):
        return ""
    return printable(str(value)).strip()[:length_max]


def number_in(fields: dict[str, Any], name: str, default: int, most: int) -> int:
    """A whole number 0…most of a JSON object; raises ``control.number``."""
    value = fields.get(name, default)
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= most:
        raise invalid("control.number", field=name, most=most)
    return value


def flag_in(fields: dict[str, Any], name: str) -> bool:
    """A true or false of a JSON object (absent = false); raises ``control.flag``."""
    value = fields.get(name, False)
    if not isinstance(value, bool):
        raise invalid("control.flag", field=name)
    return value


def same_secret(given: str, expected: str) -> bool:
    """Compared in constant time."""
    return hmac.compare_digest(given.encode(errors="replace"), expected.encode())
