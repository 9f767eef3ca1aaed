"""Reading the gateway and the bank."""

from collections.abc import Sequence
from uuid import UUID

from django.conf import settings

from demeu.kernel import clock
from demeu.kernel.errors import not_found
from demeu.kernel.ids import new_id
from demeu.sandbox.banks.models import Account, Callback, Fault, Movement, Order, Payment, PaymentMessage
from demeu.sandbox.banks.rules.camt053 import CREDIT, DEBIT, Entry, Statement
from demeu.sandbox.banks.rules.gateways import gateway_message
from demeu.sandbox.banks.rules.iban import is_kz_iban
from demeu.sandbox.banks.rules.notices import Operation
from demeu.sandbox.banks.rules.plain_text import printable

BANK_CODE = "DEMUKZK0"
STATEMENT_ENTRIES_MAX = 500
SHOWN_MAX = 100


def operation_of(order: Order) -> Operation:
    """The order as notices and status answers tell it."""
    return Operation(
        operation=str(order.operation),
        invoice_id=order.invoice_id,
        amount_tiyn=order.amount_tiyn,
        refunded_tiyn=order.refunded_tiyn,
        terminal=order.terminal,
        account_id=order.account_id,
        description=order.description,
        language=order.language,
        status=order.status,
        card_mask=order.card_mask,
        reference=order.reference,
        approval_code=order.approval_code,
        secure3d=order.secure3d,
        reason=order.reason,
        reason_code=order.reason_code,
        payer_name=order.payer_name,
        payer_address=order.payer_address or "",
        secret_hash=order.secret_hash,
        at=order.tried_at or order.opened_at,
        saved_card=str(order.operation) if order.recurring else "",
    )


def order_of_page(page: UUID) -> Order:
    """The order that a payment page belongs to; raises ``epay.order``."""
    order = Order.objects.filter(page=page, opened_at__isnull=False).first()
    if order is None:
        raise not_found("epay.order")
    return order


def opened_order(invoice_id: str) -> Order | None:
    """The order of an invoice once its page was opened, else None."""
    return Order.objects.filter(invoice_id=printable(invoice_id), opened_at__isnull=False).first()


def callbacks_of(invoice_id: str) -> list[dict[str, object]]:
    """What was sent, or is still to be sent, about an invoice; oldest first."""
    rows = Callback.objects.filter(order__invoice_id=invoice_id).order_by("id")
    return [
        {
            "kind": row.kind,
            "attempts": row.attempts,
            "status_code": row.status_code,
            "delivered_at": row.delivered_at.isoformat() if row.delivered_at else None,
        }
        for row in rows
    ]


def accounts() -> Sequence[Account]:
    """All accounts, the fund's first, the outside world last."""
    ranks = {"fund": 0, "gateway": 1, "other": 2, "outside": 3}
    return sorted(Account.objects.all(), key=lambda account: (ranks[account.kind], account.iban))


def account(iban: str) -> Account:
    """One account; raises ``bank.account``."""
    found = Account.objects.filter(iban=iban).first() if is_kz_iban(iban) else None
    if found is None:
        raise not_found("bank.account")
    return found


def iban_payout(order: str) -> Payment | None:
    """A gateway's payout to an IBAN by its order id."""
    return Payment.objects.filter(message__message_id=gateway_message(order)).first() if order else None


def latest_movements(iban: str | None = None) -> Sequence[Movement]:
    """The newest movements of one account, or of the fund's account."""
    wanted = iban or settings.DEMEU_SANDBOX_FUND_IBAN
    rows = Movement.objects.filter(account__iban=wanted).select_related("account")
    return list(rows.order_by("-number")[:SHOWN_MAX])


def movement(number: int) -> Movement:
    """One movement by its key; raises ``bank.movement``."""
    found = Movement.objects.filter(pk=number).select_related("account").first()
    if found is None:
        raise not_found("bank.movement")
    return found


def statement(*, iban: str, after: int) -> Statement:
    """Movements of an account with a number above ``after``, oldest first; raises ``bank.account``."""
    owner = account(iban)
    rows = list(owner.movement_set.filter(number__gt=after).order_by("number")[:STATEMENT_ENTRIES_MAX])
    before = owner.movement_set.filter(number__lte=after).order_by("-number").first()
    return Statement(
        statement_id=new_id().hex,
        written_at=clock.now(),
        iban=iban,
        holder=owner.holder,
        bank_code=BANK_CODE,
        opening_tiyn=before.balance_after_tiyn if before else 0,
        cursor=rows[-1].number if rows else after,
        entries=[_entry(row) for row in rows],
    )


def payment_answer(message_id: str) -> str:
    """The pain.002 given to a message; raises ``bank.message``."""
    found = PaymentMessage.objects.filter(message_id=printable(message_id)).exclude(answer="").first()
    if found is None:
        raise not_found("bank.message")
    return found.answer


def faults() -> list[dict[str, object]]:
    """Faults that are still to act."""
    fields = ("kind", "times_left", "reason", "delay_s", "end_to_end_id")
    return list(Fault.objects.filter(times_left__gt=0).order_by("id").values(*fields))


def _entry(row: Movement) -> Entry:
    return Entry(
        number=row.number,
        amount_tiyn=abs(row.amount_tiyn),
        direction=CREDIT if row.amount_tiyn > 0 else DEBIT,
        booked_at=row.booked_at,
        reference=row.reference,
        code=row.code,
        fee_tiyn=row.fee_tiyn,
        message_id=row.message_id,
        instruction_id=row.instruction_id,
        end_to_end_id=row.end_to_end_id,
        other_name=row.other_name,
        other_iban=row.other_iban,
        text=row.text,
        return_reason=row.return_reason,
    )
