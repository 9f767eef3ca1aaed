"""The job that looks at movements. It may run at any time; what is known is not opened twice."""

from demeu.kernel.jobs import task
from demeu.treasury.monitoring.actions import scan


@task(attempts=1)
def scan_movements() -> None:
    """Look at all movements of the longest window."""
    scan()
