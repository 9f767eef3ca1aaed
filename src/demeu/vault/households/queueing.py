"""Questions whose answers lie in the queue of ШЭП later, and notices that come by themselves.

A message is said to be taken only after what it says is kept; until then it comes again. One that comes twice changes
nothing.
"""

from contextlib import suppress
from datetime import timedelta
from uuid import UUID

from lxml import etree

from demeu.contracts.words import Registry
from demeu.kernel import clock
from demeu.kernel.audit import record
from demeu.kernel.errors import Refusal
from demeu.vault.consents import actions as consents
from demeu.vault.households import actions, emergencies, lines, queries
from demeu.vault.households.models import Asking, GatheringRow, RawAnswer
from demeu.vault.households.registries import NOTICES, profile_of
from demeu.vault.households.registries.exchange import Exchange, Fields, Unreadable, checked
from demeu.vault.households.registries.shep import queue
from demeu.vault.households.registries.shep.async_envelope import NOT_DELIVERED, STOPPED, Delivered
from demeu.vault.households.registries.shep.envelope import ShepFault

LINE = "shep.async"
# Seconds since the question → seconds until the next look.
LOOKS = ((10, 1), (60, 5), (600, 20))


def put_question(plan: queries.Plan, requests: list[Fields]) -> None:
    """Put the question of a plan into the queue; with nobody to ask about the service has answered."""
    if not requests:
        actions.freeze_answers(gathering=plan.gathering, service=plan.service, registry=plan.registry, answers=[])
        return
    message_id = actions.note_sent(gathering=plan.gathering, service=plan.service)
    if message_id is not None:
        queue.put(plan.exchange, plan.profile, requests[0], message_id=message_id)


def withdraw_by_citizen(gathering: UUID) -> None:
    """The citizen took the consent back at КДП itself: here it ends as well."""
    row = GatheringRow.objects.select_related("household").get(id=gathering)
    with suppress(Refusal):
        consents.withdraw_consent(consent=row.consent, person=row.household.person, actor="registry:kdp")


def take_messages() -> list[tuple[UUID, str]]:
    """Take everything from the queue; the questions (gathering, service) that are to be put again."""
    if lines.is_resting(LINE):
        return []
    try:
        for message in queue.fetch():
            _take(message)
        lines.note_whole(LINE)
        return _overdue()
    except ShepFault as fault:
        if fault.of_the_line:
            lines.note_broken(LINE)
        return []


def _take(message: Delivered) -> None:
    notice = next((found for name, found in NOTICES.items() if _is(name, found[0], message)), None)
    asking = Asking.objects.filter(sent_id=message.correlation_id).exclude(sent_id="").first()
    again = False
    if notice is not None and not message.correlation_id:
        again = not _notice_taken(message, *notice)
    elif asking is not None and _is(asking.service, Registry(asking.registry), message):
        again = not _answer_taken(message, asking)
    else:
        record(actor="role:vault", action="facts.unknown_message", subject=f"message:{message.message_id[:40]}")
    queue.taken(message, again=again)


def _is(service: str, registry: Registry, message: Delivered) -> bool:
    return profile_of(registry).wire_name(service) == message.service_id


def _notice_taken(message: Delivered, source: Registry, exchange: Exchange) -> bool:
    """A notice that does not fit its schema is wanted once more: the sender may have mended it."""
    try:
        facts = exchange.read(checked(message.data, exchange))
        emergencies.take_notice(source=source, message_id=message.message_id, facts=facts)
    except Unreadable:
        record(actor="role:vault", action="emergency.unreadable", subject=f"service:{exchange.service_id}")
        return False
    return True


def _answer_taken(message: Delivered, asking: Asking) -> bool:
    """Keep an awaited answer; False when it could not be read and is wanted again."""
    plan = queries.plan_of(asking.gathering_id, asking.service)
    if plan is None or RawAnswer.objects.filter(message_id=message.message_id).exists():
        return True
    try:
        queries.require_consent(asking.gathering_id, plan.registry)
        raw = etree.tostring(message.data)
        facts = plan.own_facts(plan.exchange.read(checked(message.data, plan.exchange)))
        answer = (message.message_id, raw, facts)
        actions.freeze_answers(gathering=plan.gathering, service=plan.service, registry=plan.registry, answers=[answer])
    except Unreadable:
        waits = actions.note_failure(
            gathering=plan.gathering, service=plan.service, reason="unreadable", worth_retrying=True
        )
        return waits is None
    except Refusal as refusal:
        actions.note_failure(gathering=plan.gathering, service=plan.service, reason=refusal.code, worth_retrying=False)
    return True


def _overdue() -> list[tuple[UUID, str]]:
    """Answers waited for too long are given up; questions that the channel lost are put again."""
    again: list[tuple[UUID, str]] = []
    now = clock.now()
    for asking in Asking.objects.filter(state=Asking.QUEUED).exclude(sent_id=""):
        limit = timedelta(seconds=profile_of(Registry(asking.registry)).answer_s_max)
        lost = queue.state_of(asking.sent_id) in (NOT_DELIVERED, STOPPED)
        if not lost and asking.sent_at is not None and now - asking.sent_at < limit:
            continue
        waits = actions.note_failure(
            gathering=asking.gathering_id,
            service=asking.service,
            reason="not_delivered" if lost else "no_answer_in_time",
            worth_retrying=lost,
        )
        if waits is not None:
            actions.forget_sent(gathering=asking.gathering_id, service=asking.service)
            again.append((asking.gathering_id, asking.service))
    return again


def next_look_s() -> int | None:
    """Seconds until the queue should be looked into again; None when no answer is awaited."""
    newest = Asking.objects.filter(state=Asking.QUEUED).exclude(sent_at=None).order_by("-sent_at").first()
    if newest is None or newest.sent_at is None:
        return None
    waited_s = (clock.now() - newest.sent_at).total_seconds()
    return next((look_s for since_s, look_s in LOOKS if waited_s < since_s), None)
