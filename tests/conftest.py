"""What system and browser tests share: one platform, started once, by the command that an operator uses."""

from collections.abc import Iterator

import pytest

from demeu.roles.launch.live import LivePlatform


@pytest.fixture(scope="session")
def platform() -> Iterator[LivePlatform]:
    """A running demo platform on free ports with its own data; a test that stops a part of it waits for its return."""
    live = LivePlatform()
    try:
        yield live.start()
    finally:
        live.remove()
