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
from demeu.vault.households import emergencies, needs
from demeu.vault.households.models import Asking, AssessmentRow, Contest, FactRow, GatheringRow, Household
from demeu.vault.households.picture import Frozen, Picture, contradictions, paint
from demeu.vault.households.registries import EXCHANGES, asked_for, profile_of
from demeu.vault.households.registries.exchange import Asked, Exchange, TypedFact, Unreadable
from demeu.vault.households.registries.profile import ANY_USE, Profile
from demeu.vault.people.rules import birth_date_of
from demeu.vault.sealing.cipher import unseal

FAR_PAST = date(1900, 1, 1)
ADULTS_ONLY = (Registry.GKB, Registry.PKB, Registry.MTS)
NAMES_FAMILY = (Registry.CKS,)
# Reasons of silence that no waiting will change.
FINAL_REASONS = (
    "no_iin", "consent.missing", "SCSE001", "SCSE002", "kdp_refused", "kdp_no_number", "kdp_withdrawn",
)  # fmt: skip
OBLAST_DIGITS = 2
OFFICIAL_CATEGORY = "official_category"


@dataclass(frozen=True)
class Plan:
    """What one service is to be asked."""

    gathering: UUID
    registry: Registry
    exchange: Exchange
    asked: Asked
    signed: bool
    """Whether the person signed the consent; where not, КДП asks the person itself."""

    @property
    def service(self) -> str:
        """Our name of the service."""
        return self.exchange.service_id

    def own_facts(self, facts: list[TypedFact]) -> list[TypedFact]:
        """The same facts; raises `Unreadable` when the answer speaks of people that we did not ask about."""
        asked = {self.asked.applicant, *self.asked.members}
        if not self.may_add_members and any(fact.iin is not None and fact.iin not in asked for fact in facts):
            raise Unreadable("a person that was not asked about")
        return facts

    @property
    def profile(self) -> Profile:
        """How the registry is asked."""
        return profile_of(self.registry)

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
    granted_by = consents.consent_card(row.consent).granted_by or ""
    asked = Asked(members[0], members, tuple(adults), on)
    return Plan(gathering, registry, exchange, asked, granted_by.startswith("signature:"))


def require_consent(gathering: UUID, registry: Registry) -> None:
    """The consent must still be there at the very moment of asking. Refuses `consent.missing`."""
    row = GatheringRow.objects.select_related("household").get(id=gathering)
    released = consents.released_registries(consent=row.consent, use=Purpose(row.purpose), person=row.household.person)
    if registry not in released or not asked_for(registry, Purpose(row.purpose)):
        raise conflict("consent.missing")


def outcome_of(askings: Iterable[Asking]) -> tuple[tuple[Registry, ...], tuple[Registry, ...]]:
    """(answered, silent): a registry has answered when every service of it has."""
    states: dict[str, set[str]] = {}
    for asking in askings:
        states.setdefault(asking.registry, set()).add(asking.state)
    answered = tuple(Registry(name) for name, found in sorted(states.items()) if found == {Asking.ANSWERED})
    silent = tuple(Registry(name) for name, found in sorted(states.items()) if Asking.SILENT in found)
    return answered, silent


def worth_waiting(askings: Iterable[Asking]) -> tuple[Registry, ...]:
    """Silent registries that may answer later."""
    waiting = {one.registry for one in askings if one.state == Asking.SILENT and one.reason not in FINAL_REASONS}
    return tuple(Registry(name) for name in sorted(waiting))


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
    released = released_for(consent, use, person_of(household))
    rows = GatheringRow.objects.filter(household=household, consent=consent, state=GatheringRow.DONE)
    row = rows.order_by("-started_at").first()
    if row is None:
        raise conflict("facts.not_gathered")
    return row, released


def released_for(consent: UUID, use: Purpose, person: UUID) -> frozenset[Registry]:
    """What of a person's facts a use may see: consent ∩ policy ∩ the registries' own limits.

    What an institution entered was said by the person themselves; an emergency is seen where the place may be seen.
    Refuses `consent.missing`.
    """
    allowed = consents.released_registries(consent=consent, use=use, person=person)
    released = frozenset(registry for registry in allowed if asked_for(registry, use))
    if use in ANY_USE:
        released |= {Registry.INSTITUTION}
    if released & emergencies.PLACE_SOURCES:
        released |= {Registry.MCHS, Registry.MVD}
    return released


def picture_of(row: GatheringRow, released: frozenset[Registry]) -> Picture:
    """What the released facts say together; a birthday that no registry gave is read from the IIN."""
    births = {member.id: _born(unseal(member.id, "member.iin", member.iin)) for member in row.members.order_by("place")}
    return paint(frozen_facts(row, released), births)


def _born(iin: str) -> date:
    """The birthday in a number; long ago for a member without one, whose birthday an institution told."""
    return (birth_date_of(iin) if iin else None) or FAR_PAST


def frozen_facts(row: GatheringRow, released: frozenset[Registry]) -> list[Frozen]:
    """The released facts of a gathering and the emergencies of the place. A protected place is an oblast, no more."""
    found = [_frozen(fact, row.household) for fact in facts_of(row, released)]
    if released & {Registry.MCHS, Registry.MVD}:
        found += emergencies.frozen_marks(emergencies.marks_of(row.household_id))
    return found


def shown_value(fact: FactRow, household: Household) -> str:
    """The value as it may be shown: the place of protected people is told by its oblast."""
    if household.protected and fact.code == "kato":
        return fact.value[:OBLAST_DIGITS].ljust(9, "0")
    return fact.value


def flagged(row: GatheringRow, released: frozenset[Registry]) -> set[tuple[UUID | None, str]]:
    """Questions (member, code) on which the released facts contradict each other."""
    return contradictions(frozen_facts(row, released))


def open_contests(household: UUID) -> set[tuple[str, str]]:
    """(code, member label) of every fact that is contested and not decided."""
    found = Contest.objects.filter(household=household, state=Contest.OPEN)
    return set(found.values_list("code", "member"))


def labels_of(row: GatheringRow) -> dict[str, str]:
    """«child 1» by the reference under which scoring knows the member."""
    return {str(member.id): member.label for member in picture_of(row, frozenset(Registry)).members}


def shown_needs(row: GatheringRow, released: frozenset[Registry]) -> contract.NeedFacts:
    """Needs, groups and attributes that the released facts show."""
    last = AssessmentRow.objects.filter(household=row.household_id).order_by("-made_at").first()
    official = official_category(row)
    category = int(official.value) if official else last.category if last else None
    return needs.needs_of(picture_of(row, released), clock.today(), category)


def facts_of(row: GatheringRow, released: frozenset[Registry]) -> list[FactRow]:
    """The released rows of a gathering in the order of their sources and members; what a human decided comes last."""
    narrowed = consents.fields_of(row.consent)
    facts = row.facts.filter(source__in=sorted(released)).order_by("source", "member__place", "id")
    return [fact for fact in facts if fact.source not in narrowed or fact.code in narrowed[fact.source]]


def official_category(row: GatheringRow) -> FactRow | None:
    """What the ministry says, as far as the consent lets it be read; where a human put it right, their word."""
    found = [fact for fact in facts_of(row, frozenset(Registry)) if fact.code == OFFICIAL_CATEGORY]
    return found[-1] if found else None


def _frozen(fact: FactRow, household: Household) -> Frozen:
    return Frozen(fact.code, shown_value(fact, household), Registry(fact.source), fact.member_id)
