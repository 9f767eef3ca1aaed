"""The policy of uses: which registry may be seen in which use under which consent. Data in versions.

One person may narrow it. Widening takes two, and the database refuses a wider version that two did not make.
"""

from uuid import UUID

from django.db import connection, transaction

from demeu.kernel import clock
from demeu.kernel.audit import record
from demeu.kernel.errors import conflict, forbidden, invalid, not_found
from demeu.vault.consents import rules
from demeu.vault.consents.models import PolicyProposal, PolicyVersion
from demeu.vault.consents.rules import Policy

REASON_MIN, REASON_MAX = 10, 400


def current_policy() -> Policy:
    """The policy in force now. Without any version nothing is allowed."""
    last = PolicyVersion.objects.order_by("-number").values_list("cells", flat=True).first()
    return rules.policy_of(last or ())


def current_version() -> int:
    """Its number; 0 when there is none."""
    return PolicyVersion.objects.order_by("-number").values_list("number", flat=True).first() or 0


def propose_policy(*, proposal: UUID, cells: Policy, reason: str, actor: str) -> bool:
    """Propose another policy; whether it is in force at once, which only a narrower one is.

    Refuses `policy.no_reason`, `policy.nothing_changed`, `policy.proposed_differently`.
    """
    tidy = " ".join(reason.split())
    if not REASON_MIN <= len(tidy) <= REASON_MAX:
        raise invalid("policy.no_reason")
    with transaction.atomic():
        _lock()
        known = PolicyProposal.objects.filter(id=proposal).first()
        if known is not None:
            if known.cells != rules.written(cells) or known.proposed_by != actor:
                raise conflict("policy.proposed_differently")
            return PolicyVersion.objects.filter(proposal=proposal).exists()
        present = current_policy()
        if cells == present:
            raise invalid("policy.nothing_changed")
        row = PolicyProposal.objects.create(
            id=proposal, cells=rules.written(cells), reason=tidy, proposed_by=actor, at=clock.now()
        )
        wider = rules.widens(present, cells)
        record(actor=actor, action="policy.proposed", subject=f"policy:{proposal}", wider_by=len(wider))
        if wider:
            return False
        _enter(row, approved_by="", actor=actor)
        return True


def approve_policy(*, proposal: UUID, actor: str) -> int:
    """The second person agrees; the number of the version now in force.

    Refuses `policy.unknown_proposal`, `policy.same_person`, `policy.already_decided`, `policy.overtaken`.
    """
    with transaction.atomic():
        _lock()
        row = PolicyProposal.objects.filter(id=proposal).first()
        if row is None:
            raise not_found("policy.unknown_proposal")
        if row.proposed_by == actor:
            raise forbidden("policy.same_person")
        if PolicyVersion.objects.filter(proposal=proposal).exists():
            raise conflict("policy.already_decided")
        if PolicyVersion.objects.filter(at__gt=row.at).exists():
            raise conflict("policy.overtaken")
        return _enter(row, approved_by=actor, actor=actor)


def open_proposals() -> list[PolicyProposal]:
    """Proposals that wait for a second person: newer than the version in force."""
    last = PolicyVersion.objects.order_by("-number").first()
    rows = PolicyProposal.objects.exclude(id__in=PolicyVersion.objects.exclude(proposal=None).values("proposal"))
    return list(rows.filter(at__gte=last.at) if last else rows)


def _enter(row: PolicyProposal, *, approved_by: str, actor: str) -> int:
    number = current_version() + 1
    PolicyVersion.objects.create(
        number=number,
        cells=row.cells,
        proposal=row.id,
        proposed_by=row.proposed_by,
        approved_by=approved_by,
        at=clock.now(),
    )
    record(actor=actor, action="policy.in_force", subject=f"policy:{row.id}", version=number)
    return number


def _lock() -> None:
    """One change of the policy at a time. Not a lock of rows: nobody may update versions, and that would need it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('vault.policy'))")
