"""The vault's app of the rights of people over their data."""

from django.apps import AppConfig


class VaultRightsConfig(AppConfig):
    name = "demeu.vault.rights"
    label = "vault_rights"
    default_auto_field = "django.db.models.BigAutoField"
