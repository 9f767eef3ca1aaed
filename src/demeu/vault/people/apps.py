"""The vault's app of people."""

from django.apps import AppConfig


class VaultPeopleConfig(AppConfig):
    name = "demeu.vault.people"
    label = "vault_people"
    default_auto_field = "django.db.models.BigAutoField"
