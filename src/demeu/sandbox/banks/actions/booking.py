"""Double entry at the bank: money leaves one account and enters another in the same transaction.

Never writes one side without the other, and never lets an account of a customer go below zero.
"""

from dataclasses import dataclass, replace

from django.conf import settings
from django.db import transaction

from demeu.kernel import clock
from demeu.kernel.errors import conflict
from demeu.kernel.ids import new_id
from demeu.sandbox.banks.models import Account, Movement
from demeu.sandbox.banks.rules.iban import GATEWAY_IBAN, OUTSIDE_IBAN


@dataclass(frozen=True)
class Slip:
    """What stands on both sides of a booking."""

    code: str
    text: str = ""
    message_id: str = ""
    instruction_id: str = ""
    end_to_end_id: str = ""
    return_reason: str = ""
    fee_tiyn: int = 0
    payer_name: str = ""


def lock_accounts(*holders: tuple[str, str]) -> dict[str, Account]:
    """The accounts of (IBAN, holder's name) pairs, opened where missing, locked in one order."""
    rows = [Account(iban=iban, holder=name[:140] or iban, kind=_kind(iban)) for iban, name in sorted(set(holders))]
    Account.objects.bulk_create(rows, ignore_conflicts=True)
    wanted = {iban for iban, _ in holders}
    return {row.iban: row for row in Account.objects.select_for_update().filter(iban__in=wanted).order_by("iban")}


def fund() -> tuple[str, str]:
    """The fund's account: IBAN and holder."""
    return settings.DEMEU_SANDBOX_FUND_IBAN, settings.DEMEU_SANDBOX_EPAY_MERCHANT


GATEWAY = (GATEWAY_IBAN, "ePay settlement")
OUTSIDE = (OUTSIDE_IBAN, "Outside world")


def transfer(debtor: Account, creditor: Account, amount_tiyn: int, slip: Slip) -> tuple[Movement, Movement]:
    """Book both sides (accounts must be locked): (debit, credit); raises ``bank.not_enough``."""
    if debtor.kind != "outside" and debtor.balance_tiyn < amount_tiyn:
        raise conflict("bank.not_enough")
    reference = new_id().hex[-20:].upper()
    debit = _line(debtor, creditor, -amount_tiyn, replace(slip, fee_tiyn=0, payer_name=""), reference)
    return debit, _line(creditor, debtor, amount_tiyn, slip, reference)


def _line(account: Account, other: Account, amount_tiyn: int, slip: Slip, reference: str) -> Movement:
    account.last_number += 1
    account.balance_tiyn += amount_tiyn
    account.save()
    return Movement.objects.create(
        account=account,
        number=account.last_number,
        amount_tiyn=amount_tiyn,
        fee_tiyn=slip.fee_tiyn,
        balance_after_tiyn=account.balance_tiyn,
        code=slip.code,
        reference=reference,
        message_id=slip.message_id,
        instruction_id=slip.instruction_id,
        end_to_end_id=slip.end_to_end_id,
        other_name=slip.payer_name or other.holder,
        other_iban=other.iban,
        text=slip.text,
        return_reason=slip.return_reason,
        booked_at=clock.now(),
    )


def repeat_line(account: Account, twin: Movement, outside: Account) -> None:
    """Book a movement a second time under the same reference (a bank's mistake); the other side is the outside world.

    A debit that the account cannot bear twice is not repeated.
    """
    if account.balance_tiyn + twin.amount_tiyn < 0:
        return
    slip = Slip(
        code=twin.code,
        text=twin.text,
        message_id=twin.message_id,
        instruction_id=twin.instruction_id,
        end_to_end_id=twin.end_to_end_id,
        fee_tiyn=twin.fee_tiyn,
        payer_name=twin.other_name,
    )
    _line(outside, account, -twin.amount_tiyn, slip, twin.reference)
    _line(account, outside, twin.amount_tiyn, slip, twin.reference)


def _kind(iban: str) -> str:
    known = {settings.DEMEU_SANDBOX_FUND_IBAN: "fund", GATEWAY_IBAN: "gateway", OUTSIDE_IBAN: "outside"}
    return known.get(iban, "other")


@transaction.atomic
def open_account(*, holder: tuple[str, str]) -> None:
    """Make sure that an account exists (IBAN, holder's name)."""
    lock_accounts(holder)
