"""Word of new cases in kept searches: once a day at most, one message a search."""

from uuid import UUID

from demeu.contracts import vault
from demeu.contracts.words import Purpose
from demeu.kernel.calling import ask
from demeu.kernel.jobs import task
from demeu.portal.searches import actions, queries

PORTAL = "role:portal"


@task()
def tell_searches() -> None:
    """Every quarter of an hour: who has news gets a job of their own, in one transaction with noting it."""
    for row in queries.to_tell().iterator():
        news = queries.newer_cases(row)
        if news:
            until = max(at for _number, at in news)
            actions.note_told(search=row.id, until=until, told=True)
            once = f"search-{row.id}-{until.timestamp():.0f}"
            tell_search.defer(once=once, person=str(row.person), count=len(news), key=once)


@task(attempts=500, wait_s_max=30)
def tell_search(*, person: str, count: int, key: str) -> None:
    """Vault knows the channels, the quiet hours and the language, and drops a second one."""
    body = vault.MessageDeliver(person=UUID(person), template="news_search", facts={"count": str(count)}, once=key)
    ask("vault", vault.MESSAGE_DELIVER, body, actor=PORTAL, purpose=Purpose.NOTICE, idempotency_key=f"tell-{key}")
