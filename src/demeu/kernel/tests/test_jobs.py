"""Promises of deferred jobs."""

import pytest
from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.testing import InMemoryConnector

from demeu.kernel.ids import new_id
from demeu.kernel.outbox import deliver

pytestmark = pytest.mark.django_db(transaction=True)


class Undone(Exception):
    """Makes a transaction roll back."""


def waiting(announcement: str) -> int:
    return ProcrastinateJob.objects.filter(args__announcement=announcement).count()


@pytest.mark.parametrize("in_worker", [False, True])
def test_a_job_deferred_in_a_transaction_lives_and_dies_with_it(in_worker: bool) -> None:
    """Inside a worker procrastinate writes by a connector of its own; our jobs must not."""
    announcement = str(new_id())
    connector = InMemoryConnector() if in_worker else app.connector
    with app.replace_connector(connector):
        with pytest.raises(Undone), transaction.atomic():
            deliver.defer(announcement=announcement, listener="vault")
            raise Undone
        assert waiting(announcement) == 0
        with transaction.atomic():
            deliver.defer(announcement=announcement, listener="vault")
    assert waiting(announcement) == 1


def test_a_second_waiting_job_under_one_key_leaves_the_transaction_usable() -> None:
    announcement = str(new_id())
    with transaction.atomic():
        for _ in range(2):
            deliver.defer(announcement=announcement, listener="vault", once=announcement)
        assert waiting(announcement) == 1
