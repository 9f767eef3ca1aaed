"""The portal's app of the policy of uses."""

from django.apps import AppConfig


class PortalDataPolicyConfig(AppConfig):
    name = "demeu.portal.data_policy"
    label = "portal_data_policy"
    default_auto_field = "django.db.models.BigAutoField"
