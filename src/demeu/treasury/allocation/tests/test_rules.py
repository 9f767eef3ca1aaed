"""Promises of the published rule."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from demeu.treasury.allocation.rules import (
    EMERGENCY,
    PPM,
    RULES,
    VERSION,
    Candidate,
    Rule,
    Wish,
    in_turn,
    points_of,
    region_prefix,
    scopes_of,
    standing_of,
)
from demeu.treasury.allocation.sharing import Offer, Run, share_all
from demeu.treasury.allocation.sharing import share_out as share_out_at

OPENED = datetime(2026, 11, 1, tzinfo=UTC)
GROUPS = ("children_youth", "older_people")
REGIONS = ("750000000", "710000000", "751110000")


AT = OPENED + timedelta(days=30)
rules = st.sampled_from(list(RULES.values()))


def share_out(amount_tiyn: int, wish: Wish, candidates: list[Candidate], rule: Rule = RULES[VERSION]) -> list[Any]:
    return share_out_at(amount_tiyn, wish, candidates, at=AT, rule=rule)


def candidate(number: int, lacks_tiyn: int = 100, **changes: object) -> Candidate:
    plain: dict[str, object] = {
        "item": UUID(int=number),
        "case": UUID(int=1000 + number // 2),
        "group": GROUPS[number % 2],
        "region_kato": REGIONS[number % 3],
        "urgency": "normal",
        "opened_at": OPENED + timedelta(days=number),
        "position": number % 2,
        "lacks_tiyn": lacks_tiyn,
        "case_asked_tiyn": 10**9,
        "case_funded_tiyn": 0,
    }
    return Candidate(**{**plain, **changes})  # type: ignore[arg-type]


many = st.lists(
    st.builds(
        lambda number, lacks, urgency, funded: candidate(number, lacks, urgency=urgency, case_funded_tiyn=funded),
        st.integers(0, 40),
        st.integers(1, 10**9),
        st.sampled_from(["emergency", "high", "normal"]),
        st.integers(0, 10**9),
    ),
    max_size=25,
    unique_by=lambda found: found.item,
)
wishes = st.one_of(
    st.builds(
        lambda n, f: Wish("item", UUID(int=n), fallback=f, group=GROUPS[n % 2], region_kato=REGIONS[n % 3]),
        st.integers(0, 40),
        st.sampled_from(["same_group", "same_region", "most_urgent", "return"]),
    ),
    st.builds(
        lambda n, f: Wish("case", UUID(int=1000 + n), fallback=f, group=GROUPS[0], region_kato=REGIONS[0]),
        st.integers(0, 20),
        st.sampled_from(["same_group", "same_region", "most_urgent", "return"]),
    ),
    st.builds(
        lambda code, f: Wish("group", code=code, fallback=f),
        st.sampled_from(GROUPS),
        st.sampled_from(["same_group", "most_urgent", "return"]),
    ),
    st.builds(lambda code: Wish("region", code=code), st.sampled_from(REGIONS)),
    st.just(Wish("fund")),
)


@given(st.integers(1, 10**10), wishes, many)
def test_a_gift_is_shared_exactly_and_no_need_gets_too_much(
    amount: int, wish: Wish, candidates: list[Candidate]
) -> None:
    shares = share_out(amount, wish, candidates)
    lacks = {one.item: one.lacks_tiyn for one in candidates}
    assert sum(share.amount_tiyn for share in shares) <= amount
    assert len({share.item for share in shares}) == len(shares)
    for share in shares:
        assert 0 < share.amount_tiyn <= lacks[share.item]
        assert share.fills == (share.amount_tiyn == lacks[share.item])


@given(st.integers(1, 10**10), wishes, many, st.randoms(use_true_random=False))
def test_the_order_in_which_needs_are_listed_decides_nothing(
    amount: int, wish: Wish, candidates: list[Candidate], chance: object
) -> None:
    shuffled = list(candidates)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert share_out(amount, wish, candidates) == share_out(amount, wish, shuffled)


@given(st.integers(1, 10**10), wishes, many)
def test_money_is_left_only_when_nothing_it_may_go_to_lacks_any(
    amount: int, wish: Wish, candidates: list[Candidate]
) -> None:
    shares = share_out(amount, wish, candidates)
    if wish.fallback == "most_urgent":
        assert sum(share.amount_tiyn for share in shares) == min(amount, sum(one.lacks_tiyn for one in candidates))


@given(st.integers(1, 10**10), wishes, many)
def test_what_is_to_be_returned_never_crosses_the_donors_choice(
    amount: int, wish: Wish, candidates: list[Candidate]
) -> None:
    shares = share_out(amount, wish, candidates)
    if wish.fallback == "return":
        assert all(share.scope == wish.kind for share in shares)
        if wish.kind == "item":
            assert {share.item for share in shares} <= {wish.target}


def test_emergency_goes_first_then_the_case_that_waits_longest() -> None:
    late_emergency = candidate(4, urgency="emergency")
    early, later = candidate(1), candidate(3)
    shares = share_out(250, Wish("fund"), [later, early, late_emergency])
    assert [share.item for share in shares] == [late_emergency.item, early.item, later.item]
    assert [share.amount_tiyn for share in shares] == [100, 100, 50]
    assert [item for item, _ in shares[0].next_in_turn] == [early.item, later.item]


def test_surplus_of_a_case_goes_by_the_donors_fallback() -> None:
    own, same_group, same_region = candidate(0), candidate(2), candidate(3)
    wish = Wish("item", own.item, fallback="same_group", group=own.group, region_kato=own.region_kato)
    shares = share_out(150, wish, [own, same_group, same_region])
    assert [(share.item, share.amount_tiyn, share.scope) for share in shares] == [
        (own.item, 100, "item"),
        (same_group.item, 50, "fallback:same_group"),
    ]


def test_a_region_takes_in_the_places_below_it() -> None:
    assert [region_prefix(code) for code in ("750000000", "751110000", "751112200")] == ["75", "75111", "7511122"]
    below, elsewhere = candidate(1, region_kato="751110000"), candidate(3, region_kato="710000000")
    shares = share_out(300, Wish("region", code="750000000", fallback="return"), [below, elsewhere])
    assert [share.item for share in shares] == [below.item]


offers = st.lists(
    st.builds(
        lambda number, hour, amount, wish: Offer(UUID(int=number), OPENED + timedelta(hours=hour), amount, wish),
        st.integers(0, 10**6),
        st.integers(0, 3),
        st.integers(1, 10**9),
        wishes,
    ),
    max_size=15,
    unique_by=lambda offer: offer.gift,
)


def allowed(wish: Wish, one: Candidate) -> bool:
    """Whether a need is within the donor's choice or the fallback, said another way than the rule says it."""
    fits = {"item": one.item, "case": one.case, "all": None, "group": one.group}
    return any(
        one.region_kato.startswith(str(value)) if by == "region" else fits[by] == value
        for _, by, value in scopes_of(wish)
    )


