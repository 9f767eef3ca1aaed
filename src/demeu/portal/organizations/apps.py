"""The portal's app of organizations."""

from django.apps import AppConfig


class PortalOrganizationsConfig(AppConfig):
    name = "demeu.portal.organizations"
    label = "portal_organizations"
    default_auto_field = "django.db.models.BigAutoField"
