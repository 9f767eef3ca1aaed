"""The portal's app of legal."""

from django.apps import AppConfig


class PortalLegalConfig(AppConfig):
    name = "demeu.portal.legal"
    label = "portal_legal"
    default_auto_field = "django.db.models.BigAutoField"
