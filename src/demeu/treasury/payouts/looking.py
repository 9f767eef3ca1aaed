"""Gathering what the rules of reasons look at: the payee's past, invoice numbers, known prices, papers used before."""

from collections.abc import Callable, Sequence
from datetime import datetime
from uuid import UUID

from demeu.contracts import treasury as contract
from demeu.contracts.vault.documents import DOCUMENT_TWINS, DocumentsQuestion, DocumentTwin
from demeu.contracts.vault.payees import PayeeScreened
from demeu.kernel import clock
from demeu.kernel.calling import ask
from demeu.treasury.donations.queries import items_by_id
from demeu.treasury.payouts.models import Payout, Quote
from demeu.treasury.payouts.reasons import Numbers, QuoteSeen, Reason, Seen, numbers_on, reasons
from demeu.treasury.payouts.rules import OVER, PayoutState, normal_invoice

ROLE = "role:treasury"
KNOWN_MAX = 1_000
Twins = Callable[[Sequence[UUID]], Sequence[DocumentTwin]]


def twins_in_vault(documents: Sequence[UUID]) -> Sequence[DocumentTwin]:
    """Files and photos that were used before under another subject."""
    question = DocumentsQuestion(documents=tuple(documents))
    return ask("vault", DOCUMENT_TWINS, question, actor=ROLE, purpose="payout").twins


def reasons_of(asked: contract.PayoutPrepare, screened: PayeeScreened, twins: Twins) -> list[Reason]:
    """Why to look closely at this payout, by the numbers of today."""
    numbers = numbers_on(clock.today())
    papers = [quote.document for quote in asked.quotes if quote.document]
    papers += [asked.invoice_document] if asked.invoice_document else []
    since = clock.now() - numbers.history
    seen = Seen(
        amount_tiyn=asked.amount_tiyn,
        items=asked.items,
        items_tiyn=sum(item.amount_tiyn for item in items_by_id(asked.items)),
        signs=screened.signs,
        paid_before_tiyn=_paid_before(asked.payee, since),
        same_number=_same_number(asked, since),
        quotes=[_quote_seen(quote, since) for quote in asked.quotes],
        used_before=sorted({(twin.how, twin.other_subject) for twin in (twins(papers) if papers else ())}),
    )
    return reasons(seen, numbers)


def numbers_today() -> Numbers:
    """The published numbers in force."""
    return numbers_on(clock.today())


def _paid_before(payee: UUID, since: datetime) -> list[int]:
    rows = Payout.objects.filter(payee=payee, state=PayoutState.SETTLED, settled_at__gte=since)
    return list(rows.order_by("-settled_at").values_list("amount_tiyn", flat=True)[:KNOWN_MAX])


def _same_number(asked: contract.PayoutPrepare, since: datetime) -> list[UUID]:
    rows = Payout.objects.filter(invoice_key=normal_invoice(asked.invoice_number), prepared_at__gte=since)
    others = rows.exclude(id=asked.payout).exclude(state__in=OVER)
    return list(others.order_by("prepared_at").values_list("id", flat=True)[:3])


def _quote_seen(quote: contract.PayoutQuote, since: datetime) -> QuoteSeen:
    known = Quote.objects.filter(code=quote.code, payout__prepared_at__gte=since).exclude(payout__state__in=OVER)
    prices = known.order_by("-id").values_list("price_tiyn", "quantity")[:KNOWN_MAX]
    return QuoteSeen(
        item=quote.item,
        price_tiyn=quote.price_tiyn,
        quantity=quote.quantity,
        chosen=quote.chosen,
        known_unit_tiyn=[price // quantity for price, quantity in prices],
    )
