"""The desk of returns: what it shows, who decides, and what it asks of the treasury."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from demeu.contracts import treasury
from demeu.contracts.words import Role
from demeu.kernel import clock
from demeu.kernel.errors import forbidden
from demeu.kernel.ids import new_id
from demeu.portal.payments import views_refunds
from demeu.portal.payments.tests.test_pages import with_role

pytestmark = pytest.mark.django_db
ASKED = treasury.Refund(
    refund=new_id(), gift=new_id(), amount_tiyn=750_000, state="asked", reason="mistake", asked_at=clock.now(),
    due_at=clock.now() - timedelta(days=1), decided_at=None, paid_at=None, refusal="", by_hand=False,
)  # fmt: skip


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """The treasury's place is taken: what it is asked is kept, one late return is its answer."""
    seen: list[Any] = []

    def ask(service: str, operation: Any, body: Any, **how: Any) -> Any:
        seen.append((operation.name, body, how.get("idempotency_key")))
        if operation is treasury.REFUND_DECIDE and body.refusal == "other":
            raise forbidden("refund.same_person")
        return treasury.RefundList(refunds=(ASKED,)) if operation is treasury.REFUND_LIST else ASKED

    monkeypatch.setattr(views_refunds, "ask", ask)
    return seen


@pytest.mark.parametrize("lang", ["kk", "ru", "en"])
def test_a_late_return_stands_out_and_only_the_approver_has_buttons(client: Client, asked: Any, lang: str) -> None:
    with_role(client, Role.FINANCE_PREPARER)
    seen = client.get("/desk/refunds/", headers={"accept-language": lang}).content.decode()
    assert "data-contradicts" in seen and 'name="approve"' not in seen
    with_role(client, Role.FINANCE_APPROVER)
    assert 'name="approve"' in client.get("/desk/refunds/", headers={"accept-language": lang}).content.decode()


def test_a_decision_is_asked_for_once_and_a_refusal_is_shown(client: Client, asked: Any) -> None:
    with_role(client, Role.FINANCE_APPROVER)
    address = f"/desk/refunds/{ASKED.refund}/"
    assert client.post(address, {"approve": "1"}).status_code == 302
    name, body, key = asked[-1]
    assert (name, body.approve, body.refusal) == ("refunds.decide", True, "") and str(ASKED.refund) in key
    client.post(address, {"refusal": "other"})
    assert asked[-1][1].approve is False
    assert "не решает" in client.get("/desk/refunds/", headers={"accept-language": "ru"}).content.decode()
    count = len(asked)
    client.post(address, {"refusal": "because"})
    assert len(asked) == count


def test_a_preparer_decides_nothing(client: Client, asked: Any) -> None:
    with_role(client, Role.FINANCE_PREPARER)
    assert client.post(f"/desk/refunds/{ASKED.refund}/", {"approve": "1"}).status_code == 403
    assert asked == []
