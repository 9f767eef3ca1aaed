"""The treasury's app of proofs."""

from django.apps import AppConfig


class TreasuryProofsConfig(AppConfig):
    name = "demeu.treasury.proofs"
    label = "treasury_proofs"
    default_auto_field = "django.db.models.BigAutoField"
