"""The portal's app of partners' keys."""

from django.apps import AppConfig


class PortalPartnersConfig(AppConfig):
    name = "demeu.portal.partners"
    label = "portal_partners"
    default_auto_field = "django.db.models.BigAutoField"