@given(offers, many, rules, st.randoms(use_true_random=False))
def test_many_gifts_are_shared_exactly_whatever_order_gifts_and_needs_are_listed_in(
    given_offers: list[Offer], candidates: list[Candidate], rule: Rule, chance: Any
) -> None:
    shared = share_all(given_offers, candidates, at=AT, rule=rule)
    gifts, needs = list(given_offers), list(candidates)
    chance.shuffle(gifts)
    chance.shuffle(needs)
    assert share_all(gifts, needs, at=AT, rule=rule) == shared
    known = {one.item: one for one in candidates}
    got: dict[UUID, int] = {}
    for offer in given_offers:
        shares = shared.get(offer.gift, [])
        assert sum(share.amount_tiyn for share in shares) <= offer.amount_tiyn
        for share in shares:
            assert share.amount_tiyn > 0 and allowed(offer.wish, known[share.item])
            got[share.item] = got.get(share.item, 0) + share.amount_tiyn
    assert all(amount <= known[item].lacks_tiyn for item, amount in got.items())
    for offer in given_offers:
        left = offer.amount_tiyn - sum(share.amount_tiyn for share in shared.get(offer.gift, []))
        lacking = [one for one in candidates if got.get(one.item, 0) < one.lacks_tiyn]
        assert left == 0 or not any(allowed(offer.wish, one) for one in lacking)


