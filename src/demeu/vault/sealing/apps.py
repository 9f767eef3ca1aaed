"""The vault's app of sealing: keeps only how far a rotation of keys is."""

from django.apps import AppConfig


class VaultSealingConfig(AppConfig):
    name = "demeu.vault.sealing"
    label = "vault_sealing"
    default_auto_field = "django.db.models.BigAutoField"

    def resealed_columns(self) -> dict[str, list[str]]:
        """What grants leave open in append-only tables."""
        from demeu.vault.sealing.places import resealed_columns

        return resealed_columns()
