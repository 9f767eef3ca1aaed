"""The portal's app of cases."""

from django.apps import AppConfig


class PortalCasesConfig(AppConfig):
    name = "demeu.portal.cases"
    label = "portal_cases"
    default_auto_field = "django.db.models.BigAutoField"
