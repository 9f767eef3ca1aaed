"""Jobs of the log: placing leaves and publishing files, every two seconds; leaves for news of other services."""

from uuid import NAMESPACE_URL, uuid5

from demeu.kernel.jobs import task
from demeu.treasury.proofs.actions import append_fact, publish_log
from demeu.treasury.proofs.entries import canonical
from demeu.treasury.proofs.witnessing import ask_witnesses


@task(attempts=1)
def publish() -> None:
    """Place what waits and publish; missed work is done by the next run."""
    publish_log()


@task(attempts=1)
def cosign() -> None:
    """Ask the witnesses for their lines under the newest head."""
    ask_witnesses()


@task()
def record_access_head(*, head_sha256: str, size: int, **_: object) -> None:
    """The vault's trail of who looked at what is bound by its head."""
    leaf = uuid5(NAMESPACE_URL, f"access-head:{size}:{head_sha256}")
    append_fact(leaf=leaf, kind="access_head", facts={"head_sha256": head_sha256, "size": size})


@task()
def record_rule_set(**facts: object) -> None:
    """A release of the scoring rules."""
    leaf = uuid5(NAMESPACE_URL, f"rule-set:{canonical(facts).decode()}")
    append_fact(leaf=leaf, kind="rule_set", facts=facts)
