"""The criterion `clinic`: its rule, and its words beside it."""
