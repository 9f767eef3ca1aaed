"""Reading gatherings, facts and what they say together. Only facts of released registries are ever given out."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from demeu.contracts import vault as contract
from demeu.contracts.words import Purpose, Registry
from demeu.kernel import clock
from demeu.kernel.errors import conflict, not_found
from demeu.vault.consents import queries as consents
from demeu.vault.households import needs
from demeu.vault.households.models import Asking, AssessmentRow, FactRow, GatheringRow, Household
from demeu.vault.households.picture import Frozen, Picture, contradictions, paint
from demeu.vault.households.registries import EXCHANGES
from demeu.vault.households.registries.exchange import Asked, Exchange
from demeu.vault.people.rules import birth_date_of
from demeu.vault.sealing.cipher import unseal

FAR_PAST = date(1900, 1, 1)
ADULTS_ONLY = (Registry.GKB, Registry.PKB)
NAMES_FAMILY = (Registry.CKS,)


@dataclass(frozen=True)
class Plan:
    """What one service is to be asked."""

    registry: Registry
    exchange: Exchange
    asked: Asked

    @property
    def needs_adults(self) -> bool:
        """Whether only adults are asked about."""
        return self.registry in ADULTS_ONLY

    @property
    def may_add_members(self) -> bool:
        """Whether the answer may name people that we did not ask about."""
        return self.registry in NAMES_FAMILY


def plan_of(gathering: UUID, service: str) -> Plan | None:
    """Whom to ask a service about; None when it needs no asking any more."""
    asking = Asking.objects.filter(gathering=gathering, service=service, state=Asking.QUEUED).first()
    if asking is None:
        return None
    registry = Registry(asking.registry)
    exchange = next(exchange for exchange in EXCHANGES[registry] if exchange.service_id == service)
    row = GatheringRow.objects.get(id=gathering)
    iins = {member.id: unseal(member.id, "member.iin", member.iin) for member in row.members.order_by("place")}
    on = clock.today()
    adults = [iins[member.id] for member in picture_of(row, frozenset(Registry)).members if member.is_adult(on)]
    members = tuple(iins.values())
    return Plan(registry, exchange, Asked(members[0], members, tuple(adults), on))


def require_consent(gathering: UUID, registry: Registry) -> None:
    """The consent must still be there at the very moment of asking. Refuses `consent.missing`."""
    row = GatheringRow.objects.select_related("household").get(id=gathering)
    released = consents.released_registries(consent=row.consent, use=Purpose(row.purpose), person=row.household.person)
    if registry not in released:
        raise conflict("consent.missing")


def outcome_of(askings: Iterable[Asking]) -> tuple[tuple[Registry, ...], tuple[Registry, ...]]:
    """(answered, silent): a registry has answered when every service of it has."""
    states: dict[str, set[str]] = {}
    for asking in askings:
        states.setdefault(asking.registry, set()).add(asking.state)
    answered = tuple(Registry(name) for name, found in sorted(states.items()) if found == {Asking.ANSWERED})
    silent = tuple(Registry(name) for name, found in sorted(states.items()) if Asking.SILENT in found)
    return answered, silent


def gathering_card(gathering: UUID) -> contract.Gathering:
    """How far a gathering is. Refuses `facts.unknown_gathering`."""
    row = GatheringRow.objects.filter(id=gathering).first()
    if row is None:
        raise not_found("facts.unknown_gathering")
    answered, silent = outcome_of(row.askings.all())
    return contract.Gathering(
        gathering=row.id, household=row.household_id, state=row.state, answered=answered, silent=silent
    )


def person_of(household: UUID) -> UUID:
    """The applicant of a household. Refuses `facts.unknown_household`."""
    row = Household.objects.filter(id=household).first()
    if row is None:
        raise not_found("facts.unknown_household")
    return row.person


def released_gathering(household: UUID, consent: UUID, use: Purpose) -> tuple[GatheringRow, frozenset[Registry]]:
    """The last finished gathering under this consent and what of it this use may see.

    Refuses `facts.unknown_household`, `consent.missing`, `facts.not_gathered`.
    """
    released = consents.released_registries(consent=consent, use=use, person=person_of(household))
    rows = GatheringRow.objects.filter(household=household, consent=consent, state=GatheringRow.DONE)
    row = rows.order_by("-started_at").first()
    if row is None:
        raise conflict("facts.not_gathered")
    return row, released


def picture_of(row: GatheringRow, released: frozenset[Registry]) -> Picture:
    """What the released facts say together; a birthday that no registry gave is read from the IIN."""
    births = {
        member.id: birth_date_of(unseal(member.id, "member.iin", member.iin)) or FAR_PAST
        for member in row.members.order_by("place")
    }
    return paint((_frozen(fact) for fact in _facts(row, released)), births)


def shown_facts(row: GatheringRow, released: frozenset[Registry]) -> contract.Facts:
    """Every released fact with member label, source, time and message; contradictions flagged."""
    facts = _facts(row, released)
    labels = {member.id: member.label for member in picture_of(row, released).members}
    doubtful = contradictions(_frozen(fact) for fact in facts)
    return contract.Facts(
        facts=tuple(
            contract.Fact(
                code=fact.code,
                member=labels[fact.member_id] if fact.member_id else "household",
                value=fact.value,
                source=Registry(fact.source),
                as_of=fact.as_of,
                message_id=fact.message_id,
                contradicts=(fact.member_id, fact.code) in doubtful,
            )
            for fact in facts
        )
    )


def labels_of(row: GatheringRow) -> dict[str, str]:
    """«child 1» by the reference under which scoring knows the member."""
    return {str(member.id): member.label for member in picture_of(row, frozenset(Registry)).members}


def shown_needs(row: GatheringRow, released: frozenset[Registry]) -> contract.NeedFacts:
    """Needs, groups and attributes that the released facts show."""
    last = AssessmentRow.objects.filter(household=row.household_id).order_by("-made_at").first()
    category = last.category if last else None
    return needs.needs_of(picture_of(row, released), clock.today(), category)


def _facts(row: GatheringRow, released: frozenset[Registry]) -> list[FactRow]:
    narrowed = consents.fields_of(row.consent)
    facts = row.facts.filter(source__in=sorted(released)).order_by("source", "member__place", "id")
    return [fact for fact in facts if fact.source not in narrowed or fact.code in narrowed[fact.source]]


def _frozen(fact: FactRow) -> Frozen:
    return Frozen(fact.code, fact.value, Registry(fact.source), fact.member_id)
