"""Reading what two people decided."""

from uuid import UUID

from demeu.portal.anonymity.models import Override


def override_of(case: UUID) -> Override | None:
    """The newest proposal of a case that has not been declined."""
    return Override.objects.filter(case=case).exclude(state=Override.DECLINED).order_by("-proposed_at").first()


def agreed_override(case: UUID) -> Override | None:
    """What two people agreed to show of this case, the newest."""
    found = override_of(case)
    return found if found is not None and found.state == Override.AGREED else None


def waiting_overrides() -> list[Override]:
    """Proposals that wait for a second person, the oldest first."""
    return list(Override.objects.filter(state=Override.PROPOSED).order_by("proposed_at"))
