"""Taking, assigning and answering letters about a case. Keyword-only, one transaction each.

Words of a guest are sealed to vault at once. What we answer stands in public or on the letter's own page, so the guard
reads it first; an answer with a name is not kept.
"""

from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction

from demeu.contracts.words import Role
from demeu.kernel import clock, sealing
from demeu.kernel.audit import record
from demeu.kernel.errors import conflict, forbidden, invalid, not_found, too_many
from demeu.portal.accounts.rules import Actor, need_role
from demeu.portal.cases.queries import case as case_by_id
from demeu.portal.catalogue import guard, letter_rules
from demeu.portal.catalogue.letter_rules import ComplaintState, QuestionState
from demeu.portal.catalogue.models import Complaint, Question

QUESTIONS_PER_HOUR_MAX = 20


class AnswerRefused(Exception):
    """The guard found something in an answer; the page names what."""

    def __init__(self, found: list[guard.Finding]) -> None:
        super().__init__("guard.answer_refused")
        self.found = found


def checked_answer(**texts: str) -> None:
    """Every text is there and names nobody: `letter.answer_length` or `AnswerRefused`."""
    for text in texts.values():
        if not text.strip() or len(text) > letter_rules.PUBLIC_LENGTH_MAX:
            raise invalid("letter.answer_length", most=letter_rules.PUBLIC_LENGTH_MAX)
    found = guard.findings(texts)
    if found:
        raise AnswerRefused(found)


@transaction.atomic
def ask_curator(*, question: UUID, case: UUID, words: str, lang: str, by: str) -> None:
    """Take a question to the case's curator; the same id again changes nothing.

    Refuses `letter.words_length`, `letter.too_many`.
    """
    from demeu.portal.catalogue.tasks import hand_over_question

    text, moment = words.strip(), clock.now()
    if not text or len(text) > letter_rules.WORDS_LENGTH_MAX:
        raise invalid("letter.words_length", most=letter_rules.WORDS_LENGTH_MAX)
    if Question.objects.filter(case=case, at__gt=moment - timedelta(hours=1)).count() >= QUESTIONS_PER_HOUR_MAX:
        raise too_many("letter.too_many")
    sealed = sealing.seal(settings.DEMEU_KEYS, "vault", text)
    fields = {
        "case": case,
        "sealed": sealed,
        "lang": lang,
        "at": moment,
        "due_at": letter_rules.due_after("question", moment),
    }
    _, made = Question.objects.get_or_create(id=question, defaults=fields)
    if made:
        record(actor=by, action="question.ask", subject=f"case:{case}", question=question)
        hand_over_question.defer(question=str(question))


@transaction.atomic
def question_handed_over(*, question: UUID, document: UUID) -> None:
    """Vault has the words: forget the sealed text."""
    Question.objects.filter(id=question).update(sealed="", document=document)


@transaction.atomic
def answer_question(*, question: UUID, asked: str, answer: str, actor: Actor) -> Question:
    """The curator publishes the question in plain words and the answer to it.

    Refuses `letter.unknown`, `letter.answered`, `case.other_region`, `letter.answer_length`; raises `AnswerRefused`.
    """
    row = _question(question, actor)
    checked_answer(asked=asked, answer=answer)
    row.state, row.public_question, row.public_answer = QuestionState.ANSWERED, asked.strip(), answer.strip()
    row.answered_at = clock.now()
    row.save()
    record(actor=actor.name, action="question.answer", subject=f"case:{row.case}", question=question)
    return row


@transaction.atomic
def put_aside(*, question: UUID, actor: Actor) -> None:
    """Nothing is published: it was no question about this case. Refuses as `answer_question`."""
    row = _question(question, actor)
    row.state, row.answered_at = QuestionState.PUT_ASIDE, clock.now()
    row.save()
    record(actor=actor.name, action="question.put_aside", subject=f"case:{row.case}", question=question)


def _question(question: UUID, actor: Actor) -> Question:
    row = Question.objects.select_for_update().filter(id=question).first()
    if row is None:
        raise not_found("letter.unknown")
    need_role(actor, Role.CURATOR)
    if not actor.sees_region(Role.CURATOR, case_by_id(row.case).region_kato):
        raise forbidden("case.other_region")
    if row.state != QuestionState.ASKED:
        raise conflict("letter.answered")
    return row


@transaction.atomic
def take_complaint(*, complaint: UUID, actor: Actor) -> None:
    """A person of the fund takes it: not the case's curator, and after an appeal not who answered before.

    Refuses `letter.unknown`, `complaint.wrong_state`, `case.same_person`, `complaint.same_person`.
    """
    row = _complaint(complaint, actor)
    letter_rules.check_move(row.state, ComplaintState.ASSIGNED)
    if row.answered_by == actor.name:
        raise forbidden("complaint.same_person")
    row.state, row.assigned_to = ComplaintState.ASSIGNED, actor.name
    row.save()
    record(actor=actor.name, action="complaint.assign", subject=f"case:{row.case}", complaint=complaint)


@transaction.atomic
def answer_complaint(*, complaint: UUID, answer: str, upheld: bool, actor: Actor) -> None:
    """Who took it answers; `upheld`: the report was right.

    Refuses as `take_complaint` and `complaint.not_yours`, `letter.answer_length`; raises `AnswerRefused`.
    """
    row = _complaint(complaint, actor)
    letter_rules.check_move(row.state, ComplaintState.ANSWERED)
    if row.assigned_to != actor.name:
        raise forbidden("complaint.not_yours")
    checked_answer(answer=answer)
    row.state, row.answer, row.upheld = ComplaintState.ANSWERED, answer.strip(), upheld
    row.answered_by, row.answered_at = actor.name, clock.now()
    row.save()
    record(actor=actor.name, action="complaint.answer", subject=f"case:{row.case}", complaint=complaint, upheld=upheld)


def _complaint(complaint: UUID, actor: Actor) -> Complaint:
    row = Complaint.objects.select_for_update().filter(id=complaint).first()
    if row is None:
        raise not_found("letter.unknown")
    need_role(actor, Role.FUND_STAFF)
    if actor.person in (case_by_id(row.case).curator, case_by_id(row.case).volunteer):
        raise forbidden("case.same_person")
    return row


@transaction.atomic
def end_complaint(*, complaint: UUID, appeal: bool, by: str) -> None:
    """Who reported says that it is settled, or asks for another person to look again.

    Refuses `letter.unknown`, `complaint.wrong_state`.
    """
    row = Complaint.objects.select_for_update().filter(id=complaint).first()
    if row is None:
        raise not_found("letter.unknown")
    after = ComplaintState.APPEALED if appeal else ComplaintState.CLOSED
    if row.state == after:
        return
    letter_rules.check_move(row.state, after)
    row.state = after
    row.due_at = letter_rules.due_after("complaint", clock.now()) if appeal else row.due_at
    row.save()
    record(actor=by, action=f"complaint.{after}", subject=f"case:{row.case}", complaint=complaint)


@transaction.atomic
def close_old_answers() -> int:
    """Close what was answered long ago and nobody objected to; how many."""
    until = clock.now() - timedelta(days=letter_rules.APPEAL_DAYS)
    rows = Complaint.objects.select_for_update().filter(state=ComplaintState.ANSWERED, answered_at__lte=until)
    for row in rows:
        row.state = ComplaintState.CLOSED
        row.save(update_fields=["state"])
        record(actor="role:portal", action="complaint.closed", subject=f"case:{row.case}", complaint=row.id)
    return len(rows)
