"""Which jobs of the vault run when an event arrives."""

from demeu.kernel.jobs import Job

REACTIONS: dict[str, tuple[Job, ...]] = {}
