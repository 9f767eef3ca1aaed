"""Decisions about consents: states, terms, what may be released. Pure."""

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum

from demeu.contracts.words import Purpose, Registry


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

ALL = frozenset(Registry)
AT_THE_DOOR = frozenset({Registry.GBD_FL, Registry.CKS, Registry.IPR})

# purpose that the person consented to → use it covers → registries that this use may see. Absent = nothing.
POLICY: dict[Purpose, dict[Purpose, frozenset[Registry]]] = {
    Purpose.ASSESSMENT: {
        Purpose.ASSESSMENT: ALL,
        Purpose.CASE_REVIEW: ALL,
        Purpose.HOME_VISIT: AT_THE_DOOR,
        Purpose.OWN_DATA: ALL,
    },
    Purpose.CASE_REVIEW: {Purpose.CASE_REVIEW: ALL, Purpose.HOME_VISIT: AT_THE_DOOR, Purpose.OWN_DATA: ALL},
    Purpose.HOME_VISIT: {Purpose.HOME_VISIT: AT_THE_DOOR, Purpose.OWN_DATA: AT_THE_DOOR},
    Purpose.PUPIL_AID: {Purpose.PUPIL_AID: ALL, Purpose.OWN_DATA: ALL},
}
# Uses that are told the category and its reasons, and no fact or value of a registry.
CATEGORY_ONLY = frozenset({Purpose.PUPIL_AID})


def may_move(present: ConsentState, to: ConsentState) -> bool:
    """Whether a consent may go from one state to the other."""
    return to in MOVES[present]


def in_force(state: ConsentState, expires_at: datetime | None, at: datetime) -> bool:
    """Granted and not yet past its term; the term counts even before anyone marked it expired."""
    return state is ConsentState.GRANTED and expires_at is not None and at < expires_at


def released(consented_for: Purpose, registries: Iterable[Registry], use: Purpose) -> frozenset[Registry]:
    """Registries whose facts this use may see: what the person named ∩ what the policy lets this use see."""
    return frozenset(registries) & POLICY.get(consented_for, {}).get(use, frozenset())
