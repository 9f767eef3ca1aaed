"""The criterion `smallholding`: its rule, and its words beside it."""
