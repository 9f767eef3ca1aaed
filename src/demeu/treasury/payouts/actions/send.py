"""Sending an approved payout to the bank, once: vault fills in the payee, the document passes through unkept."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction

from demeu.contracts.vault.payees import INSTRUCTION_FILL, InstructionFill
from demeu.kernel import audit, clock
from demeu.kernel.calling import ask
from demeu.kernel.errors import Refusal, unavailable
from demeu.kernel.logs import logger
from demeu.treasury.payouts.actions.acting import ROLE, announce_payout, locked_payout
from demeu.treasury.payouts.actions.approve import free_payout
from demeu.treasury.payouts.answer import AnswerError, BankAnswer, read_answer
from demeu.treasury.payouts.instruction import Debtor, Instruction, write_instruction
from demeu.treasury.payouts.models import Payout
from demeu.treasury.payouts.rules import PayoutState
from demeu.treasury.payouts.ways import Way, chosen_way, way_named

log = logger(__name__)
ASKED_AGAIN_AFTER = timedelta(minutes=10)
FOLLOWED_MAX = 200
Filling = Callable[[UUID, UUID, str], str]


def fill_in_vault(payout: UUID, payee: UUID, xml: str) -> str:
    """The document with the payee's name and account in it."""
    question = InstructionFill(payout=payout, payee=payee, xml=xml)
    return ask("vault", INSTRUCTION_FILL, question, actor=ROLE, purpose="payout").xml


def send_to_bank(*, payout: UUID, bank: Way | None = None, fill: Filling = fill_in_vault) -> None:
    """Hand an approved payout over, by the way it keeps to. Asked first whether it is there already: paid once."""
    row = Payout.objects.get(id=payout)
    if row.state != PayoutState.APPROVED:
        return
    bank = bank or way_named(_kept_way(payout))
    answered = bank.answer_about(payout.hex)
    if answered is None:
        try:
            filled = fill(payout, row.payee, write_instruction(_instruction(row), _debtor(bank)))
        except Refusal as refusal:
            if refusal.code != "payee.screened":
                raise
            _stop_listed(payout)
            return
        answered = bank.pay(filled)
    answer = read_answer(answered, payout.hex)
    if answer.pending:
        raise unavailable("bank.undecided", payout=str(payout))
    hear_bank(payout=payout, answer=answer)


def follow_sent(*, bank: Way | None = None) -> int:
    """Ask again about payments taken by the bank that no statement has shown yet; how many it has refused since."""
    waiting = Payout.objects.filter(state=PayoutState.SENT, sent_at__lte=clock.now() - ASKED_AGAIN_AFTER)
    refused = 0
    for payout, way in waiting.order_by("sent_at").values_list("id", "way")[:FOLLOWED_MAX]:
        answered = (bank or way_named(way)).answer_about(payout.hex)
        try:
            if answered is not None:
                hear_bank(payout=payout, answer=read_answer(answered, payout.hex))
        except AnswerError:
            log.warning("payout.answer_unreadable", payout=str(payout))
        refused += Payout.objects.filter(id=payout, state=PayoutState.REJECTED).exists()
    return refused


@transaction.atomic
def _kept_way(payout: UUID) -> str:
    """The way of a payout, kept before it is handed over: by another way it could be paid a second time."""
    row = locked_payout(payout)
    if not row.way:
        row.way = chosen_way()
        row.save(update_fields=["way"])
    return row.way


@transaction.atomic
def _stop_listed(payout: UUID) -> None:
    """The payee was put on a list after the approval: nothing is sent, the money is free again."""
    row = locked_payout(payout)
    if row.state == PayoutState.APPROVED:
        free_payout(row=row, reason="payout.payee_blocked", actor=ROLE)


@transaction.atomic
def hear_bank(*, payout: UUID, answer: BankAnswer) -> None:
    """The bank took the payment, or did not: then the money is free again, also when it first took it."""
    row = locked_payout(payout)
    refused = not answer.accepted and not answer.pending
    if row.state != PayoutState.APPROVED and not (row.state == PayoutState.SENT and refused):
        return
    if refused:
        free_payout(row=row, reason=f"bank:{answer.reason}", actor=ROLE)
        return
    row.state, row.sent_at = PayoutState.SENT, clock.now()
    row.save(update_fields=["state", "sent_at"])
    audit.record(actor=ROLE, action="payout.send", subject=f"payout:{payout}")
    announce_payout(row)


def _instruction(row: Payout) -> Instruction:
    return Instruction(
        payout=row.id,
        payee=row.payee,
        amount_tiyn=row.amount_tiyn,
        invoice_number=row.invoice_number,
        made_at=clock.now(),
        day=clock.today(),
        to_person=any(reason["code"] == "payee.natural_person" for reason in row.reasons),
    )


def _debtor(way: Way) -> Debtor:
    return Debtor(
        name=settings.DEMEU_TREASURY_FUND_NAME,
        iban=settings.DEMEU_TREASURY_FUND_IBAN,
        bank_code=settings.DEMEU_TREASURY_FUND_BIC,
        purpose_code=settings.DEMEU_TREASURY_FUND_KNP,
        profile=way.profile,
    )
