"""Runs the queue of one role, and sees to it that a job outlives its worker: jobs of a dead worker run again.

A worker is dead when its heartbeat is old AND nobody holds its lock: PostgreSQL frees the lock when the process ends.
Both must hold, so a worker that hangs, is held still or shuts down slowly keeps its jobs. Jobs must be idempotent.
"""

import threading
import time
from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass
from typing import Any

import psycopg
from django.conf import settings
from procrastinate import JobContext
from procrastinate.contrib.django import app
from procrastinate.contrib.django.utils import connector_params
from procrastinate.sql import queries
from procrastinate.worker import Worker
from psycopg.rows import TupleRow

from demeu.kernel import clock, metrics
from demeu.kernel.jobs import attempts_max
from demeu.kernel.logs import logger

log = logger(__name__)
LOCKS = 0x6A6F6273
LOOKING = 0
DEATHS_MAX = 5
KEPT_S = 86_400.0
# The server sees within seconds that the machine of a worker is gone, and frees its lock.
KEEPALIVE = "SET tcp_keepalives_idle = 5; SET tcp_keepalives_interval = 3; SET tcp_keepalives_count = 3"
ABANDONED = """
SELECT job.id, job.task_name, job.attempts, job.queueing_lock
FROM procrastinate_jobs job LEFT JOIN procrastinate_workers worker ON worker.id = job.worker_id
WHERE job.status = 'doing' AND (
    job.id = ANY(%(left)s)
    OR worker.id IS NULL AND NOT EXISTS (
        SELECT FROM procrastinate_events event
        WHERE event.job_id = job.id AND event.type = 'started' AND event.at > now() - %(dead)s * interval '1 second')
    OR worker.id IN (SELECT id FROM dead))
FOR UPDATE OF job SKIP LOCKED
"""
DEAD = """
WITH dead AS (
    SELECT id FROM procrastinate_workers
    WHERE last_heartbeat < now() - %(dead)s * interval '1 second' AND NOT EXISTS (
        SELECT FROM pg_locks
        WHERE locktype = 'advisory' AND classid::bigint = %(locks)s AND objid::bigint = procrastinate_workers.id
        AND database = (SELECT oid FROM pg_database WHERE datname = current_database())))
"""
# Workers without a job only: a job that was passed over waits for the next look with its worker.
FORGET = """
DELETE FROM procrastinate_workers WHERE id IN (SELECT id FROM dead) AND NOT EXISTS (
    SELECT FROM procrastinate_jobs WHERE status = 'doing' AND worker_id = procrastinate_workers.id)
"""


@dataclass(frozen=True)
class Pace:
    """Seconds between heartbeats, without one until a worker may be dead, and between two looks for its jobs."""

    heartbeat_s: float = 4.0
    dead_after_s: float = 15.0
    look_s: float = 3.0
    poll_s: float = 2.0

    @property
    def again_s_max(self) -> float:
        """Longest time from the start of a worker until it runs the jobs of a dead one."""
        return self.dead_after_s + 2 * self.look_s + self.poll_s


