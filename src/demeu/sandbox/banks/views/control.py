"""Control of misbehaviour: callbacks of the gateway, faults of the bank, money from outside.

Only for tests and demonstrations; nothing here imitates a real partner.
"""

import re

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from demeu.kernel.errors import invalid
from demeu.sandbox.banks import queries
from demeu.sandbox.banks.actions import callbacks, cards, faults, payments, tokens
from demeu.sandbox.banks.rules.epay_states import is_invoice
from demeu.sandbox.banks.rules.iban import is_kz_iban
from demeu.sandbox.banks.rules.tenge import tenge_number
from demeu.sandbox.banks.views.edges import body_of, control, flag_in, json_answer, number_in, text_in

REPEAT_MAX = 100
DELAY_S_MAX = 4 * 24 * 3600


@require_http_methods(["GET", "POST"])
@control
def callback(request: HttpRequest, invoice_id: str) -> HttpResponse:
    """``/control/epay/callbacks/{invoiceId}``: look at the notices, or plan and send wrong ones."""
    if not is_invoice(invoice_id):
        raise invalid("epay.invoice_id")
    if request.method == "GET":
        return json_answer({"callbacks": queries.callbacks_of(invoice_id)})
    body = body_of(request)
    forged = body.get("forge_amount")
    plan = callbacks.Plan(
        repeat=number_in(body, "repeat", 0, REPEAT_MAX),
        forge_amount_tiyn=None if forged is None else tokens.amount_tiyn_of(forged),
        delay_s=number_in(body, "delay_s", 0, DELAY_S_MAX),
        drop=flag_in(body, "drop"),
        shuffle=flag_in(body, "shuffle"),
    )
    planned, queued = callbacks.plan_or_send(invoice_id=invoice_id, plan=plan)
    return json_answer({"planned": planned, "queued": queued}, 202)


@require_POST
@control
def chargeback(request: HttpRequest, invoice_id: str) -> HttpResponse:
    """``/control/gateways/{invoiceId}/chargeback``: the payer's bank takes the money back."""
    cards.charge_back(invoice_id=invoice_id)
    return json_answer({"charged_back": True})


@require_http_methods(["GET", "POST", "DELETE"])
@control
def bank_faults(request: HttpRequest) -> HttpResponse:
    """``/control/bank/faults``."""
    if request.method == "GET":
        return json_answer(queries.faults())
    if request.method == "DELETE":
        faults.clear_faults()
        return HttpResponse(status=204)
    body = body_of(request)
    kind = text_in(body, "kind")
    if kind not in faults.KINDS:
        raise invalid("bank.fault_kind", among=list(faults.KINDS))
    faults.plan_fault(
        kind=kind,
        times=number_in(body, "times", 1, 1000),
        reason=_reason(body),
        delay_s=number_in(body, "delay_s", 0, DELAY_S_MAX),
        end_to_end_id=text_in(body, "end_to_end_id", 35),
    )
    return json_answer({"faults": queries.faults()}, 201)


@require_POST
@control
def return_payment(request: HttpRequest, end_to_end_id: str) -> HttpResponse:
    """``/control/bank/payments/{EndToEndId}/return``."""
    payments.return_by_end_to_end(end_to_end_id=end_to_end_id, reason=_reason(body_of(request)) or "AC04")
    return json_answer({"returned": True})


@require_POST
@control
def credit(request: HttpRequest) -> HttpResponse:
    """``/control/bank/credits``: money from another bank."""
    body = body_of(request)
    iban = text_in(body, "account")
    if not is_kz_iban(iban):
        raise invalid("bank.iban")
    line = payments.receive_credit(
        iban=iban,
        amount_tiyn=tokens.amount_tiyn_of(body.get("amount", "")),
        text=text_in(body, "text", 140),
        payer=text_in(body, "payer", 140),
    )
    return json_answer({"number": line.number, "reference": line.reference}, 201)


@require_safe
@control
def accounts(request: HttpRequest) -> HttpResponse:
    """``/control/bank/accounts``."""
    rows = [
        {"iban": row.iban, "holder": row.holder, "balance": tenge_number(row.balance_tiyn)}
        for row in queries.accounts()
        if row.kind != "outside"
    ]
    return json_answer(rows)


def _reason(body: dict[str, object]) -> str:
    reason = text_in(body, "reason")
    if reason and re.fullmatch(r"[A-Z0-9]{4}", reason) is None:
        raise invalid("bank.reason")
    return reason
