"""The job of pledges: double gifts that the bank has confirmed."""

from demeu.kernel.jobs import task
from demeu.kernel.logs import logger
from demeu.treasury.pledges.actions import double_gifts
from demeu.treasury.pledges.queries import open_matches

log = logger(__name__)


@task(attempts=1)
def follow_pledges() -> None:
    """Each minute, pledge after pledge; one that fails stops no other."""
    for pledge in open_matches():
        try:
            double_gifts(pledge=pledge)
        except Exception:
            log.exception("pledge.failed", pledge=str(pledge))
