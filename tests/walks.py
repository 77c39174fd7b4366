"""The walks of `docs/architecture.md`, and the way in which a run of the program passes them."""

import re
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "backstop"
PAGE = ROOT / "docs" / "architecture.md"
STOP = re.compile(r"^\d+\. `(?P<file>[^`]+)` · `(?P<function>[^`]+)`(?P<rest>.*)$", re.M)


@dataclass(frozen=True)
class Stop:
    """A function of a module; on a worker thread it cannot be seen from the main one."""

    file: str
    function: str
    on_worker: bool


def walk(title: str) -> list[Stop]:
    """The stops below this heading."""
    _, found, rest = PAGE.read_text(encoding="utf-8").partition(f"### {title}\n")
    assert found, f"no walk is called “{title}”"
    stops = STOP.finditer(rest.partition("\n#")[0])
    return [Stop(s["file"], s["function"], "on a worker thread" in s["rest"]) for s in stops]


def on_main_thread(stops: list[Stop]) -> list[Stop]:
    """The stops that `calls` can see."""
    return [each for each in stops if not each.on_worker]


@contextmanager
def calls() -> Iterator[list[tuple[str, str]]]:
    """Files (inside the source) and functions in the order of their calls, in this thread and in
    those that Python starts meanwhile."""
    found: list[tuple[str, str]] = []
    folder = f"{SOURCE}/"

    def note(frame: FrameType, event: str, _: object) -> None:
        if event == "call" and frame.f_code.co_filename.startswith(folder):
            file = frame.f_code.co_filename.removeprefix(folder)
            found.append((file, frame.f_code.co_qualname))

    before = sys.getprofile()
    sys.setprofile(note)
    threading.setprofile(note)
    try:
        yield found
    finally:
        sys.setprofile(before)
        threading.setprofile(None)


def missed(stops: list[Stop], passed: list[tuple[str, str]]) -> list[Stop]:
    """The stops that were not passed after the ones before them."""
    rest = iter(passed)
    return [each for each in stops if (each.file, each.function) not in rest]
