"""Following cases and choosing what to be proposed. Keyword-only, one transaction each."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from demeu.contracts.words import NeedGroup
from demeu.kernel import clock
from demeu.kernel.audit import record
from demeu.kernel.errors import conflict, invalid
from demeu.portal.cases.models import CaseUpdate
from demeu.portal.patron.models import Follow, NewsMark, Taste
from demeu.portal.patron.queries import FOLLOWED_MAX
from demeu.portal.ui.regions import REGIONS

TOLD = ("case_funded", "item_confirmed", "completed")
SETTLED_S = 10
NEWS_A_ROUND_MAX = 500


@transaction.atomic
def follow(*, person: UUID, case: UUID) -> None:
    """Hear of a case from now on; once more changes nothing. Refuses `follow.too_many`."""
    if Follow.objects.filter(person=person, case=case).exists():
        return
    if Follow.objects.filter(person=person).count() >= FOLLOWED_MAX:
        raise conflict("follow.too_many", most=FOLLOWED_MAX)
    Follow.objects.get_or_create(person=person, case=case, defaults={"since": clock.now()})
    record(actor=f"person:{person}", action="case.follow", subject=f"case:{case}")


@transaction.atomic
def unfollow(*, person: UUID, case: UUID) -> None:
    """Hear of a case no more."""
    if Follow.objects.filter(person=person, case=case).delete()[0]:
        record(actor=f"person:{person}", action="case.unfollow", subject=f"case:{case}")


@transaction.atomic
def choose_taste(
    *, person: UUID, on: bool, groups: Sequence[str], regions: Sequence[str], budget_tiyn: int | None
) -> Taste:
    """What to be proposed from now on. Refuses `taste.unknown`."""
    if set(groups) - {str(group) for group in NeedGroup} or set(regions) - set(REGIONS):
        raise invalid("taste.unknown")
    row, _ = Taste.objects.update_or_create(
        person=person,
        defaults={
            "on": on,
            "groups": sorted(set(groups)),
            "regions": sorted(set(regions)),
            "budget_tiyn": budget_tiyn,
            "changed_at": clock.now(),
        },
    )
    record(actor=f"person:{person}", action="taste.choose", subject=f"person:{person}", on=on)
    return row


@transaction.atomic
def take_news() -> list[tuple[int, UUID, str]]:
    """Lines of histories that followers should hear of now: line, case, code; each is handed out once.

    The newest seconds wait for the next round: a line with a lower number may be committed a moment later.
    """
    mark = NewsMark.objects.select_for_update().filter(id=1).first()
    settled = CaseUpdate.objects.filter(at__lt=clock.now() - timedelta(seconds=SETTLED_S))
    if mark is None:
        newest = settled.aggregate(last=Max("id"))["last"] or 0
        NewsMark.objects.get_or_create(id=1, defaults={"last": newest})
        return []
    rows = list(settled.filter(id__gt=mark.last).order_by("id")[:NEWS_A_ROUND_MAX])
    if rows:
        mark.last = rows[-1].id
        mark.save(update_fields=["last"])
    return [(row.id, row.case_id, row.code) for row in rows if row.code in TOLD]
