"""The criterion `school`: its rule, and its words beside it."""
