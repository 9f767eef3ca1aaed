"""The treasury's app of surplus money."""

from django.apps import AppConfig


class TreasuryFallbacksConfig(AppConfig):
    name = "demeu.treasury.fallbacks"
    label = "treasury_fallbacks"
    default_auto_field = "django.db.models.BigAutoField"
