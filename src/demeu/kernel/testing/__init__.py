"""What tests of every service need: waiting for a condition with a deadline, running deferred jobs now."""

import os
import time
from collections.abc import Callable
from threading import Event
from typing import Any, TypeVar

Found = TypeVar("Found")
PAUSE_S = 0.05


def crowding() -> float:
    """How many programs want each processor, at least 1: on a crowded machine everything takes that much longer."""
    return max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1))


def wait_until(condition: Callable[[], Found], *, within_s: float = 10.0, what: str = "the condition") -> Found:
    """The first truthy answer of `condition`; an assertion error when it does not come in time.

    `within_s`: seconds on a machine that is free for us; as much longer as others crowd its processors.
    """
    began = time.monotonic()
    pause = Event()
    while True:
        found = condition()
        if found:
            return found
        waited_s = time.monotonic() - began
        if waited_s > within_s and waited_s > within_s * crowding():
            raise AssertionError(f"waited {waited_s:.0f} s in vain for {what}")
        pause.wait(PAUSE_S)


def run_jobs(*, skip: tuple[str, ...] = ("demeu.kernel.outbox.deliver",)) -> list[str]:
    """Run every waiting job of this database now, in order, as the worker would; the names of those run.

    Deliveries to other services are left waiting unless `skip` is empty.
    """
    from django.db import connection
    from procrastinate.contrib.django.models import ProcrastinateJob

    from demeu.kernel.jobs import REGISTERED

    ran: list[str] = []
    while job := ProcrastinateJob.objects.filter(status="todo").exclude(task_name__in=skip).order_by("id").first():
        _mark(connection, job.id, "doing")
        facts = {name: fact for name, fact in job.args.items() if name not in ("request_id", "timestamp")}
        REGISTERED[job.task_name].run(**facts)
        _mark(connection, job.id, "succeeded")
        ran.append(job.task_name)
    return ran


def _mark(connection: Any, job: int, status: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = %s WHERE id = %s", [status, job])
