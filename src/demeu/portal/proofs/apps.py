"""The portal's app of proofs."""

from django.apps import AppConfig


class PortalProofsConfig(AppConfig):
    name = "demeu.portal.proofs"
    label = "portal_proofs"
    default_auto_field = "django.db.models.BigAutoField"
