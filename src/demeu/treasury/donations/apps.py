"""The treasury's app of donations."""

from django.apps import AppConfig


class TreasuryDonationsConfig(AppConfig):
    name = "demeu.treasury.donations"
    label = "treasury_donations"
    default_auto_field = "django.db.models.BigAutoField"
