"""One settings module per role, each on one screen; there is deliberately none that holds everything."""
