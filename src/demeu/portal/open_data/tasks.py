"""The files of a day."""

from demeu.kernel import clock
from demeu.kernel.jobs import task
from demeu.portal.cases.queries import public_cases
from demeu.portal.open_data.editions import edition, write_edition
from demeu.portal.open_data.writing import write_files

QUEUE_PRIORITY = -20
CASES = "cases.csv"


@task(attempts=3, priority=QUEUE_PRIORITY)
def make_files() -> None:
    """Write a new edition."""
    made_at = clock.now()
    write_edition(made_at, lambda folder: write_files(folder, made_at))


@task(attempts=3, priority=QUEUE_PRIORITY)
def make_first_files() -> None:
    """Write the first edition of a platform that has none with a case in it, so that nobody waits for the night."""
    newest = edition()
    cases = newest.file(CASES) if newest else None
    if cases is None or (not cases.rows and public_cases().exists()):
        make_files.run()
