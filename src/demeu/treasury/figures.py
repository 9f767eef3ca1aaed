"""Public figures of the treasury, put together from its apps for the contract. Reads only."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from uuid import UUID

from demeu.contracts import treasury as contract
from demeu.kernel import clock
from demeu.kernel.clock import ALMATY
from demeu.treasury.allocation.queries import case_money, platform_sums
from demeu.treasury.donations.actions.gifts import receive_step
from demeu.treasury.donations.queries import gift_counts, gift_view
from demeu.treasury.fallbacks.queries import asked_of
from demeu.treasury.ledger.promises import last_check
from demeu.treasury.ledger.queries import lots, moved_by_month
from demeu.treasury.ledger.rules import STATE_OF, Account, Kind
from demeu.treasury.proofs.merkle import EMPTY_ROOT
from demeu.treasury.proofs.queries import ProvedStep, case_steps, last_steps, latest_head, place_of, steps_after

LAST_STEPS = 20
# What each sum of a month counts: kinds of transfers, accounts, and the sign that makes it grow.
MOVED = {
    "received_tiyn": ((Kind.RECEIVE,), (Account.RECEIVED,), -1),
    "returned_tiyn": ((Kind.REFUND, Kind.CHARGEBACK), tuple(STATE_OF), 1),
    "paid_tiyn": ((Kind.PAY,), (Account.PAID,), -1),
    "delivered_tiyn": ((Kind.DELIVER,), (Account.DELIVERED,), -1),
}


def gift_card(gift: UUID) -> contract.Gift:
    """A gift with the parts it has become; raises `gift.unknown`."""
    known = gift_view(gift)
    parts = [
        contract.GiftPart(
            item=balance.lot.item, case=balance.lot.case, amount_tiyn=balance.amount_tiyn, state=balance.state
        )
        for balance in lots(gift=gift)
    ]
    return contract.Gift(
        gift=gift,
        state=known.state.value,
        amount_tiyn=known.amount_tiyn,
        currency=known.currency,
        target=contract.GiftTarget(kind=known.target_kind, id=known.target_id, code=known.target_code or None),
        started_at=known.started_at,
        received_at=known.received_at,
        parts=tuple(parts),
        log_index=place_of(receive_step(gift)),
        decline_reason=known.decline_reason or None,
        addition_tiyn=known.addition_tiyn,
        surplus=asked_of(gift),
        fee_tiyn=-sum(cost.amount_tiyn for cost in lots(gift=gift, accounts=(Account.FEES,))),
    )


def cases_money(cases: Sequence[UUID]) -> contract.CasesMoney:
    """Figures of cases in the order asked."""
    return contract.CasesMoney(cases=tuple(case_money(cases)))


def case_trail(case: UUID) -> contract.CaseTrail:
    """Every proved step of a case's money."""
    return contract.CaseTrail(steps=tuple(_step(step) for step in case_steps(case)))


def money_lines(*, after: int, limit: int) -> contract.CaseTrail:
    """Every step of all money, in the order of the log."""
    return contract.CaseTrail(steps=tuple(_step(step) for step in steps_after(after, limit)))


def platform_money() -> contract.PlatformMoney:
    """Totals, the newest steps, the log's head, and every promise that the last check found broken."""
    gifts, donors = gift_counts()
    head = latest_head()
    return contract.PlatformMoney(
        sums=platform_sums(),
        gifts=gifts,
        donors_estimate=donors,
        last_steps=tuple(_step(step) for step in last_steps(LAST_STEPS)),
        broken_invariants=broken_lately(),
        log_size=head.size if head else 0,
        log_root=(bytes(head.root) if head else EMPTY_ROOT).hex(),
        as_of=clock.now(),
    )


def months_money(first: date, months: int) -> contract.MonthsMoney:
    """What moved in these months: each movement counts on the day it was booked."""
    begins = [first.replace(day=1)]
    while len(begins) <= months:
        begins.append((begins[-1] + timedelta(days=32)).replace(day=1))
    since, until = (datetime.combine(day, time.min, ALMATY) for day in (begins[0], begins[-1]))
    rows: dict[date, dict[str, int]] = {}
    for moved in moved_by_month(since=since, until=until):
        row = rows.setdefault(moved["month"].date(), dict.fromkeys(MOVED, 0) | {"gifts": 0})
        for name, (kinds, accounts, sign) in MOVED.items():
            if moved["transfer__kind"] in kinds and moved["account"] in accounts:
                row[name] += sign * moved["total"]
                row["gifts"] += moved["gifts"] if name == "received_tiyn" else 0
    return contract.MonthsMoney(
        months=tuple(contract.MonthMoney(month=day, **row) for day, row in sorted(rows.items()))
    )


def broken_lately() -> tuple[str, ...]:
    """Names of promises that the last hourly check found broken; checking all rows for every visitor is dear."""
    last = last_check()
    return tuple(sorted(last.broken)) if last else ()


def _step(step: ProvedStep) -> contract.TrailStep:
    return contract.TrailStep.model_validate(
        {
            "at": step.at,
            "kind": step.kind,
            "item": step.item,
            "amount_tiyn": step.amount_tiyn,
            "log_index": step.index,
        }
    )
