"""The criterion `children`: its rule, and its words beside it."""
