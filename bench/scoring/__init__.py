"""Figures of scoring: the whole country beside hand-written rivals, one household, the circle through PostgreSQL."""
