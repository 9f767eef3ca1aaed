"""The vault's app of access."""

from django.apps import AppConfig


class VaultAccessConfig(AppConfig):
    name = "demeu.vault.access"
    label = "vault_access"
    default_auto_field = "django.db.models.BigAutoField"
