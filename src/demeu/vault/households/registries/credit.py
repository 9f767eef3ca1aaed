"""What both credit bureaus say of one person, in the same facts. Pure."""

from collections.abc import Iterable

from demeu.vault.households.registries.exchange import TypedFact


def credit_facts(iin: str, loans: Iterable[tuple[int, int, int]]) -> list[TypedFact]:
    """Facts of one person's loans, each (balance, overdue sum, overdue days); sums in tiyn, days the largest."""
    known = list(loans)
    return [
        TypedFact("has_credit", "true" if known else "false", iin),
        TypedFact("overdue_days", str(max((days for _, _, days in known), default=0)), iin),
        TypedFact("overdue_tiyn", str(sum(overdue for _, overdue, _ in known)), iin),
        TypedFact("debt_balance_tiyn", str(sum(balance for balance, _, _ in known)), iin),
    ]
