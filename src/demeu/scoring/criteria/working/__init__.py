"""The criterion `working`: its rule, and its words beside it."""
