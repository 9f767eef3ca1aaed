"""The one lock under which the funding of needs changes, so that no need is ever given more than it asks for."""

from django.db import connection

FUNDING_LOCK = 7_401_002


def lock_funding() -> None:
    """Wait until nobody else changes what items may take or have got; held until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [FUNDING_LOCK])
