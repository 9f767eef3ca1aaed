"""The criterion `machinery`: its rule, and its words beside it."""
