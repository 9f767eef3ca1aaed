"""Django registration of the sandbox SMS gateway and phones."""

from django.apps import AppConfig


class SandboxMessagesConfig(AppConfig):
    """SMS gateway and phones."""

    name = "demeu.sandbox.messages"
    label = "sandbox_messages"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "SMS gateway and phones"
