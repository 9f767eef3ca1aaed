"""Changing payouts and deliveries, one module per step."""
