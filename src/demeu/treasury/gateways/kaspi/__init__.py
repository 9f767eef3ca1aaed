"""Kaspi: the check/pay protocol. Kaspi asks us, from its own addresses; there is no page of ours and no status to ask.

Always true: a payment is kept under Kaspi's txn_id once; the same `pay` again gets the same answer.
"""
