"""Operations that the treasury serves; each handler only translates."""

from demeu.contracts import treasury as contract
from demeu.kernel import clock
from demeu.kernel.ids import new_id
from demeu.kernel.operations import Empty
from demeu.kernel.serving import Call, operation_api
from demeu.treasury import fees, figures
from demeu.treasury.allocation.tasks import allocate_pool, release
from demeu.treasury.donations.actions.needs import close_need, declare_need
from demeu.treasury.fallbacks.actions import answer
from demeu.treasury.gateways.actions import refresh_gift, start_payment
from demeu.treasury.gateways.queries import refund_card, refunds
from demeu.treasury.gateways.refund_rules import RefundReason
from demeu.treasury.gateways.refunds import ask_refund, decide_refund
from demeu.treasury.gateways.registry import gateway_named
from demeu.treasury.ledger.promises import promises_kept
from demeu.treasury.monitoring.actions import decide, note_listed, propose, watch_payout
from demeu.treasury.monitoring.queries import alert_card, alert_cards, report
from demeu.treasury.monitoring.rules import release_on
from demeu.treasury.monitoring.tasks import check_photo
from demeu.treasury.monthly.actions.plans import change_plan, open_plan
from demeu.treasury.monthly.queries import plan_card, plans_of
from demeu.treasury.monthly.rules import check_own
from demeu.treasury.payouts.actions.approve import approve_payout, reject_payout
from demeu.treasury.payouts.actions.deliver import confirm_delivery, record_delivery
from demeu.treasury.payouts.actions.prepare import prepare_payout
from demeu.treasury.payouts.queries import filtered_payouts, payout_view
from demeu.treasury.pledges.actions import make_pledge
from demeu.treasury.pledges.queries import doubling_now, pledge_card, pledges_of
from demeu.treasury.proofs.actions import append_commitment, place_now
from demeu.treasury.proofs.checking import check_steps, shown_facts
from demeu.treasury.proofs.keys import log_note_key
from demeu.treasury.proofs.queries import cosigned_text, latest_head
from demeu.treasury.proofs.witnessing import witnesses
from demeu.treasury.receipts.actions import make_receipt
from demeu.treasury.receipts.own import own_gifts
from demeu.treasury.receipts.statements import make_statement
from demeu.treasury.reconciliation.cards import explained_cards, suspense_card, suspense_cards
from demeu.treasury.reconciliation.explaining import answer_explanation, explain_line, take_line
from demeu.treasury.reconciliation.queries import bank_days, bank_now

BANK_DAYS = 400
api = operation_api("treasury")


@api.serve(contract.NEED_DECLARE)
def declare(call: Call, body: contract.NeedDeclare) -> Empty:
    """A published case may receive money."""
    declare_need(need=body, actor=call.actor)
    allocate_pool.defer()
    return Empty()


@api.serve(contract.NEED_CLOSE)
def close(call: Call, body: contract.NeedClose) -> Empty:
    """A case takes no more money."""
    if close_need(close=body, actor=call.actor):
        release.defer(case=str(body.case))
    return Empty()


@api.serve(contract.GIFT_START)
def gift_start(call: Call, body: contract.GiftStart) -> contract.PaymentPage:
    """A donor is about to pay."""
    if body.monthly:
        open_plan(asked=body)
    return start_payment(asked=body, gateway=gateway_named(body.gateway))


@api.serve(contract.GIFT_STATUS)
def gift_status(call: Call, body: contract.GiftQuestion) -> contract.Gift:
    """Where a gift stands; an undecided one is asked about at the gateway."""
    refresh_gift(gift=body.gift)
    return figures.gift_card(body.gift)


@api.serve(contract.GIFT_ANSWER)
def gift_answer(call: Call, body: contract.SurplusAnswer) -> contract.Gift:
    """What becomes of a surplus."""
    answer(gift=body.gift, way=body.way, actor=call.actor)
    return figures.gift_card(body.gift)


@api.serve(contract.GIFT_RECEIPT)
def gift_receipt(call: Call, body: contract.ReceiptQuestion) -> contract.Receipt:
    """The receipt of a received gift."""
    return make_receipt(gift=body.gift, lang=body.lang)


@api.serve(contract.MONTHLY_LIST)
def monthly_list(call: Call, body: contract.MonthlyQuestion) -> contract.MonthlyPlans:
    """A donor's own monthly gifts."""
    check_own(actor=call.actor, donor=str(body.donor))
    return contract.MonthlyPlans(plans=tuple(plans_of(body.donor)))


@api.serve(contract.MONTHLY_CHANGE)
def monthly_change(call: Call, body: contract.MonthlyChange) -> contract.MonthlyPlan:
    """A donor skips, changes, stops, or takes the last change back."""
    return plan_card(change_plan(asked=body, actor=call.actor))


