"""The treasury's app of payouts."""

from django.apps import AppConfig


class TreasuryPayoutsConfig(AppConfig):
    name = "demeu.treasury.payouts"
    label = "treasury_payouts"
    default_auto_field = "django.db.models.BigAutoField"
