"""Background jobs on procrastinate: deferred inside the transaction, idempotent, retried by a stated policy.

A job that gives up is logged as an error and counted; nothing is dropped silently.
"""

import secrets
from collections.abc import Callable
from datetime import timedelta
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string
from procrastinate import BaseRetryStrategy, JobContext, RetryDecision
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.jobs import Job as StoredJob
from procrastinate.manager import JobManager

from demeu.kernel import clock, context, metrics
from demeu.kernel.logs import logger

log = logger(__name__)
REGISTERED: "dict[str, Job]" = {}


class CappedRetry(BaseRetryStrategy):
    """Wait 1, 2, 4 … seconds with jitter, never longer than the cap, at most so many times."""

    def __init__(self, attempts: int, wait_s_max: int) -> None:
        self.attempts = attempts
        self.wait_s_max = wait_s_max

    def get_retry_decision(self, *, exception: BaseException, job: StoredJob) -> RetryDecision | None:
        """When to try again, or None to give up."""
        if job.attempts + 1 >= self.attempts:
            return None
        wait_ms_max = 1000 * min(self.wait_s_max, 2 ** min(job.attempts, 10))
        wait_ms = wait_ms_max // 2 + secrets.randbelow(wait_ms_max // 2 + 1)
        return RetryDecision(retry_in={"milliseconds": wait_ms})


class Job:
    """A deferrable function; `run` is the function itself, for tests and direct use."""

    def __init__(self, run: Callable[..., None], stored: Any, attempts: int) -> None:
        self.run = run
        self.stored = stored
        self.attempts = attempts
        self.name: str = stored.name

    def defer(self, *, delay_s: int = 0, once: str | None = None, **facts: Any) -> None:
        """Queue the job with the present transaction; `once` = at most one waiting job under that key."""
        from procrastinate.exceptions import AlreadyEnqueued

        options: dict[str, Any] = {}
        if delay_s:
            options["schedule_at"] = clock.now() + timedelta(seconds=delay_s)
        if once:
            options["queueing_lock"] = once
        deferring = self.stored.configure(**options)
        deferring.job_manager = _in_transaction()
        try:
            with transaction.atomic():
                deferring.defer(request_id=context.request_id(), **facts)
        except AlreadyEnqueued:
            log.info("job.already_waiting", job=self.name)


@lru_cache(maxsize=1)
def _in_transaction() -> JobManager:
    """Writes jobs by Django's own connection: a worker's connector would write them outside the transaction."""
    return JobManager(DjangoConnector())


def task(
    *, attempts: int = 12, wait_s_max: int = 300, queue: str = "default", priority: int = 0
) -> Callable[[Callable[..., None]], Job]:
    """Make a keyword-only function a job of this service; of waiting jobs the highest priority runs first."""

    def decorate(function: Callable[..., None]) -> Job:
        name = f"{function.__module__}.{function.__name__}"

        def run(stored_context: JobContext, /, request_id: str = "", timestamp: int = 0, **facts: Any) -> None:
            tried = stored_context.job.attempts + 1
            with context.running(request_id, job=name):
                try:
                    function(**facts)
                    metrics.JOBS.labels(name, "done").inc()
                except Exception as error:
                    outcome = "given_up" if tried >= attempts else "failed"
                    metrics.JOBS.labels(name, outcome).inc()
                    log.error(f"job.{outcome}", tried=tried, reason=getattr(error, "code", type(error).__name__))
                    raise

        retry = CappedRetry(attempts, wait_s_max)
        stored = app.task(name=name, queue=queue, priority=priority, pass_context=True, retry=retry)(run)
        REGISTERED[name] = Job(function, stored, attempts)
        return REGISTERED[name]

    return decorate


def attempts_max(name: str) -> int:
    """How often a job of this name is tried; once when this code does not know it."""
    return REGISTERED[name].attempts if name in REGISTERED else 1


def register_periodic() -> None:
    """Register the role's list of periodic jobs (`DEMEU_PERIODIC`: cron text of five or six fields, job path)."""
    for cron, path in settings.DEMEU_PERIODIC:
        job: Job = import_string(path)
        app.periodic(cron=cron, periodic_id=path)(job.stored)
