"""The portal's app of the publication guard."""

from django.apps import AppConfig


class PortalAnonymityConfig(AppConfig):
    name = "demeu.portal.anonymity"
    label = "portal_anonymity"
    default_auto_field = "django.db.models.BigAutoField"
