"""The criterion `able_bodied`: its rule, and its words beside it."""
