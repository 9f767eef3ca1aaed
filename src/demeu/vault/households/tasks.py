"""Asking one service of one registry. Between tries it waits 1, 2, 4 … seconds; a registry given up is silent."""

from uuid import UUID

from lxml import etree

from demeu.kernel.errors import Refusal
from demeu.kernel.ids import new_id
from demeu.kernel.jobs import task
from demeu.vault.households import actions, queries, releases
from demeu.vault.households.registries.exchange import Exchange, TypedFact, Unreadable, checked
from demeu.vault.households.registries.shep import client, kdp
from demeu.vault.households.registries.shep.envelope import ShepFault


@task(attempts=5, wait_s_max=60)
def ask_service(*, gathering: str, service: str) -> None:
    """Ask, verify, freeze; on failure ask again later or give the service up."""
    plan = queries.plan_of(UUID(gathering), service)
    if plan is None:
        return
    try:
        queries.require_consent(UUID(gathering), plan.registry)
        answers = _ask(plan)
        fresh = actions.freeze_answers(
            gathering=UUID(gathering), service=service, registry=plan.registry, answers=answers
        )
        if not fresh:
            raise ShepFault("repeated_message_id", worth_retrying=True)
    except (ShepFault, Unreadable, Refusal) as error:
        worth = isinstance(error, Unreadable) or (isinstance(error, ShepFault) and error.worth_retrying)
        reason = getattr(error, "code", "unreadable")
        wait_s = actions.note_failure(
            gathering=UUID(gathering), service=service, reason=str(reason), worth_retrying=worth
        )
        if wait_s is not None:
            ask_service.defer(delay_s=wait_s, gathering=gathering, service=service)


def _ask(plan: queries.Plan) -> list[tuple[str, bytes, list[TypedFact]]]:
    exchange = plan.exchange
    requests = exchange.requests(plan.asked, str(new_id()))
    if not requests or (plan.needs_adults and not plan.asked.adults):
        return []
    token = kdp.access_token(iin=plan.asked.applicant, service_id=exchange.service_id)
    with_token = [("kdpToken", token.code), ("publicKey", token.public_key)]
    return [_one(plan, exchange, [*fields, *with_token]) for fields in requests]


def _one(plan: queries.Plan, exchange: Exchange, fields: list[tuple[str, str]]) -> tuple[str, bytes, list[TypedFact]]:
    answer = client.exchange(
        service_id=exchange.service_id, namespace=exchange.namespace, request_type=exchange.request_type, fields=fields
    )
    raw = etree.tostring(answer.data)
    facts = exchange.read(checked(answer.data, exchange))
    asked = {plan.asked.applicant, *plan.asked.members}
    if not plan.may_add_members and any(fact.iin is not None and fact.iin not in asked for fact in facts):
        raise Unreadable("a person that was not asked about")
    return answer.message_id, raw, facts


@task(attempts=3)
def announce_rule_sets() -> None:
    """Announce rule sets of scoring that were not known."""
    releases.announce_new_rule_sets()
