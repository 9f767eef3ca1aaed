"""The portal's app of objections."""

from django.apps import AppConfig


class PortalObjectionsConfig(AppConfig):
    name = "demeu.portal.objections"
    label = "portal_objections"
    default_auto_field = "django.db.models.BigAutoField"
