"""The portal's app of giving."""

from django.apps import AppConfig


class PortalGivingConfig(AppConfig):
    name = "demeu.portal.giving"
    label = "portal_giving"
    default_auto_field = "django.db.models.BigAutoField"
