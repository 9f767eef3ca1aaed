"""The map of needs and of help: twenty regions, their districts, three drawings, and a table that says the same.

It never learns where a visitor is, and shows no number of a district that counts fewer than eleven families.
"""
