"""Keys of a portal of its own, and addresses where nobody answers: these pages must serve alone."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.cache import cache
from pytest_django import Settings

from demeu.kernel import calling
from demeu.kernel.signing import make_keys
from demeu.portal.ui import kept_pages
from demeu.roles import topology

NOBODY = "http://127.0.0.1:9"


@pytest.fixture(autouse=True)
def alone(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Calls are signed and reach nobody."""
    folder: Path = tmp_path_factory.getbasetemp() / "catalogue-keys"
    if not folder.exists():
        make_keys(folder, topology.ROLES)
    settings.DEMEU_KEYS = folder / "portal"
    settings.DEMEU_ADDRESSES = dict.fromkeys(topology.ROLES, NOBODY)
    calling.keyring.cache_clear()
    calling._client.cache_clear()
    cache.clear()
    kept_pages.forget()
    yield
    calling.keyring.cache_clear()
    calling._client.cache_clear()
