"""The demo country in the test's database."""

import io
import json
import sys
from typing import Any
from uuid import UUID

import pytest
from django.core.management import call_command

from demeu.roles.demo import country_for


def load(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """Load it as the launcher does; what was loaded."""
    written = country_for("portal")
    monkeypatch.setattr(sys, "stdin", io.StringIO(written))
    call_command("load_demo")
    found: dict[str, Any] = json.loads(written)
    return found


def money_event(case: dict[str, Any], held_tiyn: int) -> dict[str, Any]:
    """`case.money_changed` with all that was given on the first item, held."""
    zero = {"received_tiyn": 0, "held_tiyn": 0, "paid_tiyn": 0, "delivered_tiyn": 0}
    first, *rest = case["items"]
    sums = {**zero, "held_tiyn": held_tiyn}
    items = [{"item": first["item"], "needed_tiyn": first["amount_tiyn"], "sums": sums}]
    items += [{"item": item["item"], "needed_tiyn": item["amount_tiyn"], "sums": zero} for item in rest]
    needed = sum(item["amount_tiyn"] for item in case["items"])
    return {"case": case["case"], "needed_tiyn": needed, "sums": sums, "gifts": 1, "items": items}


def identifier(text: str) -> UUID:
    """A reference of the demo."""
    return UUID(text)
