"""Which of the eleven state services of the pilot may already cover a need. Words: service, condition, mark.

Always true: a condition that no source states is never answered «covered», only «may be covered, ask»; category 6 loses
only what local budgets pay.
"""
