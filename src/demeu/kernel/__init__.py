"""Words that every service shares: money, ids, clock, errors, signed calls, events, jobs, audit.

Knows no word of charity and imports no service. Kept under 3,000 lines in all.
"""
