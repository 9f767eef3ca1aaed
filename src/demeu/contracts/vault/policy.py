"""The policy of uses: which registry may be seen in which use under which consent; changed in versions."""

from datetime import datetime
from uuid import UUID

from pydantic import Field

from demeu.contracts.words import Purpose, Registry
from demeu.kernel.operations import Empty, Message, Operation


class PolicyCell(Message):
    """This registry may be seen in this use under a consent given for that purpose."""

    consented_for: Purpose
    use: Purpose
    registry: Registry


class PolicyProposed(Message):
    """A proposal that waits for a second person: what it adds and what it takes away."""

    proposal: UUID
    proposed_by: str
    reason: str
    at: datetime
    added: tuple[PolicyCell, ...]
    removed: tuple[PolicyCell, ...]


class PolicyShown(Message):
    """The policy in force, its version, and what is proposed."""

    version: int
    cells: tuple[PolicyCell, ...]
    proposals: tuple[PolicyProposed, ...]


class PolicyPropose(Message):
    """A policy to take the place of the present one; a narrower one is in force at once."""

    proposal: UUID
    cells: tuple[PolicyCell, ...] = Field(max_length=2_000)
    reason: str = Field(max_length=400)


class PolicyApprove(Message):
    """The second person agrees with a proposal."""

    proposal: UUID


POLICY_SHOW = Operation("policy.show", Empty, PolicyShown, repeatable=True)
POLICY_PROPOSE = Operation("policy.propose", PolicyPropose, PolicyShown)
POLICY_APPROVE = Operation("policy.approve", PolicyApprove, PolicyShown)
