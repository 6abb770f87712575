"""A closed room for a student's notebook: no network, no other process or file of yours, and limits.

On Linux the kernel closes it: namespaces (the program `unshare`) for network and processes, Landlock for files. Where
one is not to be had, `gaps` says in words what stays open. The limits are the system's own for one process each.
"""

from __future__ import annotations

import ctypes
import os
import resource
import shutil
import subprocess
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path

OWN = ("user", "map-current-user", "net", "ipc", "pid", "fork", "kill-child", "mount-proc")
NAMESPACES = ("unshare", *(f"--{option}" for option in OWN))

# From linux/landlock.h: the numbers of its three system calls, alike on all machines, and rights on files.
CREATE, ADD, RESTRICT = 444, 445, 446
EXECUTE, READ_FILE, READ_DIR = 1 << 0, 1 << 2, 1 << 3
ALL_RIGHTS = (1 << 15) - 1  # up to the third version, Linux 6.2: before, a file could be cut to nothing
NO_TCP, NO_SIGNALS = 3, 3  # since the versions 4 and 6


@dataclass(frozen=True)
class Limits:
    """seconds: of the whole notebook. cell_seconds: of one cell, which then is interrupted. memory: bytes."""

    seconds: float = 600
    cell_seconds: float = 120
    memory: int = 6 * 2**30


@cache
def namespaces() -> tuple[str, ...]:
    """The beginning of a command that runs in namespaces of its own; empty where the system gives none."""
    if sys.platform != "linux" or not shutil.which("unshare"):
        return ()
    return NAMESPACES if subprocess.run([*NAMESPACES, "true"], capture_output=True).returncode == 0 else ()


@cache
def landlock() -> int:
    """The version of Landlock here; 0 where it is none that is of use."""
    if sys.platform != "linux":
        return 0
    version = ctypes.CDLL(None).syscall(CREATE, None, 0, 1)
    return version if version >= 3 else 0


def gaps() -> list[str]:
    """What a notebook that is made to do harm could do here: one sentence each."""
    found = []
    if not namespaces():
        found.append("no namespaces here: it can end other processes of yours, and reach the network past Python")
    if not landlock():
        found.append("no Landlock here: it can read and write your files; if it changes this package, grading ends")
    if sys.platform == "darwin":
        found.append("macOS sets no limit to memory, and nobody has tried grading there yet: look at the first rows")
    return found


def limit(limits: Limits) -> None:
    """Set this process' limits, for it and all that it starts."""
    seconds = int(limits.seconds) + 1
    most_of = {"RLIMIT_CPU": seconds * (os.cpu_count() or 1), "RLIMIT_FSIZE": 2**30, "RLIMIT_CORE": 0}
    if sys.platform != "darwin":  # which refuses a limit below what each process has reserved from its start
        most_of["RLIMIT_AS"] = limits.memory
    for name, most in most_of.items():
        _, hard = resource.getrlimit(getattr(resource, name))
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(getattr(resource, name), (most, most))


class _Ruleset(ctypes.Structure):
    _fields_ = (("files", ctypes.c_uint64), ("network", ctypes.c_uint64), ("scoped", ctypes.c_uint64))


class _Beneath(ctypes.Structure):
    _pack_ = 1
    _fields_ = (("rights", ctypes.c_uint64), ("folder", ctypes.c_int32))


def close(folder: Path) -> None:
    """From here on this process and its children write in `folder` alone, and read there and what Python is made of.

    Raises OSError if the system refuses.
    """
    version = landlock()
    if not version:
        return
    system = ctypes.CDLL(None, use_errno=True)
    size = 8 if version < 4 else 16 if version < 6 else 24
    asked = _Ruleset(ALL_RIGHTS, NO_TCP, NO_SIGNALS)
    rules = _done(system.syscall(CREATE, ctypes.byref(asked), size, 0))
    readable = EXECUTE | READ_FILE | READ_DIR
    for path, rights in [*((path, readable) for path in _readable()), (folder, ALL_RIGHTS), (Path("/dev"), ALL_RIGHTS)]:
        place = os.open(path, os.O_PATH | os.O_DIRECTORY)
        rule = _Beneath(rights, place)
        _done(system.syscall(ADD, rules, 1, ctypes.byref(rule), 0))
        os.close(place)
    _done(system.prctl(38, 1, 0, 0, 0))  # PR_SET_NO_NEW_PRIVS, which the next asks for
    _done(system.syscall(RESTRICT, rules, 0))


def _done(result: int) -> int:
    if result < 0:
        raise OSError(ctypes.get_errno(), f"Landlock: {os.strerror(ctypes.get_errno())}")
    return result


def _readable() -> list[Path]:
    """The folders that a kernel needs: the system's, Python's and its packages', and this package."""
    system = ["/usr", "/lib", "/lib64", "/bin", "/sbin", "/etc", "/proc", "/sys", "/opt", "/nix"]
    own = [sys.prefix, sys.base_prefix, sys.executable, *filter(None, sys.path)]
    resolved = [Path(name).resolve() for name in (*system, *own)]
    return sorted({path if path.is_dir() else path.parent for path in resolved if path.exists()})
