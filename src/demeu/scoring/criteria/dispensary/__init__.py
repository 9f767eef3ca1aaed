"""The criterion `dispensary`: its rule, and its words beside it."""
