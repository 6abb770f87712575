"""Start-up file of the kernels that lessons are tested in: no network, and a record of time and memory.

The harness copies it into its own IPYTHONDIR and names the record's file in HEADSTREAM_KERNEL_RECORD.
"""

import json
import os
import sys
import time

from IPython import get_ipython

started = time.monotonic()
refused = []


def is_local(address):
    host = address[0] if isinstance(address, tuple) else address  # a Unix socket's address is its path
    host = host.decode() if isinstance(host, bytes) else host
    return host in (None, "", "localhost", "::1") or host.startswith(("127.", "/", "\0"))


def guard(event, arguments):
    """Refuse a connection or a look-up that leaves the machine. Unlike a patched socket, a lesson cannot undo it."""
    if event in ("socket.connect", "socket.sendto"):
        address = arguments[1]
    elif event in ("socket.getaddrinfo", "socket.gethostbyname"):
        address = arguments[0]
    else:
        return
    if not is_local(address):
        refused.append(f"{event} {address}")
        write_record()
        raise OSError(f"a lesson has no network: {event} {address}")


def peak_megabytes():
    if sys.platform == "win32":
        import psutil

        return psutil.Process().memory_info().peak_wset / 2**20
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (2**20 if sys.platform == "darwin" else 2**10)


def write_record(_result=None):
    record = {"seconds": time.monotonic() - started, "megabytes": peak_megabytes(), "refused": refused}
    with open(os.environ["HEADSTREAM_KERNEL_RECORD"], "w") as file:
        json.dump(record, file)


sys.addaudithook(guard)
get_ipython().events.register("post_run_cell", write_record)
write_record()
