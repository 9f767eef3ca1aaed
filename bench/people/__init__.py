"""Figures of people: exact look-ups and search for duplicates among as many sealed records as a country has."""
