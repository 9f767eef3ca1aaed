"""Public figures of the treasury, put together from its apps for the contract. Reads only."""

from collections.abc import Sequence
from uuid import UUID

from demeu.contracts import treasury as contract
from demeu.kernel import clock
from demeu.treasury.allocation.queries import case_money, platform_sums
from demeu.treasury.donations.actions.gifts import receive_step
from demeu.treasury.donations.queries import gift_counts, gift_view
from demeu.treasury.fallbacks.queries import asked_of
from demeu.treasury.ledger.promises import last_check
from demeu.treasury.ledger.queries import lots
from demeu.treasury.ledger.rules import Account
from demeu.treasury.proofs.merkle import EMPTY_ROOT
from demeu.treasury.proofs.queries import ProvedStep, case_steps, last_steps, latest_head, place_of

LAST_STEPS = 20


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
