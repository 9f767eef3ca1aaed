"""The portal's app of papers."""

from django.apps import AppConfig


class PortalPapersConfig(AppConfig):
    name = "demeu.portal.papers"
    label = "portal_papers"
    default_auto_field = "django.db.models.BigAutoField"
