"""Promises about payouts through Freedom Pay: signed questions, the payee from vault's document, nothing paid twice."""

from typing import Any
from urllib.parse import parse_qsl
from uuid import UUID

import httpx
import pytest

from demeu.kernel import clock
from demeu.kernel.errors import Refusal
from demeu.treasury.gateways.freedom.client import FreedomClient
from demeu.treasury.gateways.freedom.signing import is_signed, signed
from demeu.treasury.gateways.freedom.words import xml_answer
from demeu.treasury.ledger.queries import lots
from demeu.treasury.ledger.rules import Account
from demeu.treasury.payouts import ways
from demeu.treasury.payouts.actions.send import follow_sent, send_to_bank
from demeu.treasury.payouts.actions.settle import settle_payout
from demeu.treasury.payouts.answer import AnswerError, read_answer
from demeu.treasury.payouts.bank import Bank
from demeu.treasury.payouts.freedom import FreedomPayouts, recipient_fields
from demeu.treasury.payouts.models import Payout
from demeu.treasury.payouts.queries import payout_view
from demeu.treasury.payouts.rules import PayoutState
from demeu.treasury.tests.cast import Story

pytestmark = pytest.mark.django_db(transaction=True)
ALL, SECRET, IBAN = 750_000, "s", "KZ62999SUPPLIER00001"


class Freedom:
    """Freedom Pay inside one test: pays an order once, answers signed, loses its answer when told to."""

    def __init__(self) -> None:
        self.paid: dict[str, dict[str, str]] = {}
        self.asked: list[str] = []
        self.word, self.error, self.lose_answer = "success", "", False

    def answer(self, request: httpx.Request) -> httpx.Response:
        script, fields = request.url.path.rpartition("/")[2], dict(parse_qsl(request.content.decode()))
        assert is_signed(script, fields, SECRET) and fields["pg_merchant_id"] == "500001"
        self.asked.append(script)
        order = fields["pg_order_id"]
        if script == "to_iban" and not self.error:
            self.paid.setdefault(order, fields)
            if self.lose_answer:
                raise httpx.ReadTimeout("lost")
        elif script == "to_iban" or order not in self.paid:
            code = self.error if script == "to_iban" else "340"
            return self.say(script, {"pg_status": "error", "pg_error_code": code})
        return self.say(script, {"pg_status": "ok", "pg_payment_status": self.word, "pg_failure_code": "AM04"})

    def say(self, script: str, fields: dict[str, str]) -> httpx.Response:
        return httpx.Response(200, text=xml_answer(signed(script, fields, SECRET)))

    @property
    def way(self) -> FreedomPayouts:
        http = httpx.Client(transport=httpx.MockTransport(self.answer))
        return FreedomPayouts(FreedomClient("http://freedom.test", "500001", SECRET, http))


def fill(payout: UUID, payee: UUID, xml: str) -> str:
    """Vault's part: the payee's name and account in place of its reference."""
    return xml.replace(str(payee), "Sloboda").replace(f"<Othr><Id>{payee.hex}</Id></Othr>", f"<IBAN>{IBAN}</IBAN>")


@pytest.fixture
def freedom() -> Freedom:
    return Freedom()


@pytest.fixture
def payout(story: Story) -> UUID:
    found = story.prepare(ALL, invoice_number="INV 7")
    story.approve(found)
    return found


def test_the_payee_and_the_codes_go_to_freedom_and_money_is_paid_only_by_the_statement(
    payout: UUID, freedom: Freedom
) -> None:
    send_to_bank(payout=payout, bank=freedom.way, fill=fill)
    [told] = freedom.paid.values()
    assert {name: told[name] for name in told if name.startswith(("pg_rec", "pg_k", "pg_a", "pg_o"))} == {
        "pg_order_id": payout.hex, "pg_amount": "7500.00", "pg_recipient_name": "Sloboda", "pg_recipient_iban": IBAN,
        "pg_recipient_kbe": "17", "pg_knp": "119",
    }  # fmt: skip
    assert "INV 7" in told["pg_description"] and payout_view(payout).state == "sent"
    assert not lots(payout=payout, accounts=[Account.PAID]), "Freedom's word pays nothing in the books"
    assert settle_payout(payout=payout, amount_tiyn=ALL, entry="B1", bank=Account.BANK_DEMO)
    assert payout_view(payout).state == "settled"


