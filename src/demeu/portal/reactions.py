"""Which jobs of the portal run when an event arrives."""

from demeu.kernel.jobs import Job
from demeu.portal.cases.tasks import take_facts

REACTIONS: dict[str, tuple[Job, ...]] = {
    "facts.gathered": (take_facts,),
}
