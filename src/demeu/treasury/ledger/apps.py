"""The treasury's app of ledger."""

from django.apps import AppConfig


class TreasuryLedgerConfig(AppConfig):
    name = "demeu.treasury.ledger"
    label = "treasury_ledger"
    default_auto_field = "django.db.models.BigAutoField"
