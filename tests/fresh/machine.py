"""A machine as `packaging/bootstrap.py` finds it, and what was done to it: nothing is fetched and
nothing is installed. The proof on a really bare one is `packaging/prove-bare-root.sh`.
"""

import sys
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest

import bootstrap

linux_only = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="about Linux")

Told = Callable[[], str]


@dataclass
class Machine:
    """A machine as bootstrap sees it: what is on it, who uses it, and what was done to it."""

    missing: set[str] = field(default_factory=set)
    programs: set[str] = field(default_factory=lambda: {"apt-get"})
    modules: set[str] = field(default_factory=lambda: {"ensurepip", "pip"})
    user: int = 1000
    complaint: str = ""
    remedied: bool = True
    done: list[list[str]] = field(default_factory=list)

    def failure(self, command: list[str], shown: bool = False, **environ: str) -> str:
        """Stands for the tools: notes the command, and does what matters of it."""
        self.done.append(list(command))
        if "venv" in command:
            bootstrap.environment_python().parent.mkdir(parents=True)
            bootstrap.environment_python().touch()
            bootstrap.folder("purelib").mkdir(parents=True)
        if "apt-get" in command and "install" in command and self.remedied:
            self.missing.clear()
            self.modules.add("ensurepip")
        return self.complaint

    def exit_code(self, command: list[str], *_: object) -> int:
        self.done.append(list(command))
        return 0

    def commands(self, word: str) -> list[list[str]]:
        return [command for command in self.done if word in command]
