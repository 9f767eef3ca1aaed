"""Keys of calls; treasury answers by its contract's messages, or not at all."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.core.cache import cache

from demeu.contracts import treasury
from demeu.kernel import calling, signing
from demeu.portal.giving import asking


@pytest.fixture(autouse=True)
def keys(tmp_path: Path, settings: Any) -> Iterator[None]:
    signing.make_keys(tmp_path, ["portal", "treasury"])
    settings.DEMEU_KEYS = tmp_path / "portal"
    calling.keyring.cache_clear()
    cache.clear()
    yield
    calling.keyring.cache_clear()
    cache.clear()


@pytest.fixture
def paying(monkeypatch: pytest.MonkeyPatch) -> list[treasury.GiftStart]:
    """A treasury that opens a gateway's page for each gift; the gifts that it was asked for."""
    asked: list[Any] = []

    def page(row: Any, actor: str) -> treasury.PaymentPage:
        asked.append(row)
        return treasury.PaymentPage(
            gift=row.gift, state="pending", gateway=row.gateway, script_url="", script_params={},
            link_url=f"http://halyk.test/page/{row.gift}", expires_at=datetime(2099, 1, 1, tzinfo=UTC),
        )  # fmt: skip

    def now(gift: UUID, actor: str) -> treasury.Gift | None:
        return None

    monkeypatch.setattr(asking, "payment_page", page)
    monkeypatch.setattr(asking, "gift_now", now)
    return asked
