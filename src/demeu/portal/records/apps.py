"""The portal's app of records."""

from django.apps import AppConfig


class PortalRecordsConfig(AppConfig):
    name = "demeu.portal.records"
    label = "portal_records"
    default_auto_field = "django.db.models.BigAutoField"
