"""The criterion `commercial_property`: its rule, and its words beside it."""
