"""The portal's app of catalogue."""

from django.apps import AppConfig


class PortalCatalogueConfig(AppConfig):
    name = "demeu.portal.catalogue"
    label = "portal_catalogue"
    default_auto_field = "django.db.models.BigAutoField"
