"""Keys of calls for the tests of live pages: the services that are asked are away."""

from pathlib import Path
from typing import Any

import pytest

from demeu.kernel import calling, signing


@pytest.fixture(autouse=True)
def keys(tmp_path: Path, settings: Any) -> Any:
    signing.make_keys(tmp_path, ["portal", "treasury", "vault"])
    settings.DEMEU_KEYS = tmp_path / "portal"
    calling.keyring.cache_clear()
    yield
    calling.keyring.cache_clear()
