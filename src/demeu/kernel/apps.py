"""The kernel's own tables: audit, announcements, inbox, calls that ran once."""

from django.apps import AppConfig


class KernelConfig(AppConfig):
    name = "demeu.kernel"
    label = "kernel"
    default_auto_field = "django.db.models.BigAutoField"
