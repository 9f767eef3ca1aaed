"""The portal's app of school checks."""

from django.apps import AppConfig


class PortalSchoolChecksConfig(AppConfig):
    name = "demeu.portal.school_checks"
    label = "portal_school_checks"
    default_auto_field = "django.db.models.BigAutoField"
