"""Places for tests: a log folder and key of their own."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from demeu.kernel.checks import broken_invariants


def pytest_configure(config: pytest.Config) -> None:
    """A test that breaks a promise on purpose, or writes one layer without the others, names which may be broken."""
    config.addinivalue_line("markers", "breaks(*names): promises of the books, or their beginnings, left broken")


@pytest.fixture(autouse=True)
def own_log(settings: Any, tmp_path: Path) -> None:
    """Every test writes its own log."""
    settings.DEMEU_TREASURY_LOG = tmp_path / "log"
    settings.DEMEU_TREASURY_LOG_KEY = tmp_path / "log.key"
    settings.DEMEU_TREASURY_SEAL = tmp_path / "seal.pem"


@pytest.fixture(autouse=True)
def no_jobs_left(request: pytest.FixtureRequest) -> None:
    """Jobs of an earlier test do not run in this one: the queue's tables are not emptied between tests."""
    if request.node.get_closest_marker("django_db"):
        request.getfixturevalue("transactional_db")
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM procrastinate_jobs")


@pytest.fixture(autouse=True)
def books_agree(request: pytest.FixtureRequest, no_jobs_left: None) -> Iterator[None]:
    """After every test that wrote, every promise of every app holds."""
    yield
    if request.node.get_closest_marker("django_db"):
        marks = request.node.iter_markers("breaks")
        named = tuple(name for mark in marks for name in mark.args)
        broken = [found for found in broken_invariants() if not found.name.startswith(named or "-")]
        assert broken == []
