"""Halyk ePay 2.0: OAuth token per payment, the bank's own page, unsigned postLink, status by question."""
