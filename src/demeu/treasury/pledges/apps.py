"""The treasury's app of companies' pledges."""

from django.apps import AppConfig


class TreasuryPledgesConfig(AppConfig):
    name = "demeu.treasury.pledges"
    label = "treasury_pledges"
    default_auto_field = "django.db.models.BigAutoField"
