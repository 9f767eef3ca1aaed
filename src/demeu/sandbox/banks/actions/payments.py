"""Executing payment orders and returning them.

Never executes one MsgId twice: the message's row is made first and is unique.
"""

from django.db import IntegrityError, transaction

from demeu.kernel import clock
from demeu.kernel.errors import Refusal, conflict, not_found
from demeu.kernel.ids import new_id
from demeu.sandbox.banks.actions import booking
from demeu.sandbox.banks.actions.faults import use_fault
from demeu.sandbox.banks.models import Account, Fault, Movement, Payment, PaymentMessage
from demeu.sandbox.banks.rules.gateways import gateway_message
from demeu.sandbox.banks.rules.pain001 import Initiation, Transfer, Unreadable, read_pain001
from demeu.sandbox.banks.rules.pain002 import Report, TransferStatus, write_pain002
from demeu.sandbox.banks.rules.plain_text import printable


def take_message(*, body: bytes) -> bytes:
    """Read, execute and answer a pain.001: the pain.002."""
    try:
        initiation = read_pain001(body)
    except Unreadable as error:
        return _refusal(error.message_id, error.code, error.text)
    try:
        return _execute(initiation)
    except IntegrityError:
        return _refusal(initiation.message_id, "DUPL", "this MsgId was used before")


@transaction.atomic
def return_payment(*, payment: int, reason: str) -> None:
    """Bring an executed payment's money back, once; raises ``bank.not_returnable``, ``bank.not_enough``."""
    row = Payment.objects.select_for_update(of=("self",)).select_related("debit__account").get(pk=payment)
    if row.debit is None or row.return_reason:
        raise conflict("bank.not_returnable")
    debit = row.debit
    accounts = booking.lock_accounts((row.creditor_iban, ""), (debit.account.iban, ""))
    slip = booking.Slip(
        code="RETURN",
        text=debit.text,
        message_id=debit.message_id,
        instruction_id=debit.instruction_id,
        end_to_end_id=debit.end_to_end_id,
        return_reason=reason,
    )
    booking.transfer(accounts[row.creditor_iban], accounts[debit.account.iban], row.amount_tiyn, slip)
    row.return_reason = reason
    row.save()


def return_by_end_to_end(*, end_to_end_id: str, reason: str) -> None:
    """Return the latest executed payment with this EndToEndId; raises ``bank.payment``."""
    row = Payment.objects.filter(end_to_end_id=printable(end_to_end_id), debit__isnull=False).order_by("-id").first()
    if row is None:
        raise not_found("bank.payment")
    return_payment(payment=row.pk, reason=reason)


@transaction.atomic
def pay_to_iban(*, order: str, iban: str, name: str, amount_tiyn: int) -> Payment:
    """A gateway's payout to an IBAN, once for an order id; raises ``bank.not_enough``, ``bank.order_differs``."""
    message, fresh = PaymentMessage.objects.get_or_create(
        message_id=gateway_message(order), defaults={"received_at": clock.now()}
    )
    if not fresh:
        known = Payment.objects.get(message=message)
        if (known.creditor_iban, known.amount_tiyn) != (iban, amount_tiyn):
            raise conflict("bank.order_differs")
        return known
    accounts = booking.lock_accounts(booking.fund(), (iban, name))
    slip = booking.Slip(code="PAYMENT", text=order, message_id=message.message_id, end_to_end_id=order)
    debit, _ = booking.transfer(accounts[booking.fund()[0]], accounts[iban], amount_tiyn, slip)
    return Payment.objects.create(
        message=message, end_to_end_id=order, amount_tiyn=amount_tiyn, creditor_iban=iban, debit=debit
    )


@transaction.atomic
def receive_credit(*, iban: str, amount_tiyn: int, text: str, payer: str) -> Movement:
    """Money from another bank enters an account; the credit."""
    accounts = booking.lock_accounts(booking.OUTSIDE, (iban, ""))
    slip = booking.Slip(code="TRANSFER", text=text, payer_name=payer)
    _, credit = booking.transfer(accounts[booking.OUTSIDE[0]], accounts[iban], amount_tiyn, slip)
    return credit


@transaction.atomic
def _execute(initiation: Initiation) -> bytes:
    message = PaymentMessage.objects.create(message_id=initiation.message_id, received_at=clock.now())
    holders = {item.creditor_iban: item.creditor_name for item in initiation.transfers if not item.fault}
    debtors = Account.objects.filter(iban__in={item.debtor_iban for item in initiation.transfers})
    known = [(row.iban, row.holder) for row in debtors] + [booking.OUTSIDE, booking.fund()]
    names = {**holders, **dict(known)}
    accounts = booking.lock_accounts(*names.items())
    statuses = [_pay(message, item, accounts) for item in initiation.transfers]
    report = Report(
        report_id=new_id().hex,
        written_at=clock.now(),
        message_id=initiation.message_id,
        count=initiation.count,
        sum_tiyn=initiation.sum_tiyn,
        transfers=statuses,
    )
    answer = write_pain002(report)
    message.answer = answer.decode()
    message.save()
    return answer


def _pay(message: PaymentMessage, item: Transfer, accounts: dict[str, Account]) -> TransferStatus:
    reason, debit = item.fault, None
    if not reason:
        reason, debit = _attempt(message, item, accounts)
    row = Payment.objects.create(
        message=message,
        end_to_end_id=item.end_to_end_id,
        amount_tiyn=item.amount_tiyn,
        creditor_iban=item.creditor_iban,
        debit=debit,
        reason=reason,
    )
    if debit is not None:
        _misbehave_later(row, debit, accounts)
    reference = debit.reference if debit else ""
    return TransferStatus(item.payment_id, item.instruction_id, item.end_to_end_id, reference, reason)


def _attempt(message: PaymentMessage, item: Transfer, accounts: dict[str, Account]) -> tuple[str, Movement | None]:
    debtor = accounts.get(item.debtor_iban)
    if debtor is None or debtor.kind == "outside":
        return "AC02", None
    fault: Fault | None = use_fault("reject_payment", item.end_to_end_id)
    if fault is not None:
        return fault.reason or "AC04", None
    slip = booking.Slip(
        code="PAYMENT",
        text=item.text,
        message_id=message.message_id,
        instruction_id=item.instruction_id,
        end_to_end_id=item.end_to_end_id,
    )
    try:
        debit, _ = booking.transfer(debtor, accounts[item.creditor_iban], item.amount_tiyn, slip)
    except Refusal:
        return "AM04", None
    return "", debit


def _misbehave_later(row: Payment, debit: Movement, accounts: dict[str, Account]) -> None:
    if use_fault("duplicate_entry", row.end_to_end_id):
        booking.repeat_line(accounts[debit.account.iban], debit, accounts[booking.OUTSIDE[0]])
    fault = use_fault("return_payment", row.end_to_end_id)
    if fault is not None:
        from demeu.sandbox.banks.tasks import return_late

        return_late.defer(delay_s=fault.delay_s, payment=row.pk, reason=fault.reason or "AC04")


def _refusal(message_id: str, code: str, text: str) -> bytes:
    report = Report(
        report_id=new_id().hex, written_at=clock.now(), message_id=message_id, reason=code, explanation=text
    )
    return write_pain002(report)
