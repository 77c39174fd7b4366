"""Settings that all tests share.

What starts processes, shows windows or draws books by the hundred is slow by its folder; a single
slow test says so itself. `-m "not slow"` is the fast lane, for while one works.
"""

import os
import sys
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from xdist.remote import Producer
from xdist.scheduler import LoadFileScheduling, Scheduling

from backstop.services import clock
from examples import load_profile

load_profile()

sys.dont_write_bytecode = False  # two workers and many programs would each compile everything anew
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

SLOW_FOLDERS = {
    *("crash", "desktop", "e2e", "fresh", "fuzz"),
    *("paper", "property", "solving", "store"),
}


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """The fast lane does not even import what it will not run."""
    fast = config.getoption("markexpr") == "not slow"
    return True if fast and collection_path.name in SLOW_FOLDERS else None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if item.path.relative_to(here).parts[0] in SLOW_FOLDERS:
            item.add_marker(pytest.mark.slow)


class SharedWork(LoadFileScheduling):  # type: ignore[misc]  # xdist has no types
    """The tests of a file run in one process, which works out once what they share; so do those of
    all files that take samples from `solved`."""

    def _split_scope(self, nodeid: str) -> str:
        file: str = super()._split_scope(nodeid)
        return "solved" if takes_solved(file) else file


@cache
def takes_solved(file: str) -> bool:
    here = Path(__file__).parent
    path = here.parent / file
    shared = here / "e2e" in path.parents  # its command lines do, all of them
    return shared or "import solved" in path.read_text(encoding="utf-8")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> Scheduling | None:
    return SharedWork(config, log) if config.getoption("dist") == "load" else None


REAL_AGE = clock.age_of


@pytest.fixture(autouse=True)
def as_of_today(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every book is as of today, whatever day that is: what a test says stays true tomorrow."""
    monkeypatch.setattr(clock, "age_of", lambda book: 0)


@pytest.fixture
def clock_at(monkeypatch: pytest.MonkeyPatch) -> Callable[[date], None]:
    """Puts the clock to a day, and lets it be asked."""

    def put(day: date) -> None:
        monkeypatch.setattr(clock, "today", lambda: day)
        monkeypatch.setattr(clock, "age_of", REAL_AGE)

    return put
