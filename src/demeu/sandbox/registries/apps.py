"""The app of the state registers."""

from django.apps import AppConfig


class RegistriesConfig(AppConfig):
    """Population, access tokens, messages seen."""

    name = "demeu.sandbox.registries"
    label = "sandbox_registries"
    default_auto_field = "django.db.models.BigAutoField"
