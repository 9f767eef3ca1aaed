"""Background steps of publication and the reactions to news about money. Every one may run twice."""

from datetime import datetime
from typing import Any
from uuid import UUID

from demeu.contracts import treasury, vault
from demeu.contracts.words import NeedGroup, Purpose, Urgency
from demeu.kernel.calling import ask
from demeu.kernel.jobs import task
from demeu.portal.cases import queries as cases
from demeu.portal.cases.actions import advance_case, note_update
from demeu.portal.cases.rules import CaseState
from demeu.portal.catalogue import actions, letters
from demeu.portal.catalogue.models import Complaint, Question, Release, ReleaseRecord
from demeu.portal.catalogue.shelf import keeping
from demeu.portal.wishes import queries as wishes
from demeu.portal.wishes.actions import advance_item
from demeu.portal.wishes.states import ItemState

ACTOR = "role:portal"
TREASURY = "role:treasury"


@task(attempts=500, wait_s_max=30)
def declare_need(*, case: str) -> None:
    """Tell treasury that the case may receive money, until it has heard."""
    row = cases.case(UUID(case))
    items = tuple(treasury.NeedItem(item=item.id, amount_tiyn=item.amount_tiyn) for item in wishes.asked_items(row.id))
    assert row.published_at is not None and row.curator is not None
    body = treasury.NeedDeclare(
        case=row.id,
        group=NeedGroup(row.group),
        region_kato=row.region_kato,
        urgency=Urgency(row.urgency),
        opened_at=row.published_at,
        curator=row.curator,
        items=items,
    )
    ask(
        "treasury",
        treasury.NEED_DECLARE,
        body,
        actor=ACTOR,
        purpose=Purpose.DONATION,
        idempotency_key=f"declare-{case}",
    )


@task(attempts=500, wait_s_max=30)
def log_release(*, release: str) -> None:
    """Write the commitment to what was published into the transparency log and keep its place."""
    row = Release.objects.get(id=release)
    if ReleaseRecord.objects.filter(release=row).exists():
        return
    body = treasury.LogAppend(kind="case.published", commitment=row.commitment)
    placed = ask(
        "treasury",
        treasury.LOG_APPEND,
        body,
        actor=ACTOR,
        purpose=Purpose.DONATION,
        idempotency_key=f"release-{release}",
    )
    ReleaseRecord.objects.get_or_create(release=row, defaults={"index": placed.index})


@task(attempts=500, wait_s_max=30)
def tell_published(*, case: str) -> None:
    """Tell the family; vault knows the phone and the language."""
    row = cases.case(UUID(case))
    body = vault.MessageDeliver(person=row.person, template="case_published", once=f"published-{case}")
    ask("vault", vault.MESSAGE_DELIVER, body, actor=ACTOR, purpose=Purpose.NOTICE, idempotency_key=f"published-{case}")


@task(attempts=500, wait_s_max=30)
def hand_over_complaint(*, complaint: str) -> None:
    """Give the sealed words of a report to vault, again and again until they are there."""
    row = Complaint.objects.filter(id=complaint).first()
    if row is None or not row.sealed:
        return
    body = vault.DocumentPut(subject=f"case:{row.case}", kind="complaint", text=row.sealed, sealed=True)
    kept = ask(
        "vault",
        vault.DOCUMENT_PUT,
        body,
        actor=ACTOR,
        purpose=Purpose.CASE_REVIEW,
        idempotency_key=f"complaint-{complaint}",
    )
    actions.complaint_handed_over(complaint=row.id, document=kept.document)


@task(attempts=500, wait_s_max=30)
def hand_over_question(*, question: str) -> None:
    """Give the sealed words of a question to vault, again and again until they are there."""
    row = Question.objects.filter(id=question).first()
    if row is None or not row.sealed:
        return
    body = vault.DocumentPut(subject=f"case:{row.case}", kind="question", text=row.sealed, sealed=True)
    key = f"question-{question}"
    kept = ask("vault", vault.DOCUMENT_PUT, body, actor=ACTOR, purpose=Purpose.CASE_REVIEW, idempotency_key=key)
    letters.question_handed_over(question=row.id, document=kept.document)


@task()
def close_old_answers() -> None:
    """Reports that were answered two weeks ago and not appealed are closed."""
    letters.close_old_answers()


@task(attempts=1)
def keep_shelf() -> None:
    """Bring the shelf up to the tables; runs several times a minute."""
    keeping.keep_shelf()


@task()
def take_figures(*, case: str, money: dict[str, Any], at: str) -> None:
    """Treasury's figures of a case have changed."""
    actions.note_figures(money=treasury.CaseMoney.model_validate(money), at=datetime.fromisoformat(at))


@task()
def item_funded(*, case: str, item: str, held: bool) -> None:
    """An item has all its money; with the last one the case is funded."""
    if not wishes.items_by_id([UUID(item)]):
        return
    if advance_item(item=UUID(item), to=ItemState.FUNDED, by=TREASURY):
        note_update(case=UUID(case), code="item_funded", item=UUID(item))
    if wishes.all_funded(UUID(case)) and advance_case(case=UUID(case), to=CaseState.FUNDED, by=TREASURY):
        note_update(case=UUID(case), code="case_funded")


PAYOUT_STEPS = {"sent": (ItemState.ORDERED, "item_ordered"), "settled": (ItemState.PAID, "item_paid")}


@task()
def payout_moved(*, payout: str, case: str, items: list[str], state: str) -> None:
    """A payout was sent (its items are ordered) or settled (paid)."""
    if state not in PAYOUT_STEPS:
        return
    to, code = PAYOUT_STEPS[state]
    known = wishes.items_by_id([UUID(item) for item in items])
    for item in known:
        if advance_item(item=item, to=to, by=TREASURY):
            note_update(case=UUID(case), code=code, item=item)
    if known and wishes.all_funded(UUID(case)):
        advance_case(case=UUID(case), to=CaseState.DELIVERING, by=TREASURY)


@task()
def delivery_confirmed(*, case: str, item: str) -> None:
    """The family has the item; with the last one the case is complete."""
    if not wishes.items_by_id([UUID(item)]):
        return
    if advance_item(item=UUID(item), to=ItemState.CONFIRMED, by=TREASURY):
        note_update(case=UUID(case), code="item_confirmed", item=UUID(item))
    if wishes.all_confirmed(UUID(case)) and advance_case(case=UUID(case), to=CaseState.COMPLETED, by=TREASURY):
        note_update(case=UUID(case), code="completed")
