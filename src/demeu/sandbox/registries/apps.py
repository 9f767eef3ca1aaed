"""The sandbox's app of registries."""

from django.apps import AppConfig


class SandboxRegistriesConfig(AppConfig):
    name = "demeu.sandbox.registries"
    label = "sandbox_registries"
    default_auto_field = "django.db.models.BigAutoField"
