"""The treasury's API as portal uses it: signed calls over HTTP."""

import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from pydantic import BaseModel

from demeu.contracts import treasury as contract
from demeu.kernel import calling
from demeu.kernel.ids import new_id
from demeu.kernel.inbox import RECEIVE, Envelope
from demeu.kernel.operations import Empty, Operation
from demeu.kernel.signing import load_keys, make_keys, sign_call
from demeu.kernel.testing import run_jobs
from demeu.roles import topology
from demeu.treasury.api import api
from demeu.treasury.gateways import registry
from demeu.treasury.gateways.tests.stand_in import Halyk
from demeu.treasury.ledger.models import Transfer
from demeu.treasury.proofs.actions import publish_log
from demeu.treasury.proofs.models import Leaf
from demeu.treasury.proofs.queries import place_of
from demeu.treasury.tests.cast import OPENED, Story

pytestmark = pytest.mark.django_db(transaction=True)
Asker = Callable[..., tuple[int, dict[str, Any]]]


@pytest.fixture(autouse=True)
def keys(settings: Any, tmp_path: Path) -> Iterator[Path]:
    make_keys(tmp_path, topology.ROLES)
    settings.DEMEU_KEYS = tmp_path / "treasury"
    calling.keyring.cache_clear()
    yield tmp_path
    calling.keyring.cache_clear()


@pytest.fixture
def ask(keys: Path, monkeypatch: pytest.MonkeyPatch) -> Asker:
    """`ask(operation, body)` gives (status, answer) as a role asks it."""
    halyk = Halyk()
    monkeypatch.setattr(registry, "halyk_gateway", lambda: halyk.gateway)

    def send(
        operation: Operation[Any, Any],
        body: BaseModel,
        *,
        role: str = "portal",
        actor: str = "role:portal",
        key: str = "",
    ) -> tuple[int, dict[str, Any]]:
        content = body.model_dump_json().encode()
        token = sign_call(
            load_keys(keys / role, role),
            audience="treasury",
            operation=operation.name,
            actor=actor,
            purpose="donation",
            body=content,
        )
        headers = {
            "Authorization": f"Bearer {token}",
            "Idempotency-Key": key or str(uuid4()),
            "Demeu-Deadline": f"{time.time() + 30:.3f}",
        }
        answer = Client().post(f"/api/{operation.name}", content, content_type="application/json", headers=headers)
        return answer.status_code, answer.json()

    return send


def declared(story: Story, ask: Asker) -> None:
    items = (contract.NeedItem(item=story.coat, amount_tiyn=500), contract.NeedItem(item=story.boots, amount_tiyn=250))
    need = contract.NeedDeclare.model_validate(
        {
            "case": story.case,
            "group": "children_youth",
            "region_kato": "750000000",
            "urgency": "high",
            "opened_at": OPENED,
            "curator": story.curator,
            "items": items,
        }
    )
    assert ask(contract.NEED_DECLARE, need)[0] == 200


def test_every_operation_that_portal_may_ask_is_served() -> None:
    served = {path.removeprefix("/api/") for path in api.get_openapi_schema()["paths"]}
    assert set(topology.MAY_ASK["treasury"]) <= served


def test_a_case_is_declared_given_to_shown_and_closed(ask: Asker) -> None:
    story = Story()
    declared(story, ask)
    asked = story.asked(750)
    status, page = ask(contract.GIFT_START, asked)
    assert (status, page["state"], page["gateway"]) == (200, "pending", "halyk")
    assert ask(contract.GIFT_STATUS, contract.GiftQuestion(gift=asked.gift))[1]["state"] == "pending"
    status, answer = ask(contract.MONEY_OF_CASES, contract.CasesQuestion(cases=(story.case, new_id())))
    assert [case["needed_tiyn"] for case in answer["cases"]] == [750]
    close = contract.NeedClose(case=story.case, reason="withdrawn")
    assert ask(contract.NEED_CLOSE, close)[0] == 200
    run_jobs()
    status, problem = ask(contract.GIFT_START, story.asked(1))
    assert (status, problem["code"]) == (410, "need.closed")


