"""The portal's app of payments."""

from django.apps import AppConfig


class PortalPaymentsConfig(AppConfig):
    name = "demeu.portal.payments"
    label = "portal_payments"
    default_auto_field = "django.db.models.BigAutoField"
