"""Free TCP ports on the loopback address, without races between platforms that start at the same moment.

A port is marked as ours by an abstract socket of the same number, which the kernel drops when the launcher ends.
"""

import errno
import secrets
import socket
from pathlib import Path

from demeu.roles.launch.trouble import CannotStart

DEFAULT_PORT = 8000
SEARCH_PORTS_MAX = 400
LOWEST_DRAWN = 12_000
OUTGOING, FIRST_OUTGOING = Path("/proc/sys/net/ipv4/ip_local_port_range"), 32_768


def is_free(port: int) -> bool:
    """Whether a server could listen on 127.0.0.1:``port`` now."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
            probe.listen(1)
        except OSError as error:
            if error.errno in (errno.EADDRINUSE, errno.EACCES):
                return False
            raise
    return True


def free_port() -> int:
    """A port that is free now; another program may take it a moment later.

    None that the kernel gives to outgoing connections: one of these could hold it while its server starts again.
    """
    for _ in range(SEARCH_PORTS_MAX):
        port = LOWEST_DRAWN + secrets.randbelow(_first_outgoing() - LOWEST_DRAWN)
        if is_free(port):
            return port
    raise CannotStart(f"No free port from {LOWEST_DRAWN} on.", "Stop programs that listen there.")


def _first_outgoing() -> int:
    try:
        return max(int(OUTGOING.read_text().split()[0]), LOWEST_DRAWN + SEARCH_PORTS_MAX)
    except OSError:
        return FIRST_OUTGOING


class Ports:
    """The ports of one platform, marked for as long as this object lives."""

    def __init__(self) -> None:
        self._marks: dict[int, socket.socket] = {}

    def take(self, port: int) -> bool:
        """Marks ``port`` as ours; false when another platform has it or a program listens on it."""
        mark = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            mark.bind(f"\0demeu-port-{port}")
        except OSError:
            mark.close()
            return False
        if not is_free(port):
            mark.close()
            return False
        self._marks[port] = mark
        return True

    def take_next(self, first: int) -> int:
        """Takes the first port from ``first`` on that can be had."""
        for port in range(first, min(first + SEARCH_PORTS_MAX, 65536)):
            if self.take(port):
                return port
        raise CannotStart(f"No free port from {first} on.", "Set DEMEU_PORT to a port in a free range.")

    def take_first(self, explicit: str | None) -> int:
        """The portal's port: ``DEMEU_PORT`` if set (refused when busy), else 8000 or the next free one."""
        if explicit is None:
            return self.take_next(DEFAULT_PORT)
        if not explicit.isascii() or not explicit.isdigit() or not 1 <= int(explicit) <= 65535:
            raise CannotStart(f"DEMEU_PORT={explicit!r} is not a port number.", "Set it to a number from 1 to 65535.")
        if not self.take(int(explicit)):
            raise CannotStart(
                f"Port {explicit} (DEMEU_PORT) is in use by another program.",
                "Stop that program, choose another DEMEU_PORT, or unset it and a free port is chosen.",
            )
        return int(explicit)

    def close(self) -> None:
        """Gives all ports back."""
        for mark in self._marks.values():
            mark.close()
        self._marks.clear()