@api.serve(contract.GIFT_STATEMENT)
def gift_statement(call: Call, body: contract.StatementQuestion) -> contract.Statement:
    """A donor's statement of a year."""
    return make_statement(donor=body.donor, year=body.year, lang=body.lang, actor=call.actor)


@api.serve(contract.GIFTS_OWN)
def gifts_own(call: Call, body: contract.OwnGiftsQuestion) -> contract.OwnGifts:
    """A donor's gifts as they stand."""
    return own_gifts(donor=body.donor, actor=call.actor)


@api.serve(contract.PLEDGE_MAKE)
def pledge_make(call: Call, body: contract.PledgeMake) -> contract.Pledge:
    """A company promises a sum; its invoice."""
    return pledge_card(make_pledge(asked=body, actor=call.actor))


@api.serve(contract.PLEDGE_LIST)
def pledge_list(call: Call, body: contract.PledgeFilter) -> contract.PledgeList:
    """A company's pledges, or the doubling that goes on now."""
    found = pledges_of(body.company) if body.company else doubling_now()
    return contract.PledgeList(pledges=tuple(found))


@api.serve(contract.REFUND_ASK)
def refund_ask(call: Call, body: contract.RefundAsk) -> contract.Refund:
    """A gift is wanted back."""
    reason = RefundReason(body.reason)
    return refund_card(
        ask_refund(refund=body.refund, gift=body.gift, amount_tiyn=body.amount_tiyn, reason=reason, by=call.actor)
    )


@api.serve(contract.REFUND_DECIDE)
def refund_decide(call: Call, body: contract.RefundDecide) -> contract.Refund:
    """A second person decides."""
    return refund_card(decide_refund(refund=body.refund, approve=body.approve, refusal=body.refusal, by=call.actor))


@api.serve(contract.REFUND_LIST)
def refund_list(call: Call, body: contract.RefundFilter) -> contract.RefundList:
    """Refunds, the most urgent decision first."""
    found = refunds(states=body.states, gift=body.gift, limit=body.limit)
    return contract.RefundList(refunds=tuple(refund_card(row) for row in found))


@api.serve(contract.PAYOUT_PREPARE)
def payout_prepare(call: Call, body: contract.PayoutPrepare) -> contract.Payout:
    """The first officer prepares a payout; monitoring looks at it at once."""
    prepare_payout(asked=body, actor=call.actor)
    watch_payout(payout=body.payout)
    return payout_view(body.payout)


@api.serve(contract.PAYOUT_APPROVE)
def payout_approve(call: Call, body: contract.PayoutApprove) -> contract.Payout:
    """The second officer approves it."""
    return approve_payout(asked=body, actor=call.actor)


@api.serve(contract.PAYOUT_REJECT)
def payout_reject(call: Call, body: contract.PayoutReject) -> contract.Payout:
    """The second officer says no."""
    return reject_payout(asked=body, actor=call.actor)


@api.serve(contract.PAYOUT_SHOW)
def payout_show(call: Call, body: contract.PayoutQuestion) -> contract.Payout:
    """One payout."""
    return payout_view(body.payout)


@api.serve(contract.PAYOUT_LIST)
def payout_list(call: Call, body: contract.PayoutFilter) -> contract.PayoutList:
    """Payouts, newest first."""
    return contract.PayoutList(payouts=tuple(filtered_payouts(states=body.states, case=body.case, limit=body.limit)))


@api.serve(contract.MONEY_BANK)
def money_bank(call: Call, body: Empty) -> contract.BankMoney:
    """What bank and books hold."""
    return contract.BankMoney(now=bank_now(), days=tuple(bank_days(BANK_DAYS)))


@api.serve(contract.SUSPENSE_LIST)
def suspense_list(call: Call, body: Empty) -> contract.SuspenseLines:
    """Lines that nobody could explain."""
    return contract.SuspenseLines(lines=suspense_cards(), explained=explained_cards())


@api.serve(contract.LINE_TAKE)
def line_take(call: Call, body: contract.LineTake) -> contract.SuspenseLine:
    """An officer takes a line in suspense."""
    take_line(line=body.line, instead_of=body.instead_of, by=call.actor)
    return suspense_card(body.line)


@api.serve(contract.LINE_EXPLAIN)
def line_explain(call: Call, body: contract.LineExplain) -> contract.SuspenseLine:
    """Its owner says what it is."""
    explain_line(asked=body, by=call.actor)
    return suspense_card(body.line)


@api.serve(contract.LINE_ANSWER)
def line_answer(call: Call, body: contract.LineAnswer) -> contract.SuspenseLine:
    """Another person agrees or puts it back."""
    return suspense_card(answer_explanation(explanation=body.explanation, agree=body.agree, by=call.actor))


@api.serve(contract.ALERT_LIST)
def alert_list(call: Call, body: contract.AlertFilter) -> contract.AlertList:
    """The queue of monitoring."""
    confirmed = release_on(clock.today()).confirmed
    found = tuple(alert_cards(states=body.states, limit=body.limit))
    return contract.AlertList(alerts=found, law_confirmed=confirmed)


