"""The portal's app of live pages."""

from django.apps import AppConfig


class PortalLiveConfig(AppConfig):
    name = "demeu.portal.live"
    label = "portal_live"
    default_auto_field = "django.db.models.BigAutoField"
