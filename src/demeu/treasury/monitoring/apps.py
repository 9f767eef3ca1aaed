"""The treasury's app of monitoring."""

from django.apps import AppConfig


class TreasuryMonitoringConfig(AppConfig):
    name = "demeu.treasury.monitoring"
    label = "treasury_monitoring"
    default_auto_field = "django.db.models.BigAutoField"
