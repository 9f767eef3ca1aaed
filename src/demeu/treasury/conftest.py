"""Places for tests: a log folder and key of their own."""

from pathlib import Path
from typing import Any

import pytest


@pytest.fixture(autouse=True)
def own_log(settings: Any, tmp_path: Path) -> None:
    """Every test writes its own log."""
    settings.DEMEU_TREASURY_LOG = tmp_path / "log"
    settings.DEMEU_TREASURY_LOG_KEY = tmp_path / "log.key"
