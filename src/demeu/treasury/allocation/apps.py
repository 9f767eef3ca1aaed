"""The treasury's app of allocation."""

from django.apps import AppConfig


class TreasuryAllocationConfig(AppConfig):
    name = "demeu.treasury.allocation"
    label = "treasury_allocation"
    default_auto_field = "django.db.models.BigAutoField"