class Watch:
    """Holds the lock of this process's worker and, on a thread of its own, takes up what dead workers left."""

    def __init__(self, pace: Pace) -> None:
        self.pace = pace
        self.worker: int | None = None
        self.locked: int | None = None
        self.running: set[int] = set()
        self.left_since_s: dict[int, float] = {}
        self.connection: psycopg.Connection[TupleRow] | None = None
        self.connected_at_s = 0.0

    def start(self) -> None:
        """Watch until the process ends, while jobs end during a shutdown too."""
        threading.Thread(target=self._watch, daemon=True, name="watch").start()

    async def around(self, run: Callable[[], Awaitable[Any]], context: JobContext, worker: Worker) -> Any:
        """The worker's middleware: tells whose jobs run in this process."""
        job = context.job.id or 0
        self.worker = worker.worker_id
        self.running.add(job)
        try:
            return await run()
        finally:
            self.running.discard(job)

    def _watch(self) -> None:
        pause = threading.Event()
        while not pause.wait(self.pace.look_s):
            try:
                self._look(self._reach())
            except psycopg.Error as error:
                log.warning("jobs.cannot_watch", reason=type(error).__name__)
                if self.connection is not None:
                    self.connection.close()

    def _reach(self) -> psycopg.Connection[TupleRow]:
        """The watch's own connection, which holds the lock of our worker."""
        if self.connection is None or self.connection.closed:
            self.locked = None
            self.connection = psycopg.connect(**connector_params(), autocommit=True)
            self.connection.execute(KEEPALIVE)
            self.connected_at_s = time.monotonic()
        if self.worker != self.locked:
            self.connection.execute("SELECT pg_advisory_lock(%s, %s)", [LOCKS, self.worker])
            self.locked = self.worker
        return self.connection

    def _look(self, connection: psycopg.Connection[TupleRow]) -> None:
        """One look. None while the connection is new: after an outage the others may not hold their locks yet."""
        left = self._left_by_ourselves(connection)
        if time.monotonic() - self.connected_at_s > self.pace.dead_after_s:
            take_up(connection, self.pace.dead_after_s, left)

    def _left_by_ourselves(self, connection: psycopg.Connection[TupleRow]) -> list[int]:
        """Jobs that are ours by the queue but do not run: their end could not be written down."""
        ours = "SELECT id FROM procrastinate_jobs WHERE status = 'doing' AND worker_id = %s"
        rows = connection.execute(ours, [self.locked]).fetchall()
        moment = time.monotonic()
        left = {job: self.left_since_s.get(job, moment) for (job,) in rows if job not in self.running}
        self.left_since_s = left
        return [job for job, since_s in left.items() if moment - since_s > self.pace.dead_after_s]


def take_up(connection: psycopg.Connection[TupleRow], dead_after_s: float, left: Collection[int] = ()) -> None:
    """Queue the jobs of dead workers, and those `left`, again and forget these workers; one look at a time."""
    facts = {"dead": dead_after_s, "locks": LOCKS, "left": list(left)}
    with connection.transaction():
        alone = connection.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", [LOCKS, LOOKING]).fetchone()
        if alone != (True,):
            return
        for job, name, attempts, key in connection.execute(DEAD + ABANDONED, facts).fetchall():
            _take_up_one(connection, job, name, attempts, key)
        connection.execute(DEAD + FORGET, facts)


def _take_up_one(connection: psycopg.Connection[TupleRow], job: int, name: str, attempts: int, key: str | None) -> None:
    """Queue one job again; end it when it has killed too many workers, or when another waits under its key."""
    tried = attempts + 1
    waiting = "SELECT FROM procrastinate_jobs WHERE status = 'todo' AND queueing_lock = %s"
    if key and connection.execute(waiting, [key]).fetchone() is not None:
        connection.execute(queries["finish_job"], {"job_id": job, "status": "failed", "delete_job": True})
        log.warning("job.already_waiting", job=name, tried=tried)
    elif tried >= attempts_max(name) + DEATHS_MAX:
        connection.execute(queries["finish_job"], {"job_id": job, "status": "failed", "delete_job": False})
        metrics.JOBS.labels(name, "given_up").inc()
        log.error("job.given_up", job=name, tried=tried, reason="worker_died")
    else:
        nothing_new = {"new_priority": None, "new_queue_name": None, "new_lock": None}
        connection.execute(queries["retry_job"], {"job_id": job, "retry_at": clock.now(), **nothing_new})
        metrics.JOBS.labels(name, "worker_died").inc()
        log.warning("job.worker_died", job=name, tried=tried)


def work(pace: Pace | None = None, queues: Collection[str] | None = None) -> None:
    """Run the role's jobs until told to stop (SIGTERM or SIGINT lets running jobs end)."""
    pace = pace or Pace()
    watch = Watch(pace)
    watch.start()
    with app.replace_connector(app.connector.get_worker_connector()) as working:  # type: ignore[attr-defined]
        working.run_worker(
            queues=queues,
            concurrency=settings.DEMEU_WORKER_CONCURRENCY,
            fetch_job_polling_interval=pace.poll_s,
            delete_jobs="successful",
            shutdown_graceful_timeout=5,
            install_signal_handlers=True,
            update_heartbeat_interval=pace.heartbeat_s,
            # The queue's own forgetting of workers does not ask for locks: a look forgets them much sooner.
            stalled_worker_timeout=KEPT_S,
            worker_middleware=[watch.around],
        )
