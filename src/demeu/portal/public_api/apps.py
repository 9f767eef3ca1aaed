"""The portal's app of the public API."""

from django.apps import AppConfig


class PortalPublicApiConfig(AppConfig):
    name = "demeu.portal.public_api"
    label = "portal_public_api"
    default_auto_field = "django.db.models.BigAutoField"
