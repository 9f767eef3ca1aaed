"""Outbox and inbox: announced with the transaction or not at all, accepted once however often it comes."""

from typing import ClassVar
from uuid import UUID

import pytest
from django.db import DatabaseError, transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from demeu.kernel import events, inbox
from demeu.kernel.audit import record
from demeu.kernel.errors import Refusal
from demeu.kernel.ids import new_id
from demeu.kernel.jobs import Job, task
from demeu.kernel.models import Announcement, Audit, InboxEvent
from demeu.kernel.operations import Event
from demeu.kernel.testing import run_jobs

SEEN: list[str] = []


class BellRang(Event):
    """Something for tests."""

    name: ClassVar[str] = "bell.rang"
    bell: UUID


@task()
def listen(*, bell: str) -> None:
    """Remember the bell."""
    SEEN.append(bell)


REACTIONS: dict[str, tuple[Job, ...]] = {"bell.rang": (listen,)}


@pytest.fixture(autouse=True)
def wired(settings: object) -> None:
    SEEN.clear()
    settings.DEMEU_LISTENERS = {"bell.rang": ("vault", "treasury")}  # type: ignore[attr-defined]
    settings.DEMEU_REACTIONS = "demeu.kernel.tests.test_events"  # type: ignore[attr-defined]


def envelope(source: str = "vault") -> inbox.Envelope:
    return inbox.Envelope(id=new_id(), name="bell.rang", source=source, facts={"bell": str(new_id())})


@pytest.mark.django_db(transaction=True)
def test_an_event_of_a_rolled_back_change_is_never_delivered() -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        events.announce(BellRang(bell=new_id()))
        raise ZeroDivisionError
    assert not Announcement.objects.exists() and not ProcrastinateJob.objects.exists()


@pytest.mark.django_db
def test_an_event_waits_for_each_listener() -> None:
    events.announce(BellRang(bell=new_id()))
    waiting = ProcrastinateJob.objects.filter(task_name="demeu.kernel.outbox.deliver")
    assert sorted(job.args["listener"] for job in waiting) == ["treasury", "vault"]


@pytest.mark.django_db
def test_an_event_that_comes_twice_is_reacted_to_once() -> None:
    arrived = envelope()
    for _ in range(3):
        inbox.accept(arrived, "vault")
    assert InboxEvent.objects.count() == 1
    assert run_jobs() == ["demeu.kernel.tests.test_events.listen"]
    assert [arrived.facts["bell"]] == SEEN


@pytest.mark.django_db
def test_an_event_in_anothers_name_is_refused() -> None:
    with pytest.raises(Refusal) as refused:
        inbox.accept(envelope(source="treasury"), "vault")
    assert refused.value.code == "event.foreign_source"
    assert not InboxEvent.objects.exists()


@pytest.mark.django_db
def test_the_audit_refuses_to_be_changed_or_thinned() -> None:
    record(actor="person:1", action="bell.ring", subject="bell:1")
    for change in (
        lambda: Audit.objects.update(actor="person:2"),
        lambda: Audit.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    assert Audit.objects.get().actor == "person:1"
