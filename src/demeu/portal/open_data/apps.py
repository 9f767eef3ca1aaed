"""The portal's app of open data."""

from django.apps import AppConfig


class PortalOpenDataConfig(AppConfig):
    name = "demeu.portal.open_data"
    label = "portal_open_data"
    default_auto_field = "django.db.models.BigAutoField"
