"""The criterion `insurance`: its rule, and its words beside it."""