@given(offers, many, rules)
def test_a_run_goes_strictly_down_the_published_order(
    given_offers: list[Offer], candidates: list[Candidate], rule: Rule
) -> None:
    order = {one.item: place for place, (one, _) in enumerate(in_turn(candidates, rule, AT))}
    run = Run(candidates, at=AT, rule=rule)
    for offer in sorted(given_offers, key=lambda one: (one.received_at, one.gift)):
        before = list(run.left)
        places: dict[str, list[int]] = {}
        for share in run.give(offer.amount_tiyn, offer.wish):
            places.setdefault(share.scope, []).append(order[share.item])
            better = [at for at in range(order[share.item]) if before[at] and run.left[at]]
            assert not any(allowed(Wish(share.scope), run.needs[at]) for at in better if share.scope == "fund")
            assert all(order[item] > order[share.item] for item, _ in share.next_in_turn)
        assert all(found == sorted(found) for found in places.values())


@given(many)
def test_nothing_overtakes_an_emergency_and_every_point_is_whole_and_within_its_limit(
    candidates: list[Candidate],
) -> None:
    rule, standing = RULES[VERSION], standing_of(candidates)
    pointed = in_turn(candidates, rule, AT)
    urgent = [one.urgency == EMERGENCY for one, _ in pointed]
    assert urgent == sorted(urgent, reverse=True)
    for one, points in pointed:
        assert points == points_of(one, rule, standing, AT)
        assert 0 <= points.days <= rule.days_max * rule.day and 0 <= points.least_funded <= rule.least_funded
        assert 0 <= points.region <= rule.region
        assert points.total - points.urgency <= rule.points_max_without_emergency


def test_in_every_rule_an_emergency_outweighs_everything_else_together() -> None:
    for rule in RULES.values():
        assert rule.urgency[EMERGENCY] > rule.points_max_without_emergency


@pytest.mark.parametrize(
    ("better", "reason"),
    [
        ({"urgency": "high"}, "urgency"),
        ({"group": "severe_illness"}, "group"),
        ({"opened_at": OPENED - timedelta(days=5)}, "days"),
        ({"case_funded_tiyn": 0}, "least_funded"),
        ({"region_kato": "390000000", "case_funded_tiyn": 400_000_000}, "region"),
    ],
)
def test_each_reason_moves_a_need_forward(better: dict[str, object], reason: str) -> None:
    plain: dict[str, object] = {
        "group": "older_people",
        "region_kato": "750000000",
        "opened_at": OPENED,
        "case_funded_tiyn": 500_000_000,
    }
    usual = candidate(1, **{**plain, "case": UUID(int=1)})
    chosen = candidate(2, **{**plain, "case": UUID(int=2), **better})
    first, second = in_turn([usual, chosen], RULES[VERSION], AT)
    assert first[0] is chosen
    assert getattr(first[1], reason) > getattr(second[1], reason)


def test_versions_are_kept_and_the_first_rule_still_goes_by_urgency_and_age() -> None:
    assert list(RULES) == sorted(RULES) and all(rule.version == version for version, rule in RULES.items())
    ill_and_late = candidate(3, group="severe_illness", opened_at=OPENED + timedelta(days=2))
    early = candidate(1, case_funded_tiyn=900_000_000)
    assert [share.item for share in share_out(150, Wish("fund"), [ill_and_late, early], RULES["2026-1"])] == [
        early.item,
        ill_and_late.item,
    ]
    assert share_out(150, Wish("fund"), [ill_and_late, early])[0].item == ill_and_late.item


def test_a_region_that_lags_gets_points_in_proportion() -> None:
    behind = candidate(1, region_kato="100000000", case=UUID(int=1), case_funded_tiyn=0)
    ahead = candidate(2, region_kato="110000000", case=UUID(int=2), case_funded_tiyn=10**9)
    standing = standing_of([behind, ahead])
    assert (standing.country_ppm, standing.regions_ppm) == (PPM // 2, {"10": 0, "11": PPM})
    assert points_of(behind, RULES[VERSION], standing, AT).region == RULES[VERSION].region // 2
    assert points_of(ahead, RULES[VERSION], standing, AT).region == 0


def test_money_that_is_not_for_needs_or_waits_for_its_donor_goes_to_none() -> None:
    needs = [candidate(1), candidate(2)]
    assert share_out(100, Wish("sustainability"), needs) == []
    assert share_out(100, Wish("item", UUID(int=99), fallback="ask"), needs) == []
