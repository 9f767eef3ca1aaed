"""The criterion `disability_adult`: its rule, and its words beside it."""
