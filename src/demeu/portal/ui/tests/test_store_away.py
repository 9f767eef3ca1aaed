"""While the database is away pages say so instead of failing."""

import pytest
from django.db import OperationalError
from django.test import RequestFactory

from demeu.portal.ui.problems import RefusalMiddleware


def test_a_store_that_is_away_is_a_page_to_come_back_to(rf: RequestFactory) -> None:
    answer = RefusalMiddleware(lambda request: pytest.fail("not asked")).process_exception(
        rf.get("/cases/"), OperationalError("the database system is starting up")
    )
    assert answer is not None
    assert (answer.status_code, answer["Retry-After"]) == (503, "5")
    assert "Хранилище не отвечает".encode() in answer.content


def test_a_bug_stays_a_bug(rf: RequestFactory) -> None:
    middleware = RefusalMiddleware(lambda request: pytest.fail("not asked"))
    assert middleware.process_exception(rf.get("/cases/"), ZeroDivisionError()) is None


def test_an_address_with_nul_leads_nowhere(rf: RequestFactory) -> None:
    middleware = RefusalMiddleware(lambda request: pytest.fail("not asked"))
    assert middleware(rf.get("/cases/%00/")).status_code == 404
