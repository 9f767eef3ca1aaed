"""Which jobs of the treasury run when an event arrives."""

from demeu.kernel.jobs import Job
from demeu.treasury.proofs.tasks import record_access_head, record_rule_set

REACTIONS: dict[str, tuple[Job, ...]] = {
    "access.head_closed": (record_access_head,),
    "rule_set.released": (record_rule_set,),
}
