"""The portal's app of ui."""

from django.apps import AppConfig


class PortalUiConfig(AppConfig):
    name = "demeu.portal.ui"
    label = "portal_ui"
    default_auto_field = "django.db.models.BigAutoField"
