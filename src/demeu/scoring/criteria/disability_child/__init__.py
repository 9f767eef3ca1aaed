"""The criterion `disability_child`: its rule, and its words beside it."""
