"""The desk of unexplained lines: who may say what, what is asked of treasury, nothing typed is lost."""

from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from demeu.contracts import treasury
from demeu.contracts.words import Role
from demeu.kernel import clock
from demeu.kernel.errors import Refusal, conflict, unavailable
from demeu.kernel.ids import new_id
from demeu.portal.payments import desk, views_suspense
from demeu.portal.payments.tests.test_pages import with_role

pytestmark = pytest.mark.django_db
DESK = "/desk/suspense/"


def line(ref: str, amount_tiyn: int = 750_000, **changes: Any) -> treasury.SuspenseLine:
    plain: dict[str, Any] = {
        "line": new_id(), "entry_ref": ref, "amount_tiyn": amount_tiyn, "booked_at": clock.now(),
        "owner": "role:fund_staff",
    }  # fmt: skip
    return treasury.SuspenseLine.model_validate({**plain, **changes})


def word(by: str, **changes: Any) -> treasury.LineExplanation:
    plain: dict[str, Any] = {
        "explanation": new_id(), "order_number": 100_001, "payout": None, "other": None, "by": by,
        "at": clock.now(), "agreed": None,
    }  # fmt: skip
    return treasury.LineExplanation.model_validate({**plain, **changes})


class Treasury:
    """In the treasury's place: keeps what it is asked, and refuses what it is told to."""

    def __init__(self) -> None:
        self.lines: tuple[treasury.SuspenseLine, ...] = ()
        self.explained: tuple[treasury.SuspenseLine, ...] = ()
        self.heard: list[Any] = []
        self.refuses: Refusal | None = None
        self.away = False

    def ask(self, service: str, operation: Any, body: Any, **how: Any) -> Any:
        if self.away:
            raise unavailable("call.unavailable")
        if operation is treasury.SUSPENSE_LIST:
            return treasury.SuspenseLines(lines=self.lines, explained=self.explained)
        self.heard.append(body)
        if self.refuses:
            raise self.refuses
        return self.lines[0]


@pytest.fixture
def ledger(monkeypatch: pytest.MonkeyPatch) -> Treasury:
    found = Treasury()
    for module in (desk, views_suspense):
        monkeypatch.setattr(module, "ask", found.ask)
    return found


@pytest.mark.parametrize(("lang", "take"), [("kk", "Өзіме алу"), ("ru", "Взять на себя"), ("en", "Take over")])
def test_lines_show_who_must_look_and_what_was_said(client: Client, ledger: Treasury, lang: str, take: str) -> None:
    me = f"person:{with_role(client, Role.FUND_STAFF)}"
    ledger.lines = (
        line("FREE"),
        line("TAKEN", taken_by="person:2"),
        line("MINE", taken_by=me, explanation=word(me, agreed=False)),
        line("SAID", taken_by="person:2", explanation=word("person:2", payout=new_id(), order_number=None)),
    )
    ledger.explained = (
        line("DONE", explanation=word(me, agreed=True), explained_as="settlement", explained_at=clock.now()),
    )
    seen = client.get(DESK, headers={"accept-language": lang}).content.decode()
    assert all(one.entry_ref in seen for one in (*ledger.lines, *ledger.explained)) and take in seen
    assert seen.count("/take/") == 2 and seen.count("/explain/") == 1 and seen.count("/explanations/") == 1
    assert "role:" not in seen and f'lang="{lang}"' in seen


def test_nobody_agrees_with_his_own_word_and_the_auditor_only_looks(client: Client, ledger: Treasury) -> None:
    me = f"person:{with_role(client, Role.FINANCE_APPROVER)}"
    ledger.lines = (line("SAID", taken_by=me, explanation=word(me)),)
    assert "/explanations/" not in client.get(DESK).content.decode()
    with_role(client, Role.AUDITOR)
    ledger.lines = (line("FREE"), line("SAID", explanation=word("person:2")))
    seen = client.get(DESK).content.decode()
    assert "/take/" not in seen and "/explanations/" not in seen
    assert client.post(f"{DESK}{ledger.lines[0].line}/take/").status_code == 403
    with_role(client, Role.FINANCE_PREPARER)
    assert client.get(DESK).status_code == 403


