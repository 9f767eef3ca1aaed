"""Bringing the demo country's gifts to their stage by the same actions as real money, through the gateway named «demo».

No row is inserted past an action; told again, nothing changes. Demo money stands on accounts of its own and never
mixes with what the real bank holds.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

from demeu.contracts import treasury as contract
from demeu.contracts.vault.identity import SignatureFacts
from demeu.contracts.vault.payees import PayeeScreened
from demeu.kernel import clock
from demeu.treasury.allocation.actions import allocate_gift, announce_held
from demeu.treasury.allocation.telling import told_once
from demeu.treasury.donations.actions.gifts import GatewayWord, hear_gateway, hold_gift, start_gift
from demeu.treasury.donations.actions.needs import declare_need
from demeu.treasury.donations.queries import known_gifts
from demeu.treasury.donations.rules import Word
from demeu.treasury.ledger.rules import Account
from demeu.treasury.payouts.actions.approve import approve_payout
from demeu.treasury.payouts.actions.deliver import confirm_delivery, record_delivery
from demeu.treasury.payouts.actions.prepare import prepare_payout
from demeu.treasury.payouts.actions.send import hear_bank
from demeu.treasury.payouts.actions.settle import settle_payout
from demeu.treasury.payouts.answer import BankAnswer

ACTOR = "role:treasury"
GATEWAY = "demo"
STAGES = ("received", "held", "paid", "delivered")
BANK_AFTER = timedelta(hours=20)
PAID_AFTER = timedelta(days=3)
DELIVERED_AFTER = timedelta(days=9)


def load_case(case: Mapping[str, Any]) -> int:
    """Declare one case and bring its gifts to their stage; how many gifts are new."""
    need = contract.NeedDeclare.model_validate(
        {name: case[name] for name in ("case", "group", "region_kato", "urgency", "opened_at", "curator", "items")}
    )
    known = known_gifts([UUID(gift["gift"]) for gift in case["gifts"]])
    fresh = [gift for gift in case["gifts"] if UUID(gift["gift"]) not in known]
    if not fresh and case["gifts"]:
        return 0
    with told_once():
        with clock.frozen(need.opened_at):
            declare_need(need=need, actor=ACTOR)
        for gift in fresh:
            _give(need.case, gift)
        for item in need.items:
            given = [gift for gift in fresh if UUID(gift["item"]) == item.item]
            if given and all(_reached(gift, "paid") for gift in given):
                _spend(need, item, given)
    return len(fresh)


def _reached(gift: Mapping[str, Any], stage: str) -> bool:
    return STAGES.index(gift["stage"]) >= STAGES.index(stage)


def _give(case: UUID, gift: Mapping[str, Any]) -> None:
    """A gift that the demo gateway confirms; and, from «held» on, the demo bank as well."""
    number, amount, at = UUID(gift["gift"]), int(gift["amount_tiyn"]), datetime.fromisoformat(gift["at"])
    asked = contract.GiftStart(
        gift=number,
        amount_tiyn=amount,
        target=contract.GiftTarget(kind="item", id=UUID(gift["item"])),
        offer_version="demo",
        back_url="http://127.0.0.1/",
        failure_url="http://127.0.0.1/",
    )
    with clock.frozen(at):
        start_gift(asked=asked, gateway=GATEWAY)
        hear_gateway(gift=number, heard=GatewayWord(Word.PAID, amount, "KZT", "demo"))
        allocate_gift(gift=number)
    if _reached(gift, "held"):
        with clock.frozen(at + BANK_AFTER):
            hold_gift(gift=number, net_tiyn=amount, fee_tiyn=0, entry="demo")
            announce_held(gift=number)


def _spend(need: contract.NeedDeclare, item: contract.NeedItem, gifts: list[Mapping[str, Any]]) -> None:
    """A payout for one item by two officers of the demo, and its delivery where the stage says so."""
    last = max(datetime.fromisoformat(gift["at"]) for gift in gifts)
    payout = uuid5(item.item, "demo payout")
    asked = contract.PayoutPrepare(
        payout=payout,
        case=need.case,
        items=(item.item,),
        payee=uuid5(item.item, "demo payee"),
        amount_tiyn=item.amount_tiyn,
        invoice_number=f"D-{item.item.hex[-8:]}",
        preparer=uuid5(need.case, "demo preparer"),
    )
    with clock.frozen(last + PAID_AFTER):
        prepared = prepare_payout(asked=asked, actor=ACTOR, screen=lambda question: PayeeScreened(codes=()))
        for role, count in prepared.lacking.items():
            for number in range(count):
                _approve(prepared, f"{role} {number}", role)
        hear_bank(payout=payout, answer=BankAnswer(accepted=True, reason=""))
        settle_payout(payout=payout, amount_tiyn=item.amount_tiyn, entry="demo", bank=Account.BANK_DEMO)
    if all(_reached(gift, "delivered") for gift in gifts):
        with clock.frozen(last + DELIVERED_AFTER):
            _deliver(need.case, item.item)


def _approve(prepared: contract.Payout, name: str, role: str) -> None:
    """A yes of one officer of the demo, whose signature nobody keeps."""
    yes = contract.PayoutApprove.model_validate(
        {
            "payout": prepared.payout,
            "approver": uuid5(prepared.case, f"demo {name}"),
            "signature": uuid5(prepared.payout, f"demo signature {name}"),
            "role": role,
        }
    )
    kept = SignatureFacts(
        person=yes.approver, kind="payout", subject=f"payout:{yes.payout}", signed_sha256="", at=clock.now()
    )
    approve_payout(asked=yes, actor=ACTOR, send=False, vouch=lambda signature: kept)


def _deliver(case: UUID, item: UUID) -> None:
    act = uuid5(item, "demo act")
    record_delivery(
        asked=contract.DeliveryRecord(case=case, item=item, act_document=act, act_sha256=act.hex * 2), actor=ACTOR
    )
    confirm_delivery(asked=contract.DeliveryConfirm(case=case, item=item, by="sms"), actor=ACTOR)
