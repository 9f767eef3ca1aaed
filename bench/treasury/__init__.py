"""Figures of the treasury: the books, the rule of allocation, gifts over HTTP."""
