"""What tests of several apps need."""

from pathlib import Path
from typing import Any

import pytest

from demeu.kernel import calling, signing


@pytest.fixture
def signed_calls(tmp_path: Path, settings: Any) -> Any:
    """Keys of calls: the portal may ask, and the services that it asks are away."""
    signing.make_keys(tmp_path, ["portal", "treasury", "vault"])
    settings.DEMEU_KEYS = tmp_path / "portal"
    calling.keyring.cache_clear()
    yield
    calling.keyring.cache_clear()
