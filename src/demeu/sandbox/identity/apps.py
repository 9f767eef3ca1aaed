"""The app of keys and certificates."""

from django.apps import AppConfig


class IdentityConfig(AppConfig):
    """Authority, holders and their keys."""

    name = "demeu.sandbox.identity"
    label = "sandbox_identity"
    default_auto_field = "django.db.models.BigAutoField"
