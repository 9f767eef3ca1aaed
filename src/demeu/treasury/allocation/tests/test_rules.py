"""Promises of the published rule."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from demeu.treasury.allocation.rules import Candidate, Wish, region_prefix, share_out

OPENED = datetime(2026, 11, 1, tzinfo=UTC)
GROUPS = ("children_youth", "older_people")
REGIONS = ("750000000", "710000000", "751110000")


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
    }
    return Candidate(**{**plain, **changes})  # type: ignore[arg-type]


many = st.lists(
    st.builds(
        lambda number, lacks, urgency: candidate(number, lacks, urgency=urgency),
        st.integers(0, 40),
        st.integers(1, 10**9),
        st.sampled_from(["emergency", "high", "normal"]),
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
    assert shares[0].next_in_turn == (early.item, later.item)


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
