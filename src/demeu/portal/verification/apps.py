"""The portal's app of verification."""

from django.apps import AppConfig


class PortalVerificationConfig(AppConfig):
    name = "demeu.portal.verification"
    label = "portal_verification"
    default_auto_field = "django.db.models.BigAutoField"
