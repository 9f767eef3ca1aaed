"""Answering Kaspi: whether a gift may be paid, and keeping a payment that Kaspi has made."""

from django.db import connection, transaction

from demeu.kernel import audit, clock
from demeu.kernel.ids import new_id
from demeu.kernel.money import decimal_tenge
from demeu.treasury.donations.queries import GiftView, gift_view
from demeu.treasury.gateways.kaspi.words import Asked, Result, may_check, may_pay
from demeu.treasury.gateways.models import GatewayCallback, KaspiPayment
from demeu.treasury.gateways.queries import gift_of_order, order_of

ROLE = "role:treasury"
COMMENTS = {
    Result.OK: "OK",
    Result.NOT_FOUND: "no such gift",
    Result.CANCELLED: "the session of this gift has ended",
    Result.ALREADY_PAID: "paid already",
    Result.OTHER: "the sum differs",
}
FIELD = "Получатель"


def answer_check(*, asked: Asked) -> dict[str, object]:
    """Whether the order may be paid, and how much it costs. Nothing changes."""
    gift = _gift(asked.account)
    result = may_check(gift.state) if gift else Result.NOT_FOUND
    answer: dict[str, object] = {"txn_id": asked.txn, "result": int(result), "comment": COMMENTS[result]}
    if gift and result is Result.OK:
        answer |= {"sum": decimal_tenge(gift.amount_tiyn), "fields": {"field1": {"@name": FIELD, "#text": "Demeu"}}}
    return answer


@transaction.atomic
def take_payment(*, asked: Asked) -> dict[str, object]:
    """Keep a payment once and queue its processing; the same txn_id again is answered as the first time."""
    from demeu.treasury.gateways.tasks import check_callback

    _lock(asked.account)
    known = KaspiPayment.objects.filter(txn=asked.txn).first()
    if known is not None:
        same = (known.order_number, known.amount_tiyn) == (asked.account, asked.sum_tiyn)
        return _paid_answer(known) if same else _answer(asked, Result.OTHER)
    gift = _gift(asked.account)
    result = _verdict(gift, asked)
    if result is not Result.OK:
        audit.record(actor=ROLE, action="kaspi.refuse", subject=f"order:{asked.account}", result=int(result))
        return _answer(asked, result)
    row = KaspiPayment.objects.create(
        txn=asked.txn,
        order_number=asked.account,
        amount_tiyn=asked.sum_tiyn,
        txn_date=asked.txn_date,
        at=clock.now(),
    )
    kept = {"txn_id": asked.txn, "txn_date": asked.txn_date, "sum": decimal_tenge(asked.sum_tiyn)}
    callback = GatewayCallback.objects.create(
        id=new_id(),
        gateway="kaspi",
        kind="pay",
        order_number=asked.account,
        secret_ok=True,
        body=kept,
        at=clock.now(),
    )
    check_callback.defer(callback=str(callback.id))
    return _paid_answer(row)


def _verdict(gift: GiftView | None, asked: Asked) -> Result:
    if gift is None:
        return Result.NOT_FOUND
    if KaspiPayment.objects.filter(order_number=asked.account).exists():
        return Result.ALREADY_PAID
    return may_pay(gift.state, asked_tiyn=gift.amount_tiyn, paid_tiyn=asked.sum_tiyn)


def _gift(account: int) -> GiftView | None:
    gift = gift_of_order(account)
    order = order_of(gift) if gift else None
    return gift_view(order.gift) if order and order.gateway == "kaspi" else None


def _lock(account: int) -> None:
    """One payment of an order at a time; orders only grow, so that nobody may lock their rows."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"kaspi-order:{account}"])


def _paid_answer(row: KaspiPayment) -> dict[str, object]:
    return {
        "txn_id": row.txn,
        "prv_txn_id": str(row.pk),
        "result": int(Result.OK),
        "sum": decimal_tenge(row.amount_tiyn),
        "comment": COMMENTS[Result.OK],
    }


def _answer(asked: Asked, result: Result) -> dict[str, object]:
    return {"txn_id": asked.txn, "result": int(result), "comment": COMMENTS[result]}
