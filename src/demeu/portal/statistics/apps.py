"""The portal's app of statistics."""

from django.apps import AppConfig


class PortalStatisticsConfig(AppConfig):
    name = "demeu.portal.statistics"
    label = "portal_statistics"
    default_auto_field = "django.db.models.BigAutoField"