@api.serve(contract.ALERT_PROPOSE)
def alert_propose(call: Call, body: contract.AlertPropose) -> contract.Alert:
    """The first person's word on an alert."""
    return alert_card(propose(alert=body.alert, decision=body.decision, ground=body.ground, by=call.actor))


@api.serve(contract.ALERT_DECIDE)
def alert_decide(call: Call, body: contract.AlertDecide) -> contract.Alert:
    """The second person's word on an alert."""
    return alert_card(decide(alert=body.alert, agree=body.agree, by=call.actor))


@api.serve(contract.MONITORING_BLOCKED)
def monitoring_blocked(call: Call, body: contract.BlockedAttempt) -> Empty:
    """A listed payee was to be paid."""
    note_listed(payee=body.payee, payout=body.payout, amount_tiyn=body.amount_tiyn)
    return Empty()


@api.serve(contract.MONITORING_REPORT)
def monitoring_report(call: Call, body: contract.ReportQuestion) -> contract.Report:
    """Reported alerts as a file."""
    return contract.Report(text=report(first=body.first, last=body.last, form=body.form))


@api.serve(contract.DELIVERY_RECORD)
def delivery_record(call: Call, body: contract.DeliveryRecord) -> Empty:
    """An act of delivery."""
    record_delivery(asked=body, actor=call.actor)
    if body.photo is not None:
        check_photo.defer(item=str(body.item), photo=str(body.photo))
    return Empty()


@api.serve(contract.DELIVERY_CONFIRM)
def delivery_confirm(call: Call, body: contract.DeliveryConfirm) -> Empty:
    """The family confirmed."""
    confirm_delivery(asked=body, actor=call.actor)
    return Empty()


@api.serve(contract.MONEY_OF_CASES)
def money_of_cases(call: Call, body: contract.CasesQuestion) -> contract.CasesMoney:
    """Figures of cases."""
    return figures.cases_money(body.cases)


@api.serve(contract.MONEY_MONTHS)
def money_months(call: Call, body: contract.MonthsQuestion) -> contract.MonthsMoney:
    """What moved in each month."""
    return figures.months_money(body.first, body.months)


@api.serve(contract.MONEY_FEES)
def money_fees(call: Call, body: Empty) -> contract.FeesReport:
    """What gateways took, and who paid for it."""
    return fees.fees_report()


@api.serve(contract.MONEY_FEE_LINES)
def money_fee_lines(call: Call, body: contract.FeeLinesQuestion) -> contract.FeeLines:
    """The same, gift by gift."""
    return fees.fee_lines(after=body.after, limit=body.limit)


@api.serve(contract.MONEY_TRAIL)
def money_trail(call: Call, body: contract.CaseQuestion) -> contract.CaseTrail:
    """Every step of a case's money."""
    return figures.case_trail(body.case)


@api.serve(contract.MONEY_LINES)
def money_lines(call: Call, body: contract.TrailLinesQuestion) -> contract.CaseTrail:
    """Steps of all money, in the order of the log."""
    return figures.money_lines(after=body.after, limit=body.limit)


@api.serve(contract.MONEY_PLATFORM)
def money_platform(call: Call, body: Empty) -> contract.PlatformMoney:
    """Public totals."""
    return figures.platform_money()


@api.serve(contract.BOOKS_PROMISES)
def books_promises(call: Call, body: Empty) -> contract.BooksPromises:
    """Every promise of the books, and whether it holds."""
    return promises_kept()


@api.serve(contract.LOG_APPEND)
def log_append(call: Call, body: contract.LogAppend) -> contract.LogAppended:
    """A commitment of portal's into the log, placed at once."""
    leaf = new_id()
    append_commitment(leaf=leaf, kind=body.kind, commitment=body.commitment)
    return contract.LogAppended(index=place_now(leaf=leaf))


@api.serve(contract.LOG_CHECK)
def log_check(call: Call, body: contract.LogCheck) -> contract.LogChecked:
    """Whether a receipt's proof holds, step by step."""
    steps, found = check_steps(body.proof, log_note_key())
    named = tuple(contract.LogStep.model_validate({"name": name, "ok": ok}) for name, ok in steps)
    if found is None:
        return contract.LogChecked(ok=False, steps=named)
    facts = shown_facts(found.opening.facts)
    return contract.LogChecked(ok=True, steps=named, index=found.index, size=found.checkpoint.size, facts=facts)


@api.serve(contract.LOG_HEAD)
def log_head(call: Call, body: Empty) -> contract.LogHead:
    """What a checker needs beside a receipt."""
    head = latest_head()
    keys = tuple(witness.key.vkey for witness in witnesses())
    return contract.LogHead(key=log_note_key().vkey, witnesses=keys, checkpoint=cosigned_text(head) if head else "")
