"""The port is what the operator asked for, or the next free one; never one that somebody uses."""

import socket
from collections.abc import Iterator

import pytest

from demeu.roles.launch import ports
from demeu.roles.launch.trouble import CannotStart


@pytest.fixture
def busy_port() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def test_an_explicit_busy_port_is_refused_with_a_fix(busy_port: int) -> None:
    with pytest.raises(CannotStart) as refused:
        ports.first_port(str(busy_port))
    assert str(busy_port) in refused.value.wrong
    assert "DEMEU_PORT" in refused.value.fix


@pytest.mark.parametrize("text", ["", "0", "http", "65536", "-1"])
def test_a_port_that_is_no_port_is_refused(text: str) -> None:
    with pytest.raises(CannotStart):
        ports.first_port(text)


def test_a_busy_default_port_gives_the_next_free_one(busy_port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ports, "DEFAULT_PORT", busy_port)
    assert ports.first_port(None) > busy_port


def test_a_taken_port_is_passed_over() -> None:
    first = ports.free_port()
    assert ports.next_free_port(first, taken={first}) > first
