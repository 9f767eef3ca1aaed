"""The criterion `passenger_cars`: its rule, and its words beside it."""
