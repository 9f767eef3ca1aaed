"""Monthly gifts: a donor's plan, its calendar, the charge of each month, retries by a written plan.

Never charges a month twice and never keeps what could charge a card: the gateway is asked for it each time.
"""
