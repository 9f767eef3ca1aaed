"""The criterion `preschool`: its rule, and its words beside it."""
