"""Keys of calls for all tests of donors."""

import pytest


@pytest.fixture(autouse=True)
def keys(signed_calls: None) -> None:
    """Every test has them."""
