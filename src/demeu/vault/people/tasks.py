"""Work on people that nobody waits for."""

from uuid import UUID

from demeu.kernel.jobs import task
from demeu.vault.people import duplicates

PEOPLE_A_RUN_MAX = 2_000


@task(attempts=5)
def seek_duplicates(*, person: str) -> None:
    """Look for other records of the same human being."""
    duplicates.seek_duplicates(person=UUID(person))


@task(attempts=3)
def index_unindexed() -> None:
    """Make people findable who were entered before there were blocking keys."""
    duplicates.index_unindexed(people_max=PEOPLE_A_RUN_MAX)
