"""Pledges of companies: an invoice paid by transfer, and doubling others' gifts up to a limit.

Never doubles with money that the bank has not confirmed, never a gift twice, never above the limit.
"""
