"""Prometheus figures of one process: requests, calls to other services, jobs."""

from prometheus_client import Counter, Gauge, Histogram

REQUESTS = Counter("demeu_requests_total", "Requests served", ["route", "method", "status"])
REQUEST_SECONDS = Histogram("demeu_request_seconds", "Time to serve a request", ["route"])
CALLS = Counter("demeu_calls_total", "Calls to other services", ["service", "operation", "outcome"])
CALL_SECONDS = Histogram("demeu_call_seconds", "Time of a call to another service", ["service", "operation"])
JOBS = Counter("demeu_jobs_total", "Background jobs", ["job", "outcome"])
REGISTRY_FAILURES = Counter(
    "demeu_registry_failures_total", "Failed ways to a service of a state registry", ["service"]
)
DISK_FREE_SHARE = Gauge("demeu_disk_free_share", "Free share of a watched disk, 0 to 1", ["folder"])
