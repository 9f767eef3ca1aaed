"""Households, facts and assessments over the vault's API; each handler only translates, every reading is noted."""

from datetime import timedelta

from demeu.contracts import vault as contract
from demeu.contracts.words import Purpose
from demeu.kernel import clock
from demeu.kernel.errors import forbidden, not_found, unavailable
from demeu.kernel.serving import Call, OperationApi
from demeu.vault.access.entrance import note_call
from demeu.vault.households import contests, entering, organizations, queries
from demeu.vault.households.registries.shep import kdp
from demeu.vault.households.registries.shep.envelope import ShepFault
from demeu.vault.people import queries as people

LOG_DAYS = 90


def serve(api: OperationApi) -> None:
    """Register the operations of contests, of what institutions enter, of organizations and of the log of КДП."""
    api.serve(contract.FACTS_ENTER)(facts_enter)
    api.serve(contract.FACT_CONTEST)(fact_contest)
    api.serve(contract.CONTEST_SETTLE)(contest_settle)
    api.serve(contract.CONTESTS)(contests_list)
    api.serve(contract.ORGANIZATION)(organization_look_up)
    api.serve(contract.REGISTRY_LOG)(registry_log)


def facts_enter(call: Call, body: contract.EnterFacts) -> contract.Gathering:
    """Facts of a family that the registries do not know."""
    gathering = entering.enter_facts(
        person=body.person,
        subject=body.subject,
        consent=body.consent,
        basis=body.basis,
        protected=body.protected,
        facts=body.facts,
        members=body.members,
        actor=call.actor,
    )
    return queries.gathering_card(gathering)


def fact_contest(call: Call, body: contract.ContestFact) -> contract.ContestCard:
    """A family contests a fact."""
    contests.contest_fact(
        contest=body.contest,
        household=body.household,
        code=body.code,
        member=body.member,
        evidence=body.evidence,
        actor=call.actor,
    )
    found = contests.open_card(body.household, body.code, body.member)
    if found is None:
        raise not_found("contest.unknown")
    return found


def contest_settle(call: Call, body: contract.SettleContest) -> contract.ContestCard:
    """A human has decided about a contested fact."""
    contests.settle_contest(contest=body.contest, upheld=body.upheld, value=body.value, actor=call.actor)
    return contests.contest_card(body.contest)


def contests_list(call: Call, body: contract.HouseholdRef) -> contract.Contests:
    """What a household contests."""
    found = contests.contests_of(body.household)
    note_call(call, contract.CONTESTS.name, queries.person_of(body.household), "contests")
    return found


def organization_look_up(call: Call, body: contract.OrganizationQuestion) -> contract.OrganizationCard:
    """An organization by BIN."""
    return organizations.look_up(number=body.bin, actor=call.actor)


def registry_log(call: Call, body: contract.PersonQuestion) -> contract.RegistryLog:
    """What КДП remembers of accesses to the person's data; for the person alone."""
    if call.purpose != Purpose.OWN_DATA or call.actor != f"person:{body.person}":
        raise forbidden("facts.own_log_only")
    iin = people.iin_of(body.person)
    if not iin:
        return contract.RegistryLog(lines=())
    now = clock.now()
    try:
        own = kdp.organization_bin()
        lines = kdp.access_log(iin=iin, since=now - timedelta(days=LOG_DAYS), until=now)
    except ShepFault:
        raise unavailable("registry.silent", registry="kdp") from None
    shown = (
        contract.RegistryLogLine(
            at=line.at, company_bin=line.company_bin, service=line.service, ours=line.company_bin == own
        )
        for line in lines
    )
    return contract.RegistryLog(lines=tuple(shown))
