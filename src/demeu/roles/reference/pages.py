"""All reference pages together."""

from pathlib import Path

from demeu.roles.reference.borders import events_page, operations_page
from demeu.roles.reference.refusals import errors_page
from demeu.roles.reference.settings import settings_page


def pages(root: Path) -> dict[str, str]:
    """Name of the file in `docs/reference/` → its text; `root` is the checkout."""
    return {
        "settings.md": settings_page(root),
        "errors.md": errors_page(root / "src" / "demeu"),
        "operations.md": operations_page(),
        "events.md": events_page(),
    }
