"""Recording a fact with what it tells of; erasing its opening."""

import secrets
from collections.abc import Mapping

from django.db import transaction

from demeu.kernel import clock
from demeu.kernel.ids import new_id
from demeu.portal.records.models import Record
from demeu.portal.records.rules import SALT_BYTES, commitment_of


def record_fact(*, subject: str, kind: str, facts: Mapping[str, object]) -> Record:
    """Commit to facts (codes and numbers only) in the present transaction; the log gets them within a minute."""
    salt, moment = secrets.token_bytes(SALT_BYTES), clock.now()
    opened = {**facts, "at": moment.isoformat(timespec="seconds")}
    return Record.objects.create(
        id=new_id(),
        subject=subject,
        kind=kind,
        facts=opened,
        salt=salt,
        commitment=commitment_of(salt, opened),
        at=moment,
    )


@transaction.atomic
def note_place(*, record: Record, index: int) -> None:
    """Treasury has placed it."""
    record.index = index
    record.save(update_fields=["index"])


def erase_openings(*, subject: str) -> int:
    """Forget salt and facts of a subject: the log stays as it is and says nothing any more."""
    return Record.objects.filter(subject=subject).update(salt=None, facts={})
