"""Facts that a family says are wrong. While one is open, nothing harmful may follow from it; a human decides."""

import re
from collections.abc import Sequence
from uuid import UUID

from django.conf import settings
from django.db import transaction

from demeu.kernel import clock, sealing
from demeu.kernel.audit import record
from demeu.kernel.errors import conflict, invalid
from demeu.portal.cases.actions.locking import locked
from demeu.portal.cases.fact_words import FACTS
from demeu.portal.cases.models import Application, Dispute
from demeu.portal.cases.rules import WORDS_LENGTH_MAX, ApplicationState

MEMBER_LABEL = re.compile(r"[a-z]{1,12}( [0-9]{1,2})?")
UNDISPUTED = frozenset({ApplicationState.DRAFT, ApplicationState.WITHDRAWN})
PAPERS_MAX = 5


@transaction.atomic
def dispute_fact(
    *, dispute: UUID, application: UUID, fact: str, member: str, words: str, by: str, papers: Sequence[UUID] = ()
) -> Dispute:
    """Mark a fact as wrong; the id is made by the page, so that a double click makes one. An open one is kept.

    `papers` are documents that vault already holds: the evidence.
    Refuses `dispute.unknown_fact`, `application.words_length`, `dispute.too_early`.
    """
    from demeu.portal.cases.tasks import hand_over_dispute

    row = locked(application)
    if fact not in FACTS or not MEMBER_LABEL.fullmatch(member):
        raise invalid("dispute.unknown_fact")
    if row.household is None or row.state in UNDISPUTED:
        raise conflict("dispute.too_early")
    text = words.strip()
    if not text or len(text) > WORDS_LENGTH_MAX:
        raise invalid("application.words_length", most=WORDS_LENGTH_MAX)
    known = row.disputes.filter(fact=fact, member=member, settled_at__isnull=True).first()
    if known is not None:
        return known
    found, created = Dispute.objects.get_or_create(
        id=dispute,
        defaults={
            "application": row,
            "fact": fact,
            "member": member,
            "sealed": sealing.seal(settings.DEMEU_KEYS, "vault", text),
            "papers": [str(paper) for paper in papers],
            "disputed_at": clock.now(),
        },
    )
    if found.application_id != row.id:
        raise invalid("dispute.unknown_fact")
    if created:
        record(actor=by, action="fact.disputed", subject=f"application:{row.id}", fact=fact)
        hand_over_dispute.defer(dispute=str(found.id))
    return found


@transaction.atomic
def settle_dispute(*, dispute: UUID, application: UUID, by: str) -> None:
    """The curator has looked into it; told again, nothing changes. Refuses `dispute.unknown_fact`."""
    row = Dispute.objects.select_for_update().filter(id=dispute, application=application).first()
    if row is None:
        raise invalid("dispute.unknown_fact")
    if row.settled_at is None:
        row.settled_at = clock.now()
        row.save(update_fields=["settled_at"])
        record(actor=by, action="fact.dispute_settled", subject=f"application:{application}", fact=row.fact)


@transaction.atomic
def dispute_handed_over(*, dispute: UUID, document: UUID) -> None:
    """Vault has the words: forget the sealed text."""
    Dispute.objects.filter(id=dispute, document__isnull=True).update(sealed="", document=document)


@transaction.atomic
def note_decided(*, contest: UUID) -> list[Application]:
    """Vault tells that a human decided: the dispute is settled; its application, when there is one."""
    row = Dispute.objects.select_for_update().select_related("application").filter(id=contest).first()
    if row is None:
        return []
    if row.settled_at is None:
        row.settled_at = clock.now()
        row.save(update_fields=["settled_at"])
        record(actor="role:vault", action="fact.dispute_settled", subject=f"application:{row.application_id}")
    return [row.application]


def need_undisputed(application: UUID) -> None:
    """Refuse a harmful step while a fact is disputed and nobody has decided: `dispute.open`."""
    if Dispute.objects.filter(application=application, settled_at__isnull=True).exists():
        raise conflict("dispute.open")
