"""The criterion `credit`: its rule, and its words beside it."""
