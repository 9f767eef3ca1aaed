"""The portal's app of webhooks."""

from django.apps import AppConfig


class PortalWebhooksConfig(AppConfig):
    name = "demeu.portal.webhooks"
    label = "portal_webhooks"
    default_auto_field = "django.db.models.BigAutoField"
