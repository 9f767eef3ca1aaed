"""The portal's app of kept searches."""

from django.apps import AppConfig


class PortalSearchesConfig(AppConfig):
    name = "demeu.portal.searches"
    label = "portal_searches"
    default_auto_field = "django.db.models.BigAutoField"
