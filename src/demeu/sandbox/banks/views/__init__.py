"""Entrances of the gateway and the bank: machine addresses, pages and control, thin."""
