"""The portal's app of wishes."""

from django.apps import AppConfig


class PortalWishesConfig(AppConfig):
    name = "demeu.portal.wishes"
    label = "portal_wishes"
    default_auto_field = "django.db.models.BigAutoField"
