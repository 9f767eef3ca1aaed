"""The vault's app of documents."""

from django.apps import AppConfig


class VaultDocumentsConfig(AppConfig):
    name = "demeu.vault.documents"
    label = "vault_documents"
    default_auto_field = "django.db.models.BigAutoField"
