"""Changing needs and gifts, one module per subject."""
