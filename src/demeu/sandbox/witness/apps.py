"""Django registration of the sandbox witness."""

from django.apps import AppConfig


class SandboxWitnessConfig(AppConfig):
    """A witness of transparency logs."""

    name = "demeu.sandbox.witness"
    label = "sandbox_witness"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Witness of transparency logs"
