"""The desk of monitoring: what it shows to whom, what it asks of treasury, the report as a file."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from demeu.contracts import treasury
from demeu.contracts.words import Role
from demeu.kernel import clock
from demeu.kernel.errors import forbidden
from demeu.kernel.ids import new_id
from demeu.kernel.operations import Empty
from demeu.portal.accounts.rules import Actor
from demeu.portal.payments import asking, desk, views_monitoring
from demeu.portal.payments.tests.test_pages import with_role
from demeu.portal.payments.wording import ALERT_RULES

pytestmark = pytest.mark.django_db


def alert(**changes: Any) -> treasury.Alert:
    plain: dict[str, Any] = {
        "alert": new_id(), "rule": "split_out", "release": clock.today(), "party": "payee:1", "direction": "out",
        "movements": (f"payout:{new_id()}",), "facts": {"count": 1, "total_tiyn": 750_000}, "payout": None,
        "opened_at": clock.now(), "due_at": clock.now() - timedelta(hours=1), "state": "open", "proposal": "",
        "ground": "", "proposed_by": "", "decided_at": None,
    }  # fmt: skip
    return treasury.Alert.model_validate({**plain, **changes})


class Treasury:
    """In the treasury's place: keeps what it is asked."""

    def __init__(self) -> None:
        self.alerts: tuple[treasury.Alert, ...] = ()
        self.heard: list[Any] = []

    def ask(self, service: str, operation: Any, body: Any, **how: Any) -> Any:
        self.heard.append(body)
        if operation is treasury.ALERT_LIST:
            return treasury.AlertList(alerts=self.alerts, law_confirmed=False)
        if operation is treasury.MONITORING_REPORT:
            return treasury.Report(text="alert,rule\r\n")
        if operation is treasury.ALERT_DECIDE:
            raise forbidden("alert.same_person")
        return self.alerts[0]


@pytest.fixture
def ledger(monkeypatch: pytest.MonkeyPatch) -> Treasury:
    found = Treasury()
    for module in (desk, views_monitoring):
        monkeypatch.setattr(module, "ask", found.ask)
    return found


@pytest.mark.parametrize("lang", ["kk", "ru", "en"])
def test_every_alert_is_named_and_a_late_one_stands_out(client: Client, ledger: Treasury, lang: str) -> None:
    ledger.alerts = tuple(alert(rule=rule) for rule in ALERT_RULES)
    with_role(client, Role.FUND_STAFF)
    seen = client.get("/desk/monitoring/", headers={"accept-language": lang}).content.decode()
    assert seen.count("data-alert=") == seen.count("data-contradicts") == len(ALERT_RULES)
    assert "/propose/" in seen and f'lang="{lang}"' in seen


def test_the_proposer_is_offered_no_decision_and_the_auditor_nothing(client: Client, ledger: Treasury) -> None:
    person = with_role(client, Role.FINANCE_APPROVER)
    own = alert(state="proposed", proposal="clear", ground="usual_business", proposed_by=f"person:{person}")
    ledger.alerts = (own, alert(state="proposed", proposal="report", ground="not_explained", proposed_by="person:2"))
    seen = client.get("/desk/monitoring/").content.decode()
    assert f"/{own.alert}/decide/" not in seen and seen.count("/decide/") == 1
    with_role(client, Role.AUDITOR)
    assert "/decide/" not in client.get("/desk/monitoring/").content.decode()
    assert client.post(f"/desk/monitoring/{own.alert}/decide/", {"agree": "1"}).status_code == 403


def test_a_word_needs_its_ground_and_a_refusal_is_shown(client: Client, ledger: Treasury) -> None:
    with_role(client, Role.FUND_STAFF)
    ledger.alerts = (alert(),)
    address = f"/desk/monitoring/{ledger.alerts[0].alert}/"
    client.post(f"{address}propose/", {"decision": "clear"})
    client.post(f"{address}decide/", {"agree": "perhaps"})
    assert ledger.heard == []
    client.post(f"{address}propose/", {"decision": "clear", "ground": "usual_business"})
    assert (ledger.heard[-1].decision, ledger.heard[-1].ground) == ("clear", "usual_business")
    client.post(f"{address}decide/", {"agree": "1"})
    seen = client.get("/desk/monitoring/", headers={"accept-language": "ru"}).content.decode()
    assert "Решает другой" in seen


def test_the_report_is_a_file_and_wrong_days_ask_nothing(client: Client, ledger: Treasury) -> None:
    with_role(client, Role.AUDITOR)
    assert client.get("/desk/monitoring/report/?first=x&last=").status_code == 302 and ledger.heard == []
    answer = client.get("/desk/monitoring/report/?first=2026-11-01&last=2026-11-22&form=csv")
    assert answer.content.startswith(b"alert,rule") and "attachment" in answer["Content-Disposition"]
    assert client.get("/desk/monitoring/report/?first=2026-11-01&last=2026-11-22&form=xml")["Content-Type"].endswith(
        "xml"
    )


def test_a_refused_payout_to_a_listed_payee_is_told_to_monitoring(monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[Any] = []

    def ask(service: str, operation: Any, body: Any, **how: Any) -> Any:
        heard.append(body)
        if operation is treasury.PAYOUT_PREPARE:
            raise forbidden("payout.payee_blocked")
        return Empty()

    monkeypatch.setattr(asking, "ask", ask)
    body = treasury.PayoutPrepare(
        payout=UUID(int=1), case=UUID(int=2), items=(UUID(int=3),), payee=UUID(int=4), amount_tiyn=5,
        invoice_number="6", preparer=UUID(int=7),
    )  # fmt: skip
    with pytest.raises(Exception, match="payee_blocked"):
        asking.prepare(Actor(person=UUID(int=7)), body)
    assert (heard[1].payee, heard[1].amount_tiyn) == (UUID(int=4), 5)
