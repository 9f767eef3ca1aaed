"""The treasury's app of gateways."""

from django.apps import AppConfig


class TreasuryGatewaysConfig(AppConfig):
    name = "demeu.treasury.gateways"
    label = "treasury_gateways"
    default_auto_field = "django.db.models.BigAutoField"
