"""A second lock beside the settings: the sandbox does not start where the profile is production."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Critical, register


@register()
def refuse_production(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Critical when DEMEU_PROFILE is production."""
    if settings.DEMEU_PROFILE != "production":
        return []
    return [
        Critical("The sandbox does not run in production.", hint="Unset DEMEU_PROFILE=production.", id="sandbox.E001")
    ]
