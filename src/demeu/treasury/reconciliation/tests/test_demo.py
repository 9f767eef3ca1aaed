"""The demo's money goes the way of real money."""

import io
import json
import sys
from typing import Any

import pytest
from django.core.management import call_command

from demeu.kernel.checks import broken_invariants
from demeu.kernel.ids import new_id
from demeu.treasury import figures
from demeu.treasury.ledger.queries import posting_count
from demeu.treasury.proofs.queries import log_size

pytestmark = pytest.mark.django_db(transaction=True)


def country() -> dict[str, Any]:
    items = [{"item": str(new_id()), "amount_tiyn": 300_000} for _ in range(4)]
    stages = ["delivered", "paid", "held", "received"]
    return {
        "cases": [
            {
                "case": str(new_id()),
                "group": "children_youth",
                "region_kato": "750000000",
                "urgency": "high",
                "opened_at": "2026-06-01T06:00:00+00:00",
                "curator": str(new_id()),
                "items": items,
                "gifts": [
                    {
                        "gift": str(new_id()),
                        "item": item["item"],
                        "amount_tiyn": part,
                        "at": "2026-06-10T06:00:00+00:00",
                        "stage": stage,
                    }
                    for item, stage in zip(items, stages, strict=True)
                    for part in (100_000, 200_000)
                ],
            }
        ]
    }


def load(told: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO(json.dumps(told)))
    call_command("load_demo", stdout=io.StringIO())


def test_the_demo_reaches_every_stage_and_loading_again_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    told = country()
    load(told, monkeypatch)
    sums = figures.platform_money().sums
    assert (sums.received_tiyn, sums.held_tiyn, sums.paid_tiyn, sums.delivered_tiyn) == (300_000,) * 4
    assert broken_invariants() == []
    before = (posting_count(), log_size())
    load(told, monkeypatch)
    assert (posting_count(), log_size()) == before
