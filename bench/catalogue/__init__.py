"""Figures of the catalogue: filters with search and counts at the server, pages a second, beside bare pages."""
