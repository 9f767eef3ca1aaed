"""Limits that both sides of the border check."""

AMOUNT_TIYN_MAX = 10**13
