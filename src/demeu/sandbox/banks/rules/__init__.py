"""Decisions of the card gateway and the bank: pure, no database, clock or network."""
