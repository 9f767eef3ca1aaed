"""Who may review, visit and decide, and by which words. Pure.

Always true: applicant, assistant, curator and volunteer of one application are different people.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from demeu.kernel.errors import conflict, forbidden, invalid

PLAN_DAYS_MAX = 60
PHOTOS_MAX = 6


class Decision(StrEnum):
    """What a curator decides."""

    VISIT = "visit"
    APPROVED = "approved"
    REFUSED = "refused"


class VisitState(StrEnum):
    """From the plan to the signature."""

    PLANNED = "planned"
    WRITTEN = "written"
    DONE = "done"
    CALLED_OFF = "called_off"


REFUSAL_REASONS = ("not_in_need", "state_covers_all", "facts_not_confirmed", "not_reachable", "asked_by_family")
FINDINGS = (
    "lives_here", "family_as_stated", "need_seen", "home_cold", "home_unsafe", "things_missing", "children_cared_for",
    "need_not_seen", "family_differs",
)  # fmt: skip


def need_other_person(actor: UUID | None, *others: UUID | None) -> None:
    """Refuse an actor who takes part in the application in another role: `case.same_person`."""
    if actor is None or actor in others:
        raise forbidden("case.same_person")


def check_reason(reason: str) -> None:
    """A refusal needs one of the reason codes."""
    if reason not in REFUSAL_REASONS:
        raise invalid("review.reason_needed")


def check_plan(planned_for: date, today: date) -> None:
    """A visit is planned from today up to two months ahead."""
    if not today <= planned_for <= today + timedelta(days=PLAN_DAYS_MAX):
        raise invalid("visit.day_out_of_range", most=PLAN_DAYS_MAX)


def check_findings(findings: Iterable[str]) -> list[str]:
    """At least one finding, all of them from the list; in the list's order."""
    chosen = frozenset(findings)
    if not chosen or not chosen <= frozenset(FINDINGS):
        raise invalid("visit.findings_needed")
    return [finding for finding in FINDINGS if finding in chosen]


def check_signed(state: str) -> None:
    """Approval needs a visit that is done and signed."""
    if state != VisitState.DONE:
        raise conflict("visit.not_done")
