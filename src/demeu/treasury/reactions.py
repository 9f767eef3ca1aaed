"""Which jobs of the treasury run when an event arrives."""

from demeu.kernel.jobs import Job

REACTIONS: dict[str, tuple[Job, ...]] = {}
