"""Booking a line of the bank as what it is: a gift's settlement or refund, a payout, or something that nobody knows.

Inside the caller's transaction and under the line's lock; it never decides what a line is.
"""

from uuid import UUID

from demeu.kernel import audit
from demeu.kernel.errors import Refusal
from demeu.kernel.logs import logger
from demeu.treasury.allocation.actions import announce_held
from demeu.treasury.donations.actions.gifts import GatewayWord, hold_gift
from demeu.treasury.donations.queries import GiftView, gift_view
from demeu.treasury.donations.rules import Word
from demeu.treasury.gateways.actions import apply_word, resolve_gift
from demeu.treasury.gateways.queries import gift_of_order
from demeu.treasury.gateways.refunds import book_chargeback, settle_refund
from demeu.treasury.ledger.actions import post_transfer, reverse_transfer
from demeu.treasury.ledger.rules import Account, Leg, step_id
from demeu.treasury.ledger.rules import Kind as TransferKind
from demeu.treasury.payouts.actions.settle import return_payout, settle_payout
from demeu.treasury.reconciliation.models import StatementLine
from demeu.treasury.reconciliation.rules import OWNER, Kind, Meaning

log = logger(__name__)
ROLE = "role:treasury"


def ask_gateway_first(meaning: Meaning) -> None:
    """The bank may be faster than the callback: the gift's fate is asked for before its settlement is booked."""
    gift = gift_of_order(meaning.order_number)
    if gift is not None and gift_view(gift).received_at is None:
        resolve_gift(gift=gift)


def book_line(line: StatementLine, meaning: Meaning) -> UUID | None:
    """Book a line as what it is; the gift or payout it settled, or None when nothing fits."""
    if meaning.kind is Kind.SETTLEMENT:
        return _settle_gift(line, meaning.order_number)
    if meaning.kind is Kind.REFUND:
        return _money_back(line, meaning.order_number)
    if meaning.payout is None:
        return None
    amount, entry = abs(line.amount_tiyn), line.entry_ref
    try:
        if meaning.kind is Kind.PAYMENT:
            done = settle_payout(payout=meaning.payout, amount_tiyn=amount, entry=entry)
        else:
            done = return_payout(payout=meaning.payout, amount_tiyn=amount, entry=entry, reason=line.reason)
    except Refusal as refusal:
        log.warning("statement.payout_does_not_fit", line=str(line.id), reason=refusal.code)
        return None
    return meaning.payout if done else None


def _settle_gift(line: StatementLine, order_number: int) -> UUID | None:
    gift = gift_of_order(order_number)
    if gift is not None and gift_view(gift).gateway == "transfer":
        _take_transfer(gift, line)
    if gift is None or not _settles(gift_view(gift), line):
        return None
    if not hold_gift(gift=gift, net_tiyn=line.amount_tiyn, fee_tiyn=line.fee_tiyn, entry=line.entry_ref):
        return None
    announce_held(gift=gift)
    return gift


def _take_transfer(gift: UUID, line: StatementLine) -> None:
    """For a transfer by invoice the bank's line is the gateway's word, too; another sum is received by nobody."""
    if gift_view(gift).received_at is None:
        heard = GatewayWord(Word.PAID, line.amount_tiyn, line.currency, line.entry_ref[:40])
        apply_word(gift=gift, heard=heard)


def _money_back(line: StatementLine, order_number: int) -> UUID | None:
    """A refund of ours that the bank has made, else a payment that the payer's bank recalled."""
    gift = gift_of_order(order_number)
    amount, entry = -line.amount_tiyn, line.entry_ref
    if gift is None or line.currency != gift_view(gift).currency:
        return None
    if settle_refund(gift=gift, amount_tiyn=amount, entry=entry):
        return gift
    return gift if book_chargeback(gift=gift, amount_tiyn=amount, entry=entry) else None


def _settles(gift: GiftView, line: StatementLine) -> bool:
    whole = line.amount_tiyn + line.fee_tiyn == gift.amount_tiyn
    return gift.received_at is not None and gift.held_at is None and whole and line.currency == gift.currency


def suspend_line(line: StatementLine) -> None:
    """Nobody knows what this is: it stands in suspense until its owner decides."""
    legs = [Leg(Account.BANK, line.amount_tiyn), Leg(Account.SUSPENSE, -line.amount_tiyn)]
    reason = {"entry": line.entry_ref, "owner": OWNER}
    post_transfer(transfer=suspend_step(line.id), kind=TransferKind.SUSPEND, legs=legs, reason=reason)
    audit.record(actor=ROLE, action="statement.suspend", subject=f"line:{line.id}", amount_tiyn=line.amount_tiyn)


def clear_suspense(line: UUID, *, explanation: UUID) -> None:
    """The line's transfer into suspense is mirrored exactly, once. Raises `ledger.transfer_unknown`."""
    reverse_transfer(transfer=suspend_step(line), reason={"explanation": str(explanation)})


def suspend_step(line: UUID) -> UUID:
    """The id of a line's transfer into suspense."""
    return step_id(line, "suspend")
