"""A case that wants money, and Halyk's stand-in in place of the gateway."""

import pytest

from demeu.treasury.gateways import registry
from demeu.treasury.gateways.tests.stand_in import Halyk
from demeu.treasury.tests.cast import Story


@pytest.fixture
def halyk(monkeypatch: pytest.MonkeyPatch) -> Halyk:
    """The gateway that tests make say things."""
    stand_in = Halyk()
    monkeypatch.setattr(registry, "halyk_gateway", lambda: stand_in.gateway)
    return stand_in


@pytest.fixture
def story() -> Story:
    """A declared need."""
    found = Story()
    found.declare()
    return found
