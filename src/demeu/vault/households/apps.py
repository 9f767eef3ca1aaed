"""The vault's app of households."""

from django.apps import AppConfig


class VaultHouseholdsConfig(AppConfig):
    name = "demeu.vault.households"
    label = "vault_households"
    default_auto_field = "django.db.models.BigAutoField"
