"""One run of the command line, as tests see it."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from backstop.resources import resource


@dataclass(frozen=True)
class Run:
    """What one command line gave."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Cli = Callable[..., Run]


def assert_refused(run: Run, *parts: str) -> None:
    """One clear line on standard error, nothing else, exit code 2."""
    assert run.code == 2
    assert run.out == ""
    assert run.err.startswith("backstop: ")
    assert run.err.count("\n") == 1
    assert "Traceback" not in run.err
    for part in parts:
        assert part in run.err


def sample(name: str) -> Path:
    return resource("samples", f"{name}.json")
