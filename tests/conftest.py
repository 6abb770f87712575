"""What all tests share."""

import os
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

import headstream as hs
from tests import units
from tests.lessons import harness

# Workers, and the kernels they start, share the cores: with a thread a core in each they would wait for each other.
os.environ.setdefault("OMP_NUM_THREADS", "1")

# The same examples at every run in CI, and no example is too slow on a busy machine.
settings.register_profile("headstream", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("headstream")


@pytest.fixture(scope="session")
def shipped() -> Callable[[str], Any]:
    """shipped(name): a shipped model, loaded once for all tests; leave it as it is."""
    return cache(hs.load)


@pytest.fixture(scope="session")
def python(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[str | Path]]:
    """What runs notebooks, see `harness.warmed`; one process for all workers."""
    folder = tmp_path_factory.getbasetemp()
    with harness.warmed(folder.parent if "PYTEST_XDIST_WORKER" in os.environ else folder) as python:
        yield python


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Slow files that are left out are not even imported, which takes half a minute for all."""
    name = collection_path.relative_to(config.rootpath).as_posix() + "/" * collection_path.is_dir()
    return (config.option.markexpr == "not slow" and name.startswith(units.SLOW)) or None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes longest comes first."""
    for item in items:
        if item.nodeid.startswith(units.SLOW):
            item.add_marker(pytest.mark.slow)
    items.sort(key=lambda item: units.place(item.nodeid))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> units.Units | None:
    return units.Units(config, log) if config.getoption("dist") == "loadfile" else None


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """What tests measured, whichever workers ran them: a table of the lessons, and lines of text."""
    reports = [report for group in ("passed", "failed") for report in terminalreporter.stats.get(group, [])]
    found = [(name, value) for report in reports for name, value in report.user_properties]
    lessons = sorted(value for name, value in found if name == "lesson")
    if lessons:
        terminalreporter.section("lessons")
        terminalreporter.write_line(f"{'lesson':24}{'seconds':>10}{'peak MB':>10}")
        for lesson, seconds, megabytes in lessons:
            terminalreporter.write_line(f"{lesson:24}{seconds:10.1f}{megabytes:10.0f}")
    for line in (value for name, value in found if name == "measured"):
        terminalreporter.write_line(line)
