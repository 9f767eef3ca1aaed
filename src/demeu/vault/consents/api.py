"""Consents and the policy of uses over the vault's API; each handler only translates."""

from demeu.contracts.vault import policy as contract
from demeu.kernel.operations import Empty
from demeu.kernel.serving import Call, OperationApi
from demeu.vault.consents import policy
from demeu.vault.consents.models import PolicyProposal
from demeu.vault.consents.rules import Policy, policy_of


def serve(api: OperationApi) -> None:
    """Register the operations of the policy."""
    api.serve(contract.POLICY_SHOW)(policy_show)
    api.serve(contract.POLICY_PROPOSE)(policy_propose)
    api.serve(contract.POLICY_APPROVE)(policy_approve)


def policy_show(call: Call, body: Empty) -> contract.PolicyShown:
    """The policy in force and what is proposed."""
    present = policy.current_policy()
    return contract.PolicyShown(
        version=policy.current_version(),
        cells=_cells(present),
        proposals=tuple(_proposed(row, present) for row in policy.open_proposals()),
    )


def policy_propose(call: Call, body: contract.PolicyPropose) -> contract.PolicyShown:
    """Propose another policy."""
    cells = frozenset((cell.consented_for, cell.use, cell.registry) for cell in body.cells)
    policy.propose_policy(proposal=body.proposal, cells=cells, reason=body.reason, actor=call.actor)
    return policy_show(call, Empty())


def policy_approve(call: Call, body: contract.PolicyApprove) -> contract.PolicyShown:
    """Agree with a proposal as the second person."""
    policy.approve_policy(proposal=body.proposal, actor=call.actor)
    return policy_show(call, Empty())


def _cells(cells: Policy) -> tuple[contract.PolicyCell, ...]:
    return tuple(
        contract.PolicyCell(consented_for=consented_for, use=use, registry=registry)
        for consented_for, use, registry in sorted(cells)
    )


def _proposed(row: PolicyProposal, present: Policy) -> contract.PolicyProposed:
    wanted = policy_of(row.cells)
    return contract.PolicyProposed(
        proposal=row.id,
        proposed_by=row.proposed_by,
        reason=row.reason,
        at=row.at,
        added=_cells(wanted - present),
        removed=_cells(present - wanted),
    )
