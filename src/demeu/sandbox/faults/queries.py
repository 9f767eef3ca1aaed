"""What is planted now."""

from typing import Any

from demeu.sandbox.faults.models import PlantedFault


def planted_faults() -> list[dict[str, Any]]:
    """Newest first."""
    names = ("service", "fault", "iin", "times", "delay_s")
    return list(PlantedFault.objects.order_by("-made_at", "-id").values(*names))
