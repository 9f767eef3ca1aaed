"""The criterion `business`: its rule, and its words beside it."""