def test_a_repeated_call_gives_the_stored_answer_and_another_body_under_its_key_is_refused(ask: Asker) -> None:
    story, key = Story(), str(uuid4())
    declared(story, ask)
    asked = story.asked(750)
    first = ask(contract.GIFT_START, asked, key=key)
    assert ask(contract.GIFT_START, asked, key=key) == first
    status, problem = ask(contract.GIFT_START, story.asked(751), key=key)
    assert (status, problem["code"]) == (422, "call.key_reused")


def test_refusals_are_problems_with_stable_codes(ask: Asker) -> None:
    unknown = contract.PayoutQuestion(payout=new_id())
    assert ask(contract.PAYOUT_SHOW, unknown)[1]["code"] == "payout.unknown"
    assert ask(contract.GIFT_STATUS, contract.GiftQuestion(gift=new_id()))[1]["code"] == "gift.unknown"
    receipt = contract.ReceiptQuestion(gift=new_id())
    assert ask(contract.GIFT_RECEIPT, receipt)[0] == 404
    delivery = contract.DeliveryConfirm(case=new_id(), item=new_id(), by="sms")
    assert ask(contract.DELIVERY_CONFIRM, delivery)[1]["code"] == "delivery.no_act"
    assert ask(contract.NEED_CLOSE, contract.NeedClose(case=new_id(), reason="expired"))[1]["code"] == "need.unknown"


def test_only_portal_may_ask(ask: Asker) -> None:
    status, problem = ask(contract.MONEY_PLATFORM, Empty(), role="vault")
    assert (status, problem["code"]) == (403, "call.not_listed")


def test_a_commitment_of_portal_gets_its_place_at_once(ask: Asker) -> None:
    append = contract.LogAppend(kind="case_status", commitment="ab" * 32)
    places = [ask(contract.LOG_APPEND, append)[1]["index"] for _ in range(2)]
    assert places == [0, 1]


def test_the_platforms_figures_come_with_the_logs_head(ask: Asker) -> None:
    story = Story()
    story.declare()
    gift = story.give(1_000)
    publish_log()
    status, answer = ask(contract.MONEY_PLATFORM, Empty())
    assert status == 200 and answer["sums"]["received_tiyn"] == 1_000 and answer["broken_invariants"] == []
    assert (answer["gifts"], answer["donors_estimate"], answer["log_size"]) == (1, 1, 2)
    card = ask(contract.GIFT_STATUS, contract.GiftQuestion(gift=gift))[1]
    assert card["log_index"] is not None and sum(part["amount_tiyn"] for part in card["parts"]) == 1_000
    trail = ask(contract.MONEY_TRAIL, contract.CaseQuestion(case=story.case))[1]["steps"]
    assert [step["kind"] for step in trail] == ["received", "allocated"]


def test_all_money_is_read_in_the_order_of_the_log_page_by_page(ask: Asker) -> None:
    story = Story()
    story.declare()
    story.give(1_000)
    story.give(2_000)
    publish_log()
    lines = ask(contract.MONEY_LINES, contract.TrailLinesQuestion())[1]["steps"]
    assert [(line["kind"], line["amount_tiyn"]) for line in lines].count(("received", 2_000)) == 1
    places = [line["log_index"] for line in lines]
    assert places == sorted(set(places)) and len(places) == 4
    rest = ask(contract.MONEY_LINES, contract.TrailLinesQuestion(after=places[0], limit=2))[1]["steps"]
    assert [line["log_index"] for line in rest] == places[1:3]


def test_news_of_vault_enter_the_log_once(ask: Asker) -> None:
    news = Envelope(id=new_id(), name="access.head_closed", source="vault", facts={"head_sha256": "ab" * 32, "size": 7})
    for _ in range(2):
        assert ask(RECEIVE, news, role="vault")[0] == 200
    run_jobs()
    publish_log()
    [leaf] = Leaf.objects.filter(kind="access_head")
    assert place_of(leaf.id) == 0 and b"abab" not in bytes(leaf.entry)


def test_no_call_moves_money_by_itself(ask: Asker) -> None:
    """Planted attack: a body that claims to be received changes nothing."""
    story = Story()
    declared(story, ask)
    content = json.loads(story.asked(750).model_dump_json()) | {"state": "received"}
    answer = Client().post("/api/gifts.start", json.dumps(content), content_type="application/json")
    assert answer.status_code in (401, 403, 422)
    assert Transfer.objects.count() == 0
