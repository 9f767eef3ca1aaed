"""Decisions about consents: states, terms, what may be released. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from enum import StrEnum

from demeu.contracts.words import HOUSEHOLD_REGISTRIES, PUPIL_AID_REGISTRIES, Purpose, Registry


class ConsentState(StrEnum):
    """asked → granted | refused; granted → expired | withdrawn; an unanswered one may expire."""

    ASKED = "asked"
    GRANTED = "granted"
    REFUSED = "refused"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"


MOVES: dict[ConsentState, frozenset[ConsentState]] = {
    ConsentState.ASKED: frozenset({ConsentState.GRANTED, ConsentState.REFUSED, ConsentState.EXPIRED}),
    ConsentState.GRANTED: frozenset({ConsentState.WITHDRAWN, ConsentState.EXPIRED}),
    ConsentState.REFUSED: frozenset(),
    ConsentState.EXPIRED: frozenset(),
    ConsentState.WITHDRAWN: frozenset(),
}

ALL = frozenset(HOUSEHOLD_REGISTRIES)
# A review may also ask about self-restriction from gambling; an assessment never.
REVIEW = ALL | {Registry.MTS}
AT_SCHOOL = frozenset(PUPIL_AID_REGISTRIES)
AT_THE_DOOR = frozenset({Registry.GBD_FL, Registry.CKS, Registry.IPR})

# One cell: this registry may be seen in this use under a consent given for that purpose.
Cell = tuple[Purpose, Purpose, Registry]
Policy = frozenset[Cell]


def _cells(consented_for: Purpose, uses: dict[Purpose, frozenset[Registry]]) -> set[Cell]:
    return {(consented_for, use, registry) for use, seen in uses.items() for registry in seen}


# What a new database starts with. From then on the policy is what the database says, in versions.
FOUNDING: Policy = frozenset(
    _cells(
        Purpose.ASSESSMENT,
        {
            Purpose.ASSESSMENT: ALL,
            Purpose.CASE_REVIEW: ALL,
            Purpose.HOME_VISIT: AT_THE_DOOR,
            Purpose.OWN_DATA: ALL,
        },
    )
    | _cells(
        Purpose.CASE_REVIEW,
        {Purpose.CASE_REVIEW: REVIEW, Purpose.HOME_VISIT: AT_THE_DOOR, Purpose.OWN_DATA: REVIEW},
    )
    | _cells(Purpose.HOME_VISIT, {Purpose.HOME_VISIT: AT_THE_DOOR, Purpose.OWN_DATA: AT_THE_DOOR})
    | _cells(Purpose.PUPIL_AID, {Purpose.PUPIL_AID: AT_SCHOOL, Purpose.OWN_DATA: AT_SCHOOL})
)
# Uses that are told the category and its reasons, and no fact or value of a registry.
CATEGORY_ONLY = frozenset({Purpose.PUPIL_AID})


def may_move(present: ConsentState, to: ConsentState) -> bool:
    """Whether a consent may go from one state to the other."""
    return to in MOVES[present]


def in_force(state: ConsentState, expires_at: datetime | None, at: datetime) -> bool:
    """Granted and not yet past its term; the term counts even before anyone marked it expired."""
    return state is ConsentState.GRANTED and expires_at is not None and at < expires_at


def released(
    policy: Policy, consented_for: Purpose, registries: Iterable[Registry], use: Purpose
) -> frozenset[Registry]:
    """Registries whose facts this use may see: what the person named ∩ what the policy lets this use see."""
    return frozenset(registry for registry in registries if (consented_for, use, registry) in policy)


def widens(policy: Policy, other: Policy) -> Policy:
    """Cells that the other policy has and this one has not: with any, two people are needed."""
    return other - policy


def written(policy: Policy) -> list[str]:
    """The cells as the database keeps them: sorted «consented for>use>registry»."""
    return sorted(">".join(word.value for word in cell) for cell in policy)


def policy_of(cells: Iterable[str]) -> Policy:
    """The policy that these cells say. A cell with a word that this release does not know allows nothing."""
    return frozenset(found for cell in cells if (found := _cell(cell)) is not None)


def _cell(written_so: str) -> Cell | None:
    try:
        consented_for, use, registry = written_so.split(">")
        return Purpose(consented_for), Purpose(use), Registry(registry)
    except ValueError:
        return None


def fields_named(fields: Mapping[Registry, Sequence[str]], registries: Iterable[Registry]) -> dict[str, list[str]]:
    """Fields as they are kept. A registry that names none is consented to as a whole; others are left out.

    Raises ValueError for fields of a registry that the consent does not name, and for an empty list.
    """
    if not set(fields) <= set(registries) or not all(fields.values()):
        raise ValueError("fields of a registry that is not named, or none")
    return {registry.value: sorted(set(named)) for registry, named in fields.items()}
