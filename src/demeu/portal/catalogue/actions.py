"""Keeping figures and reports of a problem. Keyword-only, one transaction each."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction

from demeu.contracts.treasury import CaseMoney, MoneySums
from demeu.kernel import clock, sealing
from demeu.kernel.audit import record
from demeu.kernel.errors import invalid, too_many
from demeu.portal.cases.queries import public_cases
from demeu.portal.catalogue.letter_rules import due_after
from demeu.portal.catalogue.models import CaseFigures, Complaint
from demeu.portal.live import actions as live
from demeu.portal.live.rules import case_topic

COMPLAINT_CODES = ("not_arrived", "wrong_facts", "recognisable", "other")
WORDS_LENGTH_MAX = 2000
COMPLAINTS_PER_HOUR_MAX = 20


@transaction.atomic
def open_figures(*, case: UUID, amounts_tiyn: Sequence[tuple[UUID, int]], at: datetime) -> None:
    """A new case with nothing given yet; the row of a known case is left as it is."""
    CaseFigures.objects.get_or_create(
        case=case,
        defaults={
            "needed_tiyn": sum(amount for _, amount in amounts_tiyn),
            "items": {str(item): [amount, 0, 0, 0, 0] for item, amount in amounts_tiyn},
            "as_of": at,
        },
    )


@transaction.atomic
def note_figures(*, money: CaseMoney, at: datetime) -> bool:
    """Keep treasury's figures of a case; news older than what is kept changes nothing."""
    row = CaseFigures.objects.select_for_update().filter(case=money.case).first() or CaseFigures(case=money.case)
    if row.as_of and row.as_of > at:
        return False
    row.needed_tiyn, row.gifts, row.as_of = money.needed_tiyn, money.gifts, at
    row.received_tiyn, row.held_tiyn = money.sums.received_tiyn, money.sums.held_tiyn
    row.paid_tiyn, row.delivered_tiyn = money.sums.paid_tiyn, money.sums.delivered_tiyn
    row.items = {str(item.item): [item.needed_tiyn, *_sums(item.sums)] for item in money.items}
    row.save()
    _tell_pages(row)
    return True


def _tell_pages(row: CaseFigures) -> None:
    """Open pages of a public case see its bar grow."""
    case = public_cases().filter(id=row.case).first()
    if case is not None:
        sums = {name: int(getattr(row, f"{name}_tiyn")) for name in live.SUMS}
        live.tell(case_topic(case.number), sums)


def _sums(sums: MoneySums) -> list[int]:
    return [sums.received_tiyn, sums.held_tiyn, sums.paid_tiyn, sums.delivered_tiyn]


@transaction.atomic
def file_complaint(*, complaint: UUID, case: UUID, code: str, words: str, by: str) -> None:
    """Take a report of a problem; its words are sealed to vault at once. The same id again changes nothing."""
    from demeu.portal.catalogue.tasks import hand_over_complaint

    if code not in COMPLAINT_CODES:
        raise invalid("complaint.unknown_code")
    text = words.strip()
    if not text or len(text) > WORDS_LENGTH_MAX:
        raise invalid("complaint.words_length", most=WORDS_LENGTH_MAX)
    moment = clock.now()
    lately = Complaint.objects.filter(case=case, at__gt=clock.now() - timedelta(hours=1)).count()
    if lately >= COMPLAINTS_PER_HOUR_MAX:
        raise too_many("complaint.too_many")
    sealed = sealing.seal(settings.DEMEU_KEYS, "vault", text)
    due = due_after("complaint", moment)
    _, created = Complaint.objects.get_or_create(
        id=complaint,
        defaults={"case": case, "code": code, "sealed": sealed, "at": moment, "due_at": due},
    )
    if created:
        record(actor=by, action="complaint.file", subject=f"case:{case}", code=code, complaint=complaint)
        hand_over_complaint.defer(complaint=str(complaint))


@transaction.atomic
def complaint_handed_over(*, complaint: UUID, document: UUID) -> None:
    """Vault has the words: forget the sealed text."""
    Complaint.objects.filter(id=complaint).update(sealed="", document=document)
