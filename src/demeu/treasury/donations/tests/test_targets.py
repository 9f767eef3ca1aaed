"""Every target of a gift end to end: what it may go to, what stays, and what is never touched."""

from datetime import date
from uuid import UUID

import pytest

from demeu.contracts.treasury import PROGRAMMES, GiftTarget, Programme
from demeu.contracts.words import NeedGroup
from demeu.kernel.checks import broken_invariants
from demeu.kernel.errors import Refusal
from demeu.kernel.testing import run_jobs
from demeu.treasury import fees, figures
from demeu.treasury.donations.actions.gifts import hold_gift, start_gift
from demeu.treasury.donations.models import Gift
from demeu.treasury.ledger.queries import lots
from demeu.treasury.proofs.actions import publish_log
from demeu.treasury.tests.cast import Story

pytestmark = pytest.mark.django_db(transaction=True)


def world() -> dict[str, Story]:
    """A child of Almaty, an elder of Karaganda, somebody ill in Almaty; each lacks 750 000 tiyn."""
    found = {}
    for name, group, region in (
        ("child", NeedGroup.CHILDREN_YOUTH, "750000000"),
        ("elder", NeedGroup.OLDER_PEOPLE, "350000000"),
        ("ill", NeedGroup.SEVERE_ILLNESS, "750000000"),
    ):
        found[name] = Story()
        found[name].declare(group=group, region=region)
    return found


def went_to(gift: UUID, stories: dict[str, Story]) -> dict[str, int]:
    """Name of the case → how much of the gift it has; `free` for the rest."""
    names = {story.case: name for name, story in stories.items()}
    sums: dict[str, int] = {}
    for lot in lots(gift=gift):
        name = names[lot.lot.case] if lot.lot.case else "free"
        sums[name] = sums.get(name, 0) + lot.amount_tiyn
    return sums


@pytest.mark.parametrize(
    ("kind", "code", "names"),
    [
        ("group", "older_people", {"elder"}),
        ("region", "750000000", {"child", "ill"}),
        ("programme", "care_at_home", {"elder"}),
        ("programme", "growing_up", {"child"}),
        ("fund", None, {"child", "elder", "ill"}),
    ],
)
def test_a_pooled_gift_goes_to_its_own_needs_and_nowhere_else(kind: str, code: str | None, names: set[str]) -> None:
    stories = world()
    target = GiftTarget.model_validate({"kind": kind, "code": code})
    gift = stories["child"].give(3_000_000, target=target, fallback="return")
    found = went_to(gift, stories)
    assert set(found) - {"free"} == names
    assert all(found[name] == 750_000 for name in names)
    assert sum(found.values()) == 3_000_000


def test_an_item_and_a_case_take_what_is_theirs() -> None:
    stories = world()
    child = stories["child"]
    target = GiftTarget(kind="item", id=child.boots)
    gift = child.give(300_000, target=target, fallback="return")
    assert went_to(gift, stories) == {"child": 250_000, "free": 50_000}
    assert went_to(child.give(100_000, fallback="return"), stories) == {"child": 100_000}


@pytest.mark.parametrize(
    "target",
    [GiftTarget(kind="programme", code="none"), GiftTarget(kind="programme"), GiftTarget(kind="fund", code="x")],
)
def test_a_target_that_does_not_exist_is_refused(target: GiftTarget) -> None:
    with pytest.raises(Refusal, match=r"gift\.target_unreadable"):
        start_gift(asked=Story().asked(100_000, target=target), gateway="demo")


@pytest.mark.breaks("allocation.programme")
def test_the_books_notice_a_programme_that_was_crossed() -> None:
    stories = world()
    gift = stories["child"].give(100_000, target=GiftTarget(kind="programme", code="growing_up"))
    Gift.objects.filter(id=gift).update(target_code="treatment")
    assert "allocation.programme_not_crossed" in {one.name for one in broken_invariants()}


def test_programmes_are_dated_and_may_be_of_some_regions() -> None:
    one = Programme((NeedGroup.CHILDREN_YOUTH,), date(2027, 1, 1), date(2027, 2, 1), ("75", "71"))
    assert one.is_open(date(2027, 2, 1)) and not one.is_open(date(2027, 2, 2)) and not one.is_open(date(2026, 12, 31))
    assert one.takes(group="children_youth", region_kato="750000000")
    assert not one.takes(group="children_youth", region_kato="350000000")
    assert not one.takes(group="older_people", region_kato="750000000")
    assert all(programme.groups for programme in PROGRAMMES.values())


def test_what_a_donor_adds_for_the_platform_is_never_shared_out() -> None:
    stories = world()
    gift = stories["child"].give(800_000, addition_tiyn=50_000)
    assert went_to(gift, stories) == {"child": 750_000, "free": 50_000}
    stories["elder"].declare(900_000, 900_000, group=NeedGroup.OLDER_PEOPLE)
    run_jobs()
    assert went_to(gift, stories)["free"] == 50_000
    assert figures.gift_card(gift).addition_tiyn == 50_000


@pytest.mark.parametrize(("kind", "addition"), [("fund", 100_000), ("sustainability", 1)])
def test_an_addition_leaves_something_for_the_purpose(kind: str, addition: int) -> None:
    asked = Story().asked(100_000, addition_tiyn=addition, target=GiftTarget.model_validate({"kind": kind}))
    with pytest.raises(Refusal, match=r"gift\.addition"):
        start_gift(asked=asked, gateway="demo")


@pytest.mark.breaks("donations.kept", "allocation.")
def test_the_books_notice_an_addition_that_was_spent() -> None:
    stories = world()
    gift = stories["child"].give(100_000)
    Gift.objects.filter(id=gift).update(addition_tiyn=1, kept_tiyn=1)
    assert "donations.kept_is_kept" in {one.name for one in broken_invariants()}


def test_fees_are_told_in_all_and_gift_by_gift_and_the_platform_takes_nothing() -> None:
    stories = world()
    gifts = [stories["child"].give(100_000), stories["child"].give(200_000, addition_tiyn=5_000)]
    own = stories["child"].give(70_000, target=GiftTarget(kind="sustainability"))
    for number, gift in enumerate(gifts):
        hold_gift(gift=gift, net_tiyn=99_000 + number * 99_500, fee_tiyn=1_000 + number * 500, entry=f"E{number}")
    publish_log()
    report = fees.fees_report()
    [row] = report.gateways
    assert (row.gateway, row.gifts, row.amount_tiyn, row.fee_tiyn) == ("demo", 2, 300_000, 2_500)
    assert (report.sustainability_tiyn, report.additions_tiyn, report.platform_share_tiyn) == (70_000, 5_000, 0)
    lines = fees.fee_lines(after=-1, limit=10).lines
    assert [(line.amount_tiyn, line.addition_tiyn, line.fee_tiyn) for line in lines] == [
        (100_000, 0, 1_000), (200_000, 5_000, 1_500),
    ]  # fmt: skip
    assert fees.fee_lines(after=lines[0].log_index, limit=10).lines == lines[1:]
    assert not {str(own), *map(str, gifts)} & set(str(lines))
