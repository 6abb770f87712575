"""A process with no network: what its Python asks for outside this machine is refused."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any


def refuse_network(who: str, noted: Callable[[str], None] = lambda asked: None) -> None:
    """From here on, raise OSError for a connection or a look-up that leaves the machine. It cannot be undone.

    who: whom the error tells of, "a lesson". noted: is told each try, before the error.
    """

    def guard(event: str, arguments: tuple[Any, ...]) -> None:
        if event in ("socket.connect", "socket.sendto"):
            address = arguments[1]
        elif event in ("socket.getaddrinfo", "socket.gethostbyname"):
            address = arguments[0]
        else:
            return
        if not _is_local(address):
            noted(f"{event} {address}")
            raise OSError(f"{who} has no network: {event} {address}")

    sys.addaudithook(guard)  # unlike a patched socket, it is there for good


def _is_local(address: Any) -> bool:
    host = address[0] if isinstance(address, tuple) else address  # a Unix socket's address is its path
    host = host.decode() if isinstance(host, bytes) else host
    return host in (None, "", "localhost", "::1") or host.startswith(("127.", "/", "\0"))
