"""The treasury's app of reconciliation."""

from django.apps import AppConfig


class TreasuryReconciliationConfig(AppConfig):
    name = "demeu.treasury.reconciliation"
    label = "treasury_reconciliation"
    default_auto_field = "django.db.models.BigAutoField"
