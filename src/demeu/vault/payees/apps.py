"""The vault's app of payees."""

from django.apps import AppConfig


class VaultPayeesConfig(AppConfig):
    name = "demeu.vault.payees"
    label = "vault_payees"
    default_auto_field = "django.db.models.BigAutoField"
