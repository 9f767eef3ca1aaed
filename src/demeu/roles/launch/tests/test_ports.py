"""The port is what the operator asked for, or the next free one; never one that somebody uses."""

import socket
from collections.abc import Iterator
from contextlib import closing

import pytest

from demeu.roles.launch import ports
from demeu.roles.launch.ports import Ports
from demeu.roles.launch.trouble import CannotStart


@pytest.fixture
def busy_port() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def test_an_explicit_busy_port_is_refused_with_a_fix(busy_port: int) -> None:
    with pytest.raises(CannotStart) as refused:
        Ports().take_first(str(busy_port))
    assert str(busy_port) in refused.value.wrong
    assert "DEMEU_PORT" in refused.value.fix


@pytest.mark.parametrize("text", ["", "0", "http", "65536", "-1", "²"])
def test_a_port_that_is_no_port_is_refused(text: str) -> None:
    with pytest.raises(CannotStart):
        Ports().take_first(text)


def test_a_busy_default_port_gives_the_next_free_one(busy_port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ports, "DEFAULT_PORT", busy_port)
    with closing(Ports()) as own:
        assert own.take_first(None) > busy_port


def test_two_platforms_that_start_at_once_never_get_the_same_port() -> None:
    start = ports.free_port()
    with closing(Ports()) as first, closing(Ports()) as second:
        taken = [one.take_next(start) for one in (first, second, first, second)]
        assert len(set(taken)) == 4


def test_a_drawn_port_is_never_one_of_an_outgoing_connection() -> None:
    first = int(ports.OUTGOING.read_text().split()[0])
    drawn = {ports.free_port() for _ in range(50)}
    assert len(drawn) > 40
    assert min(drawn) >= ports.LOWEST_DRAWN and max(drawn) < first


def test_a_port_given_back_can_be_taken_again() -> None:
    with closing(Ports()) as own:
        port = own.take_next(ports.free_port())
    with closing(Ports()) as other:
        assert other.take(port)
