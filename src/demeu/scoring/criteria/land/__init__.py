"""The criterion `land`: its rule, and its words beside it."""
