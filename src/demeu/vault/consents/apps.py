"""The vault's app of consents."""

from django.apps import AppConfig


class VaultConsentsConfig(AppConfig):
    name = "demeu.vault.consents"
    label = "vault_consents"
    default_auto_field = "django.db.models.BigAutoField"
