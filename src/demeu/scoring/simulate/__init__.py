"""What another rule set would do to the country: moves, budget, targeting, fairness. Only aggregates leave.

Counts from 1 to 10 are hidden, and so much more that no hidden count follows from what is shown.
"""
