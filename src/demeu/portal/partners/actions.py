"""Making and revoking keys, noting their gifts, counting requests. Keyword-only, one transaction each."""

import time
from collections.abc import Collection
from datetime import timedelta
from uuid import UUID

from django.db import connection, transaction

from demeu.contracts.words import Role
from demeu.kernel import clock
from demeu.kernel.audit import record
from demeu.kernel.errors import conflict
from demeu.kernel.ids import new_id
from demeu.portal.accounts.rules import Actor, need_role
from demeu.portal.partners.models import ApiKey, KeyGift, RequestWindow
from demeu.portal.partners.queries import key_of
from demeu.portal.partners.rules import (
    OPEN_KEYS_MAX,
    TAIL_LENGTH,
    WINDOW_S,
    Allowance,
    check_wanted,
    digest_of,
    new_word,
    window_of,
)

MAKERS = (Role.COMPANY_ADMIN, Role.NGO_ADMIN)
USE_NOTED_EVERY = timedelta(minutes=1)
WINDOWS_KEPT = 5
COUNT = """
INSERT INTO portal_partners_requestwindow (subject, began, used) VALUES (%s, %s, 1)
ON CONFLICT (subject, began) DO UPDATE SET used = portal_partners_requestwindow.used + 1 RETURNING used
"""


@transaction.atomic
def make_key(
    *, team: UUID, organization: str, kind: str, scopes: Collection[str], label: str, actor: Actor
) -> tuple[ApiKey, str]:
    """A new key and its word, which is told this once.

    Refuses `key.unknown_kind`, `key.scope`, `key.label`, `key.too_many`.
    """
    need_role(actor, *MAKERS)
    chosen, opened = check_wanted(kind, scopes, label)
    if ApiKey.objects.filter(team=team, revoked_at=None).count() >= OPEN_KEYS_MAX:
        raise conflict("key.too_many", most=OPEN_KEYS_MAX)
    word = new_word(chosen)
    assert actor.person is not None
    row = ApiKey.objects.create(
        id=new_id(), team=team, organization=organization, kind=chosen, scopes=sorted(map(str, opened)),
        label=label.strip(), digest=digest_of(word), tail=word[-TAIL_LENGTH:], made_by=actor.person,
        made_at=clock.now(),
    )  # fmt: skip
    record(actor=actor.name, action="key.make", subject=f"key:{row.id}", kind=str(chosen), scopes=row.scopes)
    return row, word


@transaction.atomic
def revoke_key(*, key: UUID, team: UUID, actor: Actor) -> None:
    """From now on the key opens nothing; revoking again changes nothing."""
    need_role(actor, *MAKERS)
    row = key_of(key, team)
    changed = ApiKey.objects.filter(id=row.id, revoked_at=None).update(revoked_at=clock.now(), revoked_by=actor.person)
    if changed:
        record(actor=actor.name, action="key.revoke", subject=f"key:{row.id}")


def note_use(*, key: ApiKey) -> None:
    """When the key was last used, to the minute: not every request writes."""
    moment = clock.now()
    if key.last_used_at is None or moment - key.last_used_at > USE_NOTED_EVERY:
        ApiKey.objects.filter(id=key.id).update(last_used_at=moment)


@transaction.atomic
def note_gift(*, gift: UUID, key: ApiKey, reference: str) -> None:
    """Whose program began this gift; the same gift again changes nothing."""
    KeyGift.objects.get_or_create(
        gift=gift,
        defaults={"key": key, "team": key.team, "kind": key.kind, "reference": reference, "at": clock.now()},
    )


def count_request(*, subject: str, limit: int) -> Allowance:
    """Count one request of somebody and say how they stand."""
    began, resets_s = window_of(clock.now().timestamp())
    with connection.cursor() as cursor:
        cursor.execute(COUNT, [subject, began])
        (used,) = cursor.fetchone()
    return Allowance(limit, used, resets_s)


def forget_windows() -> int:
    """Remove the windows that are over; how many."""
    past = int(time.time()) - WINDOWS_KEPT * WINDOW_S
    return RequestWindow.objects.filter(began__lt=past).delete()[0]