def test_a_lost_answer_is_asked_for_and_nothing_is_paid_twice(payout: UUID, freedom: Freedom) -> None:
    freedom.lose_answer = True
    with pytest.raises(Refusal, match=r"gateway\.unavailable"):
        send_to_bank(payout=payout, bank=freedom.way, fill=fill)
    assert payout_view(payout).state == "approved"
    send_to_bank(payout=payout, bank=freedom.way, fill=fill)
    send_to_bank(payout=payout, bank=freedom.way, fill=fill)
    assert freedom.asked.count("to_iban") == 1 and payout_view(payout).state == "sent"


@pytest.mark.parametrize("word", ["process", "pending", "new", ""])
def test_an_undecided_order_waits(payout: UUID, freedom: Freedom, word: str) -> None:
    freedom.word = word
    with pytest.raises(Refusal, match=r"bank\.undecided"):
        send_to_bank(payout=payout, bank=freedom.way, fill=fill)
    assert payout_view(payout).state == "approved"


def test_a_word_that_nobody_knows_moves_nothing(payout: UUID, freedom: Freedom) -> None:
    freedom.word = "perhaps"
    with pytest.raises(AnswerError):
        send_to_bank(payout=payout, bank=freedom.way, fill=fill)
    assert payout_view(payout).state == "approved"


def test_what_freedom_refuses_is_free_again_also_after_it_was_taken(story: Story, freedom: Freedom) -> None:
    first = story.prepare(ALL)
    story.approve(first)
    freedom.error = "101"
    send_to_bank(payout=first, bank=freedom.way, fill=fill)
    assert payout_view(first).state == "rejected" and freedom.asked == ["get_status3.php", "to_iban", "get_status3.php"]
    second = story.prepare(ALL)
    story.approve(second)
    freedom.error = ""
    send_to_bank(payout=second, bank=freedom.way, fill=fill)
    Payout.objects.filter(id=second).update(sent_at=clock.now().replace(year=2000))
    freedom.word = "error"
    assert follow_sent(bank=freedom.way) == 1
    assert payout_view(second).state == PayoutState.REJECTED
    assert sum(one.amount_tiyn for one in lots(cases=[story.case], accounts=[Account.HELD])) == ALL


def test_a_refusal_of_an_order_that_freedom_has_is_not_believed(freedom: Freedom) -> None:
    """As when two ask at once, and the second one is refused as a repeat."""
    order, freedom.error = "a" * 32, "101"
    freedom.paid[order] = {}
    assert read_answer(freedom.way.pay(DOCUMENT.format(order=order)), order).accepted
    assert not read_answer(freedom.way.pay(DOCUMENT.format(order="b" * 32)), "b" * 32).accepted


def test_a_payout_keeps_to_the_way_it_was_first_handed_over(
    payout: UUID, freedom: Freedom, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ways, "freedom_payouts", lambda: freedom.way)
    silent = httpx.Client(transport=httpx.MockTransport(lambda request: httpx.Response(503)))
    monkeypatch.setattr(ways, "fund_bank", lambda: Bank("http://bank.test", "k", IBAN, silent))
    settings.DEMEU_TREASURY_PAYOUT_WAY = "bank"
    with pytest.raises(Refusal, match=r"bank\.unavailable"):
        send_to_bank(payout=payout, fill=fill)
    settings.DEMEU_TREASURY_PAYOUT_WAY = "freedom"
    with pytest.raises(Refusal, match=r"bank\.unavailable"):
        send_to_bank(payout=payout, fill=fill)
    assert freedom.asked == []
    Payout.objects.filter(id=payout).update(way="")
    send_to_bank(payout=payout, fill=fill)
    assert payout_view(payout).state == "sent" and Payout.objects.get(id=payout).way == "freedom"


DOCUMENT = (
    '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.001.001.09"><CstmrCdtTrfInitn><PmtInf><CdtTrfTxInf>'
    "<PmtId><EndToEndId>{order}</EndToEndId></PmtId><Amt><InstdAmt>1.00</InstdAmt></Amt><Cdtr><Nm>N</Nm></Cdtr>"
    "<CdtrAcct><Id><IBAN>KZ62999SUPPLIER00001</IBAN></Id></CdtrAcct><Purp><Prtry>119 19</Prtry></Purp>"
    "<RmtInf><Ustrd>Invoice 7</Ustrd></RmtInf></CdtTrfTxInf></PmtInf></CstmrCdtTrfInitn></Document>"
)


def test_an_unfilled_document_goes_nowhere() -> None:
    assert recipient_fields(DOCUMENT.format(order="a" * 32))["pg_recipient_kbe"] == "19"
    with pytest.raises(AnswerError):
        recipient_fields(DOCUMENT.replace("IBAN>", "Othr>"))
