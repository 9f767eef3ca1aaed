"""Prometheus figures of messages: how many were handed over on which channel, how soon. No person, no text."""

from prometheus_client import Histogram

HANDED_OVER = Histogram(
    "demeu_messages_handed_over_seconds",
    "From the moment a message was due until its gateway took it",
    ["channel"],
    buckets=(0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 3600, 14400),
)


def handed_over(channel: str, after_s: float) -> None:
    """Count one message."""
    HANDED_OVER.labels(channel).observe(max(0.0, after_s))
