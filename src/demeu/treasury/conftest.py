"""Places for tests: a log folder and key of their own."""

from pathlib import Path
from typing import Any

import pytest
from django.db import connection


@pytest.fixture(autouse=True)
def own_log(settings: Any, tmp_path: Path) -> None:
    """Every test writes its own log."""
    settings.DEMEU_TREASURY_LOG = tmp_path / "log"
    settings.DEMEU_TREASURY_LOG_KEY = tmp_path / "log.key"


@pytest.fixture(autouse=True)
def no_jobs_left(request: pytest.FixtureRequest) -> None:
    """Jobs of an earlier test do not run in this one: the queue's tables are not emptied between tests."""
    if request.node.get_closest_marker("django_db"):
        request.getfixturevalue("transactional_db")
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM procrastinate_jobs")
