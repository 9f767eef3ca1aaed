"""The vault's app of messages."""

from django.apps import AppConfig


class VaultMessagesConfig(AppConfig):
    name = "demeu.vault.messages"
    label = "vault_messages"
    default_auto_field = "django.db.models.BigAutoField"
