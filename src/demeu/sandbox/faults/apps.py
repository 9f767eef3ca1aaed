"""The app of planted faults."""

from django.apps import AppConfig


class FaultsConfig(AppConfig):
    """Faults asked for through the control API."""

    name = "demeu.sandbox.faults"
    label = "sandbox_faults"
    default_auto_field = "django.db.models.BigAutoField"
