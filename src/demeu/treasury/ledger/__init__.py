"""The books: double entry in whole tiyn, append-only.

Words: a *transfer* is one movement with two or more *postings*; a posting is a debit (> 0) or a credit (< 0) of one
account and carries the lot it belongs to (gift, case, item, payout). Always true: the postings of a transfer sum to
zero; nothing is changed or deleted; a correction is a new transfer that mirrors every leg.
"""
