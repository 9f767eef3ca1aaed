"""Jobs that look at movements and photos. They may run at any time; what is known is not opened twice."""

from uuid import UUID

from demeu.kernel.jobs import task
from demeu.treasury.monitoring.actions import note_photo, scan


@task(attempts=1)
def scan_movements() -> None:
    """Look at all movements of the longest window."""
    scan()


@task(attempts=200, wait_s_max=300)
def check_photo(*, item: str, photo: str) -> None:
    """Compare the photo of a delivery with those of others; a silent vault is asked again."""
    note_photo(item=UUID(item), photo=UUID(photo))
