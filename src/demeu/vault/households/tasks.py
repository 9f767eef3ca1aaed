"""Asking one service of one registry. Between tries it waits 1, 2, 4 … seconds; a registry given up is silent."""

from uuid import UUID

from lxml import etree

from demeu.kernel.errors import Refusal
from demeu.kernel.ids import new_id
from demeu.kernel.jobs import task
from demeu.vault.households import actions, lines, queries, queueing, releases
from demeu.vault.households.registries.exchange import Channel, Fields, TypedFact, Unreadable, checked
from demeu.vault.households.registries.shep import client, kdp
from demeu.vault.households.registries.shep.envelope import ShepFault

COLLECT_FIRST_S = 1


@task(attempts=5, wait_s_max=60)
def ask_service(*, gathering: str, service: str) -> None:
    """Ask, verify, freeze; on failure ask again later or give the service up."""
    plan = queries.plan_of(UUID(gathering), service)
    if plan is None:
        return
    try:
        queries.require_consent(UUID(gathering), plan.registry)
        if lines.is_resting(service):
            raise ShepFault("line_resting", worth_retrying=False)
        if plan.exchange.channel is Channel.ASYNC:
            queueing.put_question(plan, with_token(plan))
            collect_messages.defer(delay_s=COLLECT_FIRST_S, once="collect_messages")
        else:
            _freeze(plan, _ask(plan))
        lines.note_whole(service)
    except (ShepFault, Unreadable, Refusal) as error:
        _failed(plan, error)


def _freeze(plan: queries.Plan, answers: list[tuple[str, bytes, list[TypedFact]]]) -> None:
    fresh = actions.freeze_answers(
        gathering=plan.gathering, service=plan.service, registry=plan.registry, answers=answers
    )
    if not fresh:
        raise ShepFault("repeated_message_id", worth_retrying=True)


def _failed(plan: queries.Plan, error: ShepFault | Unreadable | Refusal) -> None:
    if isinstance(error, ShepFault) and error.of_the_line:
        lines.note_broken(plan.service)
    reason = str(getattr(error, "code", "unreadable"))
    if reason == f"kdp_{kdp.Status.WITHDRAWN}":
        queueing.withdraw_by_citizen(plan.gathering)
    worth = isinstance(error, Unreadable) or (isinstance(error, ShepFault) and error.worth_retrying)
    wait_s = actions.note_failure(gathering=plan.gathering, service=plan.service, reason=reason, worth_retrying=worth)
    if wait_s is not None:
        ask_service.defer(delay_s=wait_s, gathering=str(plan.gathering), service=plan.service)


def with_token(plan: queries.Plan) -> list[Fields]:
    """The questions of a plan, each with КДП's token for this service; none when there is nobody to ask about."""
    requests = plan.exchange.requests(plan.asked, str(new_id()))
    if not requests or (plan.needs_adults and not plan.asked.adults):
        return []
    name = plan.profile.wire_name(plan.service)
    token = kdp.access_token(iin=plan.asked.applicant, service_id=name, signed=plan.signed)
    return [[*fields, ("kdpToken", token.code), ("publicKey", token.public_key)] for fields in requests]


def _ask(plan: queries.Plan) -> list[tuple[str, bytes, list[TypedFact]]]:
    return [_one(plan, fields) for fields in with_token(plan)]


def _one(plan: queries.Plan, fields: Fields) -> tuple[str, bytes, list[TypedFact]]:
    answer = client.ask_exchange(plan.exchange, plan.profile, fields)
    raw = etree.tostring(answer.data)
    return answer.message_id, raw, plan.own_facts(plan.exchange.read(checked(answer.data, plan.exchange)))


@task(attempts=1)
def collect_messages() -> None:
    """Take what lies in the queue of ШЭП: late answers and notices. While an answer is awaited it looks again soon."""
    for gathering, service in queueing.take_messages():
        ask_service.defer(gathering=str(gathering), service=service)
    wait_s = queueing.next_look_s()
    if wait_s is not None:
        collect_messages.defer(delay_s=wait_s, once="collect_messages")


@task(attempts=3)
def announce_rule_sets() -> None:
    """Announce rule sets of scoring that were not known."""
    releases.announce_new_rule_sets()
