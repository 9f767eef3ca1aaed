"""The certification authority, the people's keys and NCALayer of a country that does not exist.

A sandbox may hold other people's private keys; nothing here is trusted outside it.
"""
