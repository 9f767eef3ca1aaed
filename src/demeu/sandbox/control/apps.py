"""The app of controls; it has no tables."""

from django.apps import AppConfig


class ControlConfig(AppConfig):
    """Control API, page of keys, and the check against production."""

    name = "demeu.sandbox.control"
    label = "sandbox_control"

    def ready(self) -> None:
        """Register the check."""
        from demeu.sandbox.control import checks  # noqa: F401
