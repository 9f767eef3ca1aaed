"""The treasury's app of monthly gifts."""

from django.apps import AppConfig


class TreasuryMonthlyConfig(AppConfig):
    name = "demeu.treasury.monthly"
    label = "treasury_monthly"
    default_auto_field = "django.db.models.BigAutoField"
