"""The portal's app of donors."""

from django.apps import AppConfig


class PortalPatronConfig(AppConfig):
    name = "demeu.portal.patron"
    label = "portal_patron"
    default_auto_field = "django.db.models.BigAutoField"
