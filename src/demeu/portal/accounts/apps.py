"""The portal's app of accounts."""

from django.apps import AppConfig


class PortalAccountsConfig(AppConfig):
    name = "demeu.portal.accounts"
    label = "portal_accounts"
    default_auto_field = "django.db.models.BigAutoField"
