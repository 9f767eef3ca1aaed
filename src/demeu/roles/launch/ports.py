"""Free TCP ports on the loopback address. A port found free can be taken a moment later: callers must retry."""

import errno
import socket
from collections.abc import Collection

from demeu.roles.launch.trouble import CannotStart

DEFAULT_PORT = 8000
SEARCH_PORTS_MAX = 400


def is_free(port: int) -> bool:
    """Whether ``port`` on 127.0.0.1 can be bound now and nobody answers on it."""
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
    """A port that the kernel says is free now."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def next_free_port(first: int, taken: Collection[int] = ()) -> int:
    """The first free port from ``first`` on that is not in ``taken``."""
    for port in range(first, min(first + SEARCH_PORTS_MAX, 65536)):
        if port not in taken and is_free(port):
            return port
    raise CannotStart(f"No free port from {first} on.", "Set DEMEU_PORT to a port in a free range.")


def first_port(explicit: str | None) -> int:
    """The portal's port: ``DEMEU_PORT`` if set (refused when busy), else 8000 or the next free one."""
    if explicit is None:
        return next_free_port(DEFAULT_PORT)
    if not explicit.isdigit() or not 1 <= int(explicit) <= 65535:
        raise CannotStart(f"DEMEU_PORT={explicit!r} is not a port number.", "Set it to a number from 1 to 65535.")
    if not is_free(int(explicit)):
        raise CannotStart(
            f"Port {explicit} (DEMEU_PORT) is in use by another program.",
            "Stop that program, choose another DEMEU_PORT, or unset it and a free port is chosen.",
        )
    return int(explicit)
