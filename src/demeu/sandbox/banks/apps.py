"""Django registration of the sandbox gateway and bank."""

from django.apps import AppConfig


class BanksConfig(AppConfig):
    """Card gateway and bank."""

    name = "demeu.sandbox.banks"
    label = "sandbox_banks"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Card gateway and bank"
