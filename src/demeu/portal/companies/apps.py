"""The portal's app of companies."""

from django.apps import AppConfig


class PortalCompaniesConfig(AppConfig):
    name = "demeu.portal.companies"
    label = "portal_companies"
    default_auto_field = "django.db.models.BigAutoField"
