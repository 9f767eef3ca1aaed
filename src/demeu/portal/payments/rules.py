"""What can be paid for, who may approve, what a payee's numbers must look like, what a reply means. Pure."""

import re
from collections.abc import Collection, Sequence
from typing import Literal
from uuid import UUID

from stdnum import iban as iban_numbers

from demeu.contracts.treasury import ItemMoney, Payout
from demeu.contracts.words import Role

ApprovingRole = Literal["finance_approver", "fund_staff"]
APPROVING: dict[Role, ApprovingRole] = {
    Role.FINANCE_APPROVER: "finance_approver",
    Role.FUND_STAFF: "fund_staff",
}
PAYOUT_STATES = ("prepared", "approved", "sent", "settled", "held", "rejected", "returned")
OVER = ("rejected", "returned")
AWAITED = "delivery:"
AGAIN = "delivery-again:"
INVOICE_BYTES_MAX = 10 * 1024 * 1024
ACT_WORDS_MAX = 2000
NUMBER_LENGTH = 12
IBAN_LENGTH = 20
# Weights of the check digit of IIN and BIN (decree 565 of 11.06.2003); the second row when the first gives 10.
WEIGHTS = ((1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11), (3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2))


def payable(items: Sequence[ItemMoney], busy: Collection[UUID]) -> list[ItemMoney]:
    """Items whose whole sum the bank holds and that no payout under way takes already."""
    return [item for item in items if 0 < item.needed_tiyn <= item.sums.held_tiyn and item.item not in busy]


def busy_items(payouts: Sequence[Payout]) -> frozenset[UUID]:
    """Items of payouts that are not over."""
    return frozenset(item for payout in payouts if payout.state not in OVER for item in payout.items)


def approval_problem(payout: Payout, person: UUID | None, roles: Collection[Role], curator: UUID | None) -> str | None:
    """Why this person may not approve or reject this payout; None when they may. The treasury checks again."""
    if payout.state != "prepared":
        return "not_waiting"
    if person == payout.preparer:
        return "own_payout"
    if person is not None and person == curator:
        return "own_case"
    if person in [given.approver for given in payout.approvals]:
        return "signed_already"
    if not any(role in roles for role in APPROVING):
        return "not_approver"
    return None if approving_role(payout, roles) else "role_done"


def approving_role(payout: Payout, roles: Collection[Role]) -> ApprovingRole | None:
    """In which of these roles an approval is still awaited; None when in none."""
    return next((word for role, word in APPROVING.items() if role in roles and word in payout.lacking), None)


def number_problem(text: str) -> str | None:
    """What is wrong with a BIN or IIN; None when its check digit agrees."""
    if not text.isascii() or not text.isdigit():
        return "not_digits"
    if len(text) != NUMBER_LENGTH:
        return "length"
    return None if _check_digit(text[:11]) == int(text[11]) else "check_digit"


def _check_digit(eleven: str) -> int | None:
    for weights in WEIGHTS:
        rest = sum(int(digit) * weight for digit, weight in zip(eleven, weights, strict=True)) % 11
        if rest < 10:
            return rest
    return None


def plain_iban(text: str) -> str:
    """An account number without spaces, in capitals."""
    return "".join(text.split()).upper()


def iban_problem(text: str) -> str | None:
    """What is wrong with a Kazakhstan account number; None when its check digits agree."""
    plain = plain_iban(text)
    if not plain.startswith("KZ"):
        return "not_kz"
    if len(plain) != IBAN_LENGTH:
        return "length"
    if not re.fullmatch(r"KZ\d{5}[A-Z0-9]{13}", plain, re.ASCII):
        return "form"
    return None if iban_numbers.is_valid(plain) else "check_digit"


def awaited(case: UUID, item: UUID) -> str:
    """The word by which a family's reply finds its delivery."""
    return f"{AWAITED}{case}:{item}"


def awaited_again(case: UUID, item: UUID) -> str:
    """The word by which the answer to the second question finds its delivery."""
    return f"{AGAIN}{case}:{item}"


def again_of(awaits: str) -> tuple[UUID, UUID] | None:
    """The case and item of a second question; None when it answers something else."""
    return delivery_of(AWAITED + awaits.removeprefix(AGAIN)) if awaits.startswith(AGAIN) else None


def delivery_of(awaits: str) -> tuple[UUID, UUID] | None:
    """The case and item that a reply is about; None when it answers something else."""
    parts = awaits.removeprefix(AWAITED).split(":")
    if not awaits.startswith(AWAITED) or len(parts) != 2:
        return None
    try:
        return UUID(parts[0]), UUID(parts[1])
    except ValueError:
        return None


def fitting_kind(allowed: Sequence[Sequence[str]]) -> str:
    """The first kind of payee that every item may be paid to; a supplier when there is none."""
    common = [kind for kind in (allowed[0] if allowed else ()) if all(kind in kinds for kinds in allowed)]
    return common[0] if common else "supplier"
