"""Sending an approved payout to the bank, once: vault fills in the payee, the document passes through unkept."""

from collections.abc import Callable
from uuid import UUID

from django.conf import settings
from django.db import transaction

from demeu.contracts.vault.payees import INSTRUCTION_FILL, InstructionFill
from demeu.kernel import audit, clock
from demeu.kernel.calling import ask
from demeu.kernel.errors import Refusal
from demeu.treasury.payouts.actions.acting import ROLE, announce_payout, locked_payout
from demeu.treasury.payouts.actions.approve import free_payout
from demeu.treasury.payouts.answer import BankAnswer, read_answer
from demeu.treasury.payouts.bank import Bank, fund_bank
from demeu.treasury.payouts.instruction import Debtor, Instruction, write_instruction
from demeu.treasury.payouts.models import Payout
from demeu.treasury.payouts.rules import PayoutState

Filling = Callable[[UUID, UUID, str], str]


def fill_in_vault(payout: UUID, payee: UUID, xml: str) -> str:
    """The document with the payee's name and account in it."""
    question = InstructionFill(payout=payout, payee=payee, xml=xml)
    return ask("vault", INSTRUCTION_FILL, question, actor=ROLE, purpose="payout").xml


def send_to_bank(*, payout: UUID, bank: Bank | None = None, fill: Filling = fill_in_vault) -> None:
    """Hand an approved payout to the bank. Asked first whether it has it already, so that nothing is paid twice."""
    row = Payout.objects.get(id=payout)
    if row.state != PayoutState.APPROVED:
        return
    bank = bank or fund_bank()
    answered = bank.answer_about(payout.hex)
    if answered is None:
        try:
            filled = fill(payout, row.payee, write_instruction(_instruction(row), _debtor()))
        except Refusal as refusal:
            if refusal.code != "payee.screened":
                raise
            _stop_listed(payout)
            return
        answered = bank.pay(filled)
    hear_bank(payout=payout, answer=read_answer(answered, payout.hex))


@transaction.atomic
def _stop_listed(payout: UUID) -> None:
    """The payee was put on a list after the approval: nothing is sent, the money is free again."""
    row = locked_payout(payout)
    if row.state == PayoutState.APPROVED:
        free_payout(row=row, reason="payout.payee_blocked", actor=ROLE)


@transaction.atomic
def hear_bank(*, payout: UUID, answer: BankAnswer) -> None:
    """The bank took the payment, or did not: then the money is free again."""
    row = locked_payout(payout)
    if row.state != PayoutState.APPROVED:
        return
    if not answer.accepted:
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
    )


def _debtor() -> Debtor:
    return Debtor(
        name=settings.DEMEU_TREASURY_FUND_NAME,
        iban=settings.DEMEU_TREASURY_FUND_IBAN,
        bank_code=settings.DEMEU_TREASURY_FUND_BIC,
        purpose_code=settings.DEMEU_TREASURY_FUND_KNP,
    )
