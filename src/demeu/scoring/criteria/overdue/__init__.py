"""The criterion `overdue`: its rule, and its words beside it."""
