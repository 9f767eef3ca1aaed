"""Tenge on the wire as whole tiyn, for every gateway. Pure; no sum is ever rounded."""

from decimal import Decimal, InvalidOperation


def tiyn_of(amount: object) -> int:
    """Whole tiyn; −1 for what is no exact amount, which matches nothing."""
    try:
        exact = Decimal(str(amount)) * 100
    except InvalidOperation:
        return -1
    return int(exact) if exact.is_finite() and exact == exact.to_integral_value() else -1
