"""The criterion `housing`: its rule, and its words beside it."""
