"""The vault's app of identity."""

from django.apps import AppConfig


class VaultIdentityConfig(AppConfig):
    name = "demeu.vault.identity"
    label = "vault_identity"
    default_auto_field = "django.db.models.BigAutoField"
