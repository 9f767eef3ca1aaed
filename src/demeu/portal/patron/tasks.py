"""Background work for donors: the cases that they gave to are followed, followers hear of news. Each may run twice."""

from uuid import UUID

from demeu.contracts import vault
from demeu.contracts.words import Purpose
from demeu.kernel.calling import ask
from demeu.kernel.errors import Kind, suppressed
from demeu.kernel.jobs import task
from demeu.portal.cases.queries import public_cases
from demeu.portal.live.actions import tell
from demeu.portal.live.feeds import own_topic
from demeu.portal.patron import actions, queries

PORTAL = "role:portal"


@task()
def follow_given(*, gift: str, amount_tiyn: int, target_kind: str, case: str | None, donor: str | None) -> None:
    """`gift.received`: a signed-in donor follows the case that the gift is for, and may leave it at any time."""
    if case is None or donor is None:
        return
    with suppressed(Kind.CONFLICT):
        actions.follow(person=UUID(donor), case=UUID(case))


@task()
def tell_followers() -> None:
    """Every minute: what happened to followed cases; each follower is told by a job of its own."""
    for line, case, code in actions.take_news():
        number = public_cases().filter(id=case).values_list("number", flat=True).first()
        if number is None:
            continue
        for person in queries.followers(case):
            tell(own_topic(person))
            tell_news.defer(person=str(person), line=line, code=code, number=number)


@task(attempts=500, wait_s_max=30)
def tell_news(*, person: str, line: int, code: str, number: str) -> None:
    """One message to one follower; vault knows the channels and drops a second one."""
    once = f"news-{line}-{person}"
    body = vault.MessageDeliver(person=UUID(person), template=f"news_{code}", facts={"number": number}, once=once)
    ask("vault", vault.MESSAGE_DELIVER, body, actor=PORTAL, purpose=Purpose.NOTICE, idempotency_key=f"tell-{once}")
