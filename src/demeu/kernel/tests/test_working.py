"""A job outlives its worker: real processes on the real database, killed as the kernel of the machine would."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest
from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.contrib.django.utils import connector_params

from demeu.kernel.ids import new_id
from demeu.kernel.jobs import attempts_max
from demeu.kernel.testing import wait_until
from demeu.kernel.tests.holding import QUEUE, QUICK, hold
from demeu.kernel.working import DEATHS_MAX, Pace, take_up

pytestmark = pytest.mark.django_db(transaction=True)
PROGRAM = "import django; django.setup(); from demeu.kernel.tests.holding import main; main()"
Worker = subprocess.Popen[bytes]


@pytest.fixture
def start_worker() -> Iterator[Callable[[], Worker]]:
    """Starts workers on the test's own database; those that are left at the end are killed."""
    database = connection.settings_dict
    account = f"{quote(database['USER'])}:{quote(database['PASSWORD'])}"
    place = f"{quote(database['HOST'], safe='')}:{database['PORT']}/{database['NAME']}"
    environment = os.environ | {"DEMEU_DATABASE_URL_PORTAL": f"postgresql://{account}@{place}"}
    started: list[Worker] = []

    def start() -> Worker:
        started.append(subprocess.Popen([sys.executable, "-c", PROGRAM], env=environment))
        return started[-1]

    yield start
    for worker in started:
        worker.kill()
        worker.wait()


@pytest.fixture
def separate() -> Iterator[psycopg.Connection[tuple[object, ...]]]:
    """A connection as a worker's watch has it."""
    with psycopg.connect(**connector_params(), autocommit=True) as found:
        yield found


def kill(worker: Worker) -> None:
    worker.send_signal(signal.SIGKILL)
    worker.wait()


def notes(folder: Path) -> list[str]:
    return (folder / "notes").read_text().split() if (folder / "notes").exists() else []


def wait_begun(folder: Path, times: int) -> None:
    wait_until(lambda: notes(folder).count("begun") == times, within_s=30, what=f"beginning {times}")


def wait_ended(folder: Path) -> None:
    wait_until(lambda: "ended" in notes(folder) and not jobs(folder), within_s=30, what="the end of the job")


def jobs(folder: Path) -> list[ProcrastinateJob]:
    return list(ProcrastinateJob.objects.filter(args__folder=str(folder)))


def heartbeat_age_s(job: ProcrastinateJob) -> float:
    """How long ago the job's worker was last heard of."""
    with connection.cursor() as cursor:
        query = "SELECT extract(epoch FROM now() - last_heartbeat)::float FROM procrastinate_workers WHERE id = %s"
        cursor.execute(query, [job.worker_id])
        return float(cursor.fetchone()[0])


def in_hands(worker: int | None, *, attempts: int = 0, once: str | None = None) -> int:
    """A job in the hands of a worker, begun long ago."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, status, attempts, worker_id, queueing_lock, args)"
            " VALUES (%s, %s, 'doing', %s, %s, %s, '{\"folder\": \"/nowhere\"}') RETURNING id",
            [f"{QUEUE}-not-worked-on", hold.name, attempts, worker, once],
        )
        return int(cursor.fetchone()[0])


def silent_worker(silent_s: float) -> int:
    """A worker that was last heard of so long ago."""
    with connection.cursor() as cursor:
        query = (
            "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - %s * interval '1 second') RETURNING id"
        )
        cursor.execute(query, [silent_s])
        return int(cursor.fetchone()[0])


@pytest.mark.timeout(120)
def test_a_job_of_a_killed_worker_runs_again_when_a_worker_starts(
    start_worker: Callable[[], Worker], tmp_path: Path
) -> None:
    hold.defer(folder=str(tmp_path))
    first = start_worker()
    wait_begun(tmp_path, 1)
    kill(first)
    assert [job.status for job in jobs(tmp_path)] == ["doing"]
    start_worker()
    wait_begun(tmp_path, 2)
    (tmp_path / "go").touch()
    wait_ended(tmp_path)
    assert notes(tmp_path) == ["begun", "begun", "ended"]


@pytest.mark.timeout(120)
def test_a_silent_worker_keeps_its_job_while_it_lives_and_another_takes_it_up_when_it_dies(
    start_worker: Callable[[], Worker], tmp_path: Path
) -> None:
    hold.defer(folder=str(tmp_path))
    first = start_worker()
    wait_begun(tmp_path, 1)
    job = jobs(tmp_path)[0]
    wait_until(lambda: locks_of(job), what="the worker's lock")
    first.send_signal(signal.SIGSTOP)
    start_worker()
    wait_until(lambda: heartbeat_age_s(job) > QUICK.dead_after_s, within_s=30, what="silence")
    bait = in_hands(silent_worker(60))
    wait_until(lambda: states(bait) == [("todo", 1)], within_s=30, what="a look of the second worker")
    assert (states(job.id), notes(tmp_path)) == ([("doing", 0)], ["begun"]), "the silent worker lives and keeps its job"
    kill(first)
    wait_begun(tmp_path, 2)
    (tmp_path / "go").touch()
    wait_ended(tmp_path)


def locks_of(job: ProcrastinateJob) -> bool:
    """Whether the job's worker holds its lock."""
    with connection.cursor() as cursor:
        query = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND objid::bigint = %s"
        cursor.execute(query, [job.worker_id])
        return bool(cursor.fetchone()[0])


def test_a_job_runs_again_within_half_a_minute_after_the_start_of_a_worker() -> None:
    assert Pace().again_s_max <= 30
    assert Pace().dead_after_s >= 3 * Pace().heartbeat_s


def test_a_look_takes_from_the_dead_and_forgets_them(separate: psycopg.Connection[tuple[object, ...]]) -> None:
    dead, living, unknown = in_hands(silent_worker(20)), in_hands(silent_worker(10)), in_hands(None)
    take_up(separate, 15.0)
    assert states(dead, living, unknown) == [("todo", 1), ("doing", 0), ("todo", 1)]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM procrastinate_workers WHERE last_heartbeat < now() - interval '15 seconds'"
        )
        assert cursor.fetchone() == (0,)


def test_a_worker_may_leave_a_job_that_it_does_not_run(separate: psycopg.Connection[tuple[object, ...]]) -> None:
    left, running = in_hands(silent_worker(0)), in_hands(silent_worker(0))
    take_up(separate, 15.0, [left])
    assert states(left, running) == [("todo", 1), ("doing", 0)]


def test_a_job_that_kills_its_workers_is_given_up_and_kept(separate: psycopg.Connection[tuple[object, ...]]) -> None:
    last = attempts_max(hold.name) + DEATHS_MAX - 1
    poison, unlucky = in_hands(silent_worker(20), attempts=last), in_hands(silent_worker(20), attempts=last - 1)
    take_up(separate, 15.0)
    assert states(poison, unlucky) == [("failed", last + 1), ("todo", last)]


def test_a_job_whose_place_is_taken_by_a_waiting_one_goes(separate: psycopg.Connection[tuple[object, ...]]) -> None:
    key = str(new_id())
    replaced = in_hands(silent_worker(20), once=key)
    hold.defer(folder=key, once=key, delay_s=3600)
    take_up(separate, 15.0)
    assert states(replaced) == []
    assert ProcrastinateJob.objects.filter(queueing_lock=key, status="todo").count() == 1


def states(*jobs: int) -> list[tuple[str, int]]:
    """Status and tries of these jobs, in this order."""
    found = {job.id: (job.status, job.attempts) for job in ProcrastinateJob.objects.filter(id__in=jobs)}
    return [found[job] for job in jobs if job in found]
