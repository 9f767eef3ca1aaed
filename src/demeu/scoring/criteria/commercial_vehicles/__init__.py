"""The criterion `commercial_vehicles`: its rule, and its words beside it."""
