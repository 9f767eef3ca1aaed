"""The portal's app of cabinets."""

from django.apps import AppConfig


class PortalCabinetsConfig(AppConfig):
    name = "demeu.portal.cabinets"
    label = "portal_cabinets"
    default_auto_field = "django.db.models.BigAutoField"
