"""Changing monthly gifts, one module per subject."""