def test_taking_explaining_and_agreeing_ask_the_treasury(client: Client, ledger: Treasury) -> None:
    with_role(client, Role.FUND_STAFF)
    mine, other, said, payout = line("MINE"), new_id(), word("person:2"), new_id()
    ledger.lines = (mine,)
    client.post(f"{DESK}{mine.line}/take/", {"instead_of": "person:2"})
    client.post(f"{DESK}explanations/{said.explanation}/", {"agree": "perhaps"})
    client.post(f"{DESK}explanations/{said.explanation}/", {"agree": "0"})
    for what, name, value in (
        ("gift", "order_number", "100001"), ("payout", "payout", str(payout)), ("line", "other", str(other)),
    ):  # fmt: skip
        asked = {"explanation": str(new_id()), "what": what, name: value, "payout": str(payout)}
        assert client.post(f"{DESK}{mine.line}/explain/", asked).status_code == 302
    took, answered, *told = ledger.heard
    assert (took.line, took.instead_of) == (mine.line, "person:2")
    assert (answered.explanation, answered.agree) == (said.explanation, False)
    assert [(one.order_number, one.payout, one.other) for one in told] == [
        (100_001, None, None), (None, payout, None), (None, None, other),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("what", "name", "value"),
    [
        ("gift", "order_number", "12x"),
        ("gift", "order_number", "٣"),
        ("payout", "payout", "INV-7"),
        ("", "payout", "abc"),
    ],
)
def test_what_does_not_hold_is_said_beside_the_line_and_stays_typed(
    client: Client, ledger: Treasury, what: str, name: str, value: str
) -> None:
    me = f"person:{with_role(client, Role.FUND_STAFF)}"
    ledger.lines = (line("MINE", taken_by=me), line("ALSO", taken_by=me))
    asked = {"explanation": str(new_id()), "what": what, name: value}
    answer = client.post(f"{DESK}{ledger.lines[0].line}/explain/", asked)
    seen = answer.content.decode()
    assert answer.status_code == 422 and ledger.heard == []
    assert seen.count(f'value="{value}"') == 1 and seen.count('role="alert"') == 1 and " open>" in seen
    assert asked["explanation"] in seen


def test_a_refusal_is_said_in_words_with_the_sums_and_nothing_typed_is_lost(client: Client, ledger: Treasury) -> None:
    me = f"person:{with_role(client, Role.FUND_STAFF)}"
    ledger.lines = (line("MINE", taken_by=me),)
    ledger.refuses = conflict("line.sum_differs", line_tiyn=750_000, wanted_tiyn=749_900)
    asked = {"explanation": str(new_id()), "what": "gift", "order_number": "100001"}
    answer = client.post(f"{DESK}{ledger.lines[0].line}/explain/", asked, headers={"accept-language": "ru"})
    seen = answer.content.decode()
    assert answer.status_code == 409 and 'value="100001"' in seen and "7 499" in seen.replace("\N{NO-BREAK SPACE}", " ")
    assert asked["explanation"] not in seen, "what was refused is not the same word again"
    ledger.lines = ()
    gone = client.post(f"{DESK}{new_id()}/explain/", asked, headers={"accept-language": "ru"})
    assert "Суммы расходятся" in gone.content.decode()


def test_a_silent_ledger_keeps_what_was_typed(client: Client, ledger: Treasury) -> None:
    with_role(client, Role.FUND_STAFF)
    ledger.away, payout = True, str(UUID(int=7))
    asked = {"explanation": str(new_id()), "what": "payout", "payout": payout}
    answer = client.post(f"{DESK}{new_id()}/explain/", asked)
    seen = answer.content.decode()
    assert answer.status_code == 503 and all(f'value="{value}"' in seen for value in asked.values())
