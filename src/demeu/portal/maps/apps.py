"""The portal's app of maps."""

from django.apps import AppConfig


class PortalMapsConfig(AppConfig):
    name = "demeu.portal.maps"
    label = "portal_maps"
    default_auto_field = "django.db.models.BigAutoField"
