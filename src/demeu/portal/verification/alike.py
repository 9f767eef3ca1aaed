"""Records that may be the same human being as the applicant: shown with reasons, decided by the curator.

Never joins, refuses or delays anything, and keeps no name: vault finds, and keeps what was decided.
"""

from typing import Any
from uuid import UUID

from demeu.contracts import vault
from demeu.contracts.words import Purpose
from demeu.kernel.calling import ask
from demeu.kernel.errors import invalid, not_found
from demeu.portal.accounts.rules import Actor
from demeu.portal.verification.wording import ALIKE_METHODS, ALIKE_REASONS, ALIKE_STATES

DECISIONS = ("same", "different")


def likely_same(actor: Actor, person: UUID) -> tuple[vault.LikelySameLine, ...]:
    """What vault has found, the most alike first."""
    question = vault.PersonQuestion(person=person)
    return ask("vault", vault.LIKELY_SAME, question, actor=actor.name, purpose=Purpose.CASE_REVIEW).lines


def alike_rows(lines: tuple[vault.LikelySameLine, ...]) -> list[dict[str, Any]]:
    """The same in words; a code that this release does not know is shown with spaces, never hidden."""
    return [
        {
            "finding": line.finding,
            "name": line.name,
            "points": line.points,
            "reasons": [
                (ALIKE_REASONS.get(code, code.replace("_", " ")), "cross" if code.endswith(".differs") else "check")
                for code in line.reasons
            ],
            "method": ALIKE_METHODS.get(line.method, line.method),
            "version": line.method_version,
            "open": line.state == "open",
            "state": ALIKE_STATES.get(line.state, line.state),
        }
        for line in lines
    ]


def decide(actor: Actor, person: UUID, finding: str, decision: str) -> None:
    """Keep the curator's word about a pair that this applicant is in.

    Refuses `likely_same.no_decision`, `likely_same.unknown`, `likely_same.decided`.
    """
    if decision not in DECISIONS:
        raise invalid("likely_same.no_decision")
    found = next((line for line in likely_same(actor, person) if str(line.finding) == finding), None)
    if found is None:
        raise not_found("likely_same.unknown")
    body = vault.LikelySameDecide.model_validate({"finding": found.finding, "decision": decision})
    ask("vault", vault.LIKELY_SAME_DECIDE, body, actor=actor.name, purpose=Purpose.CASE_REVIEW)
