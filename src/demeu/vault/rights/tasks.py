"""The nightly end of terms."""

from demeu.kernel.jobs import task
from demeu.vault.rights import erasing


@task(attempts=3)
def end_terms() -> None:
    """Empty what is older than its term."""
    erasing.end_terms()
