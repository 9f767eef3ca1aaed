"""What giving asks of the treasury. A silent treasury is an answer: pages then show what the portal knows itself."""

from uuid import UUID

from django.conf import settings
from django.core.cache import cache

from demeu.contracts import treasury
from demeu.contracts.words import Purpose
from demeu.kernel.calling import ask
from demeu.kernel.errors import Kind, suppressed
from demeu.kernel.operations import Empty
from demeu.portal.giving.models import GiftIntent

STATUS_S_MAX = 4.0
FEES_KEY = "giving.fees"
FEES_KEPT_S = 60
FEE_LINES = 1000
GUEST = "guest"


def payment_page(row: GiftIntent, actor: str) -> treasury.PaymentPage:
    """The gateway's page for a gift; asked again it is the same page. Raises what the treasury refuses."""
    address = f"{settings.DEMEU_PORTAL_PUBLIC_URL}/give/{row.gift}/"
    body = treasury.GiftStart.model_validate(
        {
            "gift": row.gift,
            "amount_tiyn": row.amount_tiyn,
            "addition_tiyn": row.addition_tiyn,
            "target": {"kind": row.target_kind, "id": row.target_id, "code": row.target_code or None},
            "fallback": row.fallback,
            "anonymous": row.anonymous,
            "gateway": row.gateway,
            "origin": row.origin or None,
            "donor": row.donor,
            "monthly": row.monthly,
            "offer_version": row.offer_version,
            "lang": row.lang,
            "back_url": address,
            "failure_url": f"{address}?failed=1",
        }
    )
    return ask("treasury", treasury.GIFT_START, body, actor=actor, purpose=Purpose.DONATION, idempotency_key=row.gift)


def gift_now(gift: UUID, actor: str) -> treasury.Gift | None:
    """The gift as it stands; None while the treasury is away or has not heard of it."""
    question = treasury.GiftQuestion(gift=gift)
    with suppressed(Kind.UNAVAILABLE, Kind.NOT_FOUND):
        return ask(
            "treasury",
            treasury.GIFT_STATUS,
            question,
            actor=actor,
            purpose=Purpose.DONATION,
            deadline_s=STATUS_S_MAX,
        )
    return None


def ask_refund(gift: UUID, refund: UUID, amount_tiyn: int | None, reason: str, actor: str) -> treasury.Refund:
    """Ask for a gift back; `refund` is the key for ever."""
    body = treasury.RefundAsk.model_validate(
        {"refund": refund, "gift": gift, "amount_tiyn": amount_tiyn, "reason": reason}
    )
    return ask("treasury", treasury.REFUND_ASK, body, actor=actor, purpose=Purpose.DONATION, idempotency_key=refund)


def refunds_of(gift: UUID, actor: str) -> tuple[treasury.Refund, ...]:
    """What was asked back of a gift; none while the treasury is away."""
    question = treasury.RefundFilter(gift=gift)
    with suppressed(Kind.UNAVAILABLE):
        return ask(
            "treasury", treasury.REFUND_LIST, question, actor=actor, purpose=Purpose.DONATION, deadline_s=STATUS_S_MAX
        ).refunds
    return ()


def answer_surplus(gift: UUID, way: str, actor: str) -> None:
    """The donor's word about money that was not needed."""
    wish = treasury.SurplusAnswer.model_validate({"gift": gift, "way": way})
    ask("treasury", treasury.GIFT_ANSWER, wish, actor=actor, purpose=Purpose.DONATION)


def fees_report() -> treasury.FeesReport | None:
    """What gateways took, at most a minute old; None while the treasury is away."""
    kept: treasury.FeesReport | None = cache.get(FEES_KEY)
    if kept is None:
        with suppressed(Kind.UNAVAILABLE):
            kept = ask(
                "treasury", treasury.MONEY_FEES, Empty(), actor=GUEST, purpose=Purpose.DONATION, deadline_s=STATUS_S_MAX
            )
            cache.set(FEES_KEY, kept, FEES_KEPT_S)
    return kept


def fee_lines(after: int) -> tuple[treasury.FeeLine, ...]:
    """The next fees gift by gift."""
    question = treasury.FeeLinesQuestion(after=after, limit=FEE_LINES)
    return ask("treasury", treasury.MONEY_FEE_LINES, question, actor=GUEST, purpose=Purpose.DONATION).lines


def monthly_plans(donor: UUID, actor: str) -> tuple[treasury.MonthlyPlan, ...] | None:
    """A donor's monthly gifts; None while the treasury is away."""
    question = treasury.MonthlyQuestion(donor=donor)
    with suppressed(Kind.UNAVAILABLE):
        return ask(
            "treasury", treasury.MONTHLY_LIST, question, actor=actor, purpose=Purpose.DONATION, deadline_s=STATUS_S_MAX
        ).plans
    return None


def change_monthly(wish: treasury.MonthlyChange, actor: str) -> treasury.MonthlyPlan:
    """Skip, change, stop or take back; `change` is the key for ever."""
    return ask(
        "treasury", treasury.MONTHLY_CHANGE, wish, actor=actor, purpose=Purpose.DONATION, idempotency_key=wish.change
    )


def receipt(gift: UUID, lang: str, actor: str) -> treasury.Receipt:
    """The receipt of a received gift."""
    question = treasury.ReceiptQuestion.model_validate({"gift": gift, "lang": lang})
    return ask("treasury", treasury.GIFT_RECEIPT, question, actor=actor, purpose=Purpose.DONATION)
