"""What open pages hear: what changed and public sums, signed to the page, nothing of a person, nothing missed."""

import json
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from demeu.contracts.treasury import CaseMoney, MoneySums
from demeu.kernel import clock
from demeu.kernel.ids import new_id
from demeu.portal.catalogue.actions import note_figures
from demeu.portal.giving.models import GiftIntent
from demeu.portal.giving.tasks import note_received
from demeu.portal.giving.tests.cast import published_case, signed_in
from demeu.portal.live import actions, feeds, queries, rules
from demeu.portal.live.hub import Hub, Stream, event_bytes
from demeu.portal.live.models import Change

pytestmark = pytest.mark.django_db
SUMS = {"needed": 500, "received": 100, "held": 0, "paid": 0, "delivered": 0}


def gift_of(donor: UUID | None) -> GiftIntent:
    return GiftIntent.objects.create(
        gift=new_id(), target_kind="fund", amount_tiyn=100_000, fallback="ask", donor=donor, offer_version="1",
        lang="ru", created_at=clock.now(),
    )  # fmt: skip


def heard(client: Client, *topics: str, after: int = 0) -> list[dict[str, Any]]:
    answer = client.get("/live/now/", {"feed": feeds.feed_of(topics), "after": str(after)})
    assert answer.status_code == 200 and answer["Cache-Control"] == "no-store"
    found: list[dict[str, Any]] = answer.json()["updates"]
    return found


def test_a_case_that_got_money_tells_its_public_sums(client: Client) -> None:
    case = published_case()
    sums = MoneySums(received_tiyn=100, held_tiyn=200, paid_tiyn=0, delivered_tiyn=0)
    money = CaseMoney(case=case.id, needed_tiyn=900, sums=sums, gifts=2, items=())
    note_figures(money=money, at=clock.now())
    (told,) = heard(client, rules.case_topic(case.number))
    assert told["topic"] == f"case:{case.number}"
    assert told["sums"] == {"needed": 900, "received": 100, "held": 200, "paid": 0, "delivered": 0}
    assert str(case.id) not in json.dumps(told) and str(case.person) not in json.dumps(told)


def test_a_gift_tells_its_page_and_its_givers_cabinet_without_saying_whose(client: Client) -> None:
    donor = new_id()
    row = gift_of(donor)
    facts = {"gift": str(row.gift), "amount_tiyn": 100_000, "target_kind": "fund", "case": None, "donor": str(donor)}
    note_received.run(**facts)
    told = heard(client, rules.gift_topic(row.gift), feeds.own_topic(donor))
    assert [one["topic"] for one in told] == [f"gift:{row.gift}", "own"]
    assert all(one["sums"] is None for one in told)
    assert not Change.objects.filter(topic__contains=str(donor)).exists()
    note_received.run(**facts)
    assert Change.objects.count() == 2


def test_only_topics_that_we_signed_are_heard(client: Client) -> None:
    feed = feeds.feed_of(["case:26-1"])
    assert feeds.topics_of(feed) == ("case:26-1",)
    for wrong in ("", "x", feed[:-1] + ("a" if feed[-1] != "a" else "b"), "case:26-1"):
        assert feeds.topics_of(wrong) == ()
        assert client.get("/live/now/", {"feed": wrong}).status_code == 403
    with clock.frozen(clock.now() + timedelta(days=1)):
        assert len(feeds.topics_of(feeds.feed_of(f"case:{n}" for n in range(100)))) == feeds.TOPICS_MAX


def test_what_was_missed_is_told_and_what_was_heard_long_ago_is_not(client: Client) -> None:
    with clock.frozen(clock.now() - timedelta(minutes=5)):
        actions.tell("case:26-1", SUMS)
    first = queries.last_change()
    actions.tell("case:26-1")
    actions.tell("case:26-2")
    assert [one["id"] for one in heard(client, "case:26-1", after=first)] == [first + 1]
    assert [one["id"] for one in heard(client, "case:26-1", after=0)] == [first, first + 1]
    for wrong in ("-1", "9" * 40, "٣", "x"):
        answer = client.get("/live/now/", {"feed": feeds.feed_of(["case:26-1"]), "after": wrong})
        assert answer.status_code == 200


def test_a_lower_id_that_was_committed_later_is_not_lost() -> None:
    late = Change.objects.create(topic="case:26-1", at=clock.now())
    seen = Change.objects.create(topic="case:26-1", at=clock.now())
    assert [one["id"] for one in queries.changes_after(["case:26-1"], seen.id)] == [late.id]


def test_old_notes_go() -> None:
    with clock.frozen(clock.now() - timedelta(hours=2)):
        actions.tell("case:26-1", SUMS)
    actions.tell("case:26-1", SUMS)
    assert actions.forget_old() == 1 and Change.objects.count() == 1


def test_sums_of_other_names_are_refused() -> None:
    with pytest.raises(KeyError):
        actions.tell("case:26-1", {"name": 1})
    with pytest.raises(KeyError):
        rules.queue_topic("people")


def test_a_stream_that_does_not_keep_up_ends_and_an_address_has_a_limit(settings: Any) -> None:
    settings.DEMEU_PORTAL_LIVE_PER_ADDRESS, settings.DEMEU_PORTAL_LIVE_STREAMS = 2, 3
    hub = Hub()
    streams = [Stream(("case:1",), address) for address in ("a", "a", "b")]
    for stream in streams:
        assert hub.has_room(stream.address)
        hub.add(stream)
    assert not hub.has_room("a") and not hub.has_room("c")
    hub.remove(streams[0])
    assert hub.has_room("a") and hub.by_topic["case:1"] == set(streams[1:])
    for _ in range(200):
        streams[1].put(b"x")
    pieces = [streams[1].waiting.get_nowait() for _ in range(101)]
    assert pieces[-1] is None and pieces.count(b"x") == 100


def test_an_event_has_its_id_and_hides_which_cabinet_it_is() -> None:
    topic = feeds.own_topic(new_id())
    assert event_bytes(7, topic, None) == b'id: 7\ndata: {"topic": "own", "sums": null}\n\n'
    assert topic.partition(":")[2].encode() not in event_bytes(7, topic, None)


def test_a_page_names_its_feed_only_to_who_may_look(client: Client) -> None:
    person = new_id()
    text = signed_in(client, person).get("/my/giving/").content.decode()
    assert '<meta name="live"' in text and "data-now" in text and str(person) not in text
