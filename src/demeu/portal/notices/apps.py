"""The portal's app of notices."""

from django.apps import AppConfig


class PortalNoticesConfig(AppConfig):
    name = "demeu.portal.notices"
    label = "portal_notices"
    default_auto_field = "django.db.models.BigAutoField"
