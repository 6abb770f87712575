"""What a class asks of a server: python tests/class_load.py FOLDER PAGE [--clients 200]

Serves FOLDER on this machine with Python's static server, and has many clients fetch PAGE with all that it loads,
all at once, each over one connection, as a browser with an empty cache. Prints how long they waited for the last byte.
"""

from __future__ import annotations

import argparse
import asyncio
import re
import sys
import time
from functools import partial
from html.parser import HTMLParser
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from multiprocessing import Pipe, get_context
from multiprocessing.connection import Connection
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

LOADED = {"script": "src", "img": "src", "link": "href", "source": "src", "iframe": "src"}


class Page(HTMLParser):
    """Collects the addresses of what a page loads by itself; a link to another page is none."""

    def __init__(self) -> None:
        super().__init__()
        self.loads: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        is_loaded = tag != "link" or {"stylesheet", "icon", "preload", "modulepreload"} & set(
            (given.get("rel") or "").split()
        )
        if is_loaded and (address := given.get(LOADED.get(tag, ""))):
            self.loads.append(address)


def all_loaded(folder: Path, page: str) -> list[str]:
    """The page and all files of `folder` that it loads, each once: also what style sheets name, all their fonts."""
    found, left = [], [page]
    while left:
        address = left.pop(0)
        file = folder / unquote(address)
        if address in found or not file.is_file():
            continue
        found.append(address)
        loads: list[str] = []
        if file.suffix == ".html":
            reader = Page()
            reader.feed(file.read_text("utf-8"))
            loads = reader.loads
        elif file.suffix == ".css":
            loads = re.findall(r"url\([\"']?([^\"')]+)", file.read_text("utf-8"))
        left += [urljoin(address, urlsplit(load).path) for load in loads if not urlsplit(load).scheme]
    return found


class Server(ThreadingHTTPServer):
    request_queue_size = 512  # with Python's own 5, connections of a class that comes at once are reset


class Handler(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"  # several files over one connection

    def log_message(self, *_: object) -> None:
        """Nothing: a line a request would be measured too."""


def serve(folder: Path, told: Connection) -> None:
    with Server(("127.0.0.1", 0), partial(Handler, directory=folder)) as server:
        told.send(server.server_port)
        server.serve_forever()


async def fetch(port: int, addresses: list[str]) -> tuple[float, int]:
    """Fetch all addresses over one connection: seconds to the last byte, and bytes. AssertionError if one fails."""
    start, total = time.monotonic(), 0
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    for address in addresses:
        writer.write(f"GET /{address} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        assert " 200 " in head.splitlines()[0], f"{address}: {head.splitlines()[0]}"
        (length,) = re.findall(r"(?i)^content-length: (\d+)", head, re.M)
        await reader.readexactly(int(length))
        total += len(head) + int(length)
    writer.close()
    return time.monotonic() - start, total


async def fetch_all(port: int, addresses: list[str], clients: int) -> list[tuple[float, int]]:
    return await asyncio.gather(*(fetch(port, addresses) for _ in range(clients)))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("page", help="relative to the folder, such as lessons/20-attribution-graphs.html")
    parser.add_argument("--clients", type=int, default=200)
    given = parser.parse_args()
    addresses = all_loaded(given.folder, given.page)
    if not addresses:
        sys.exit(f"page: expected a file in {given.folder}, got {given.page!r}")
    spawning, (mine, theirs) = get_context("spawn"), Pipe()
    server = spawning.Process(target=serve, args=(given.folder, theirs), daemon=True)
    server.start()
    port, start = mine.recv(), time.monotonic()
    found = asyncio.run(fetch_all(port, addresses, given.clients))
    seconds = time.monotonic() - start
    server.terminate()
    waits = sorted(wait for wait, _ in found)
    size, sent = found[0][1], sum(size for _, size in found)
    print(f"{given.page} with all it loads: {len(addresses)} files, {size / 1e6:.2f} MB")
    print(f"{given.clients} clients at once: {sent / 1e6:.0f} MB in {seconds:.1f} s, {sent / 1e6 / seconds:.0f} MB/s")
    middle, most = waits[len(waits) // 2], waits[int(len(waits) * 0.95)]
    print(f"last byte after {middle:.1f} s (median), {most:.1f} s (95 %), {waits[-1]:.1f} s (all)")


if __name__ == "__main__":
    main()
