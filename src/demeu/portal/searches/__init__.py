"""Searches of the catalogue that a person keeps, and word of new cases that match. Words: search, news.

Always true: what is kept is the address of a search, nothing of how one behaves; word comes once a day at most.
"""
