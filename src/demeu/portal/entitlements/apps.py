"""The portal's app of entitlements."""

from django.apps import AppConfig


class PortalEntitlementsConfig(AppConfig):
    name = "demeu.portal.entitlements"
    label = "portal_entitlements"
    default_auto_field = "django.db.models.BigAutoField"
