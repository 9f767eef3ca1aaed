"""The criterion `chronic`: its rule, and its words beside it."""
