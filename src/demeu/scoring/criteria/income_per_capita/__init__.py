"""The criterion `income_per_capita`: its rule, and its words beside it."""
