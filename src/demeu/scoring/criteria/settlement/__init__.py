"""The criterion `settlement`: its rule, and its words beside it."""
