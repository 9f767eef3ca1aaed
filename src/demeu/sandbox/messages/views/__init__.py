"""Entrances of the SMS gateway and the phones, thin."""
