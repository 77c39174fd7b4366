"""Each test has a machine of its own."""

import os
import shutil
import sys
from pathlib import Path

import pytest

import bootstrap
from fresh.machine import Machine, Told


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Machine:
    made = Machine()
    (tmp_path / "src").mkdir()
    (tmp_path / "run.lock").write_text("one==1\n")
    (tmp_path / "test.lock").write_text("one==1\ntwo==2\n")
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    replaced: dict[str, object] = {
        "PROJECT": tmp_path,
        "ENVIRONMENT": tmp_path / ".venv",
        "LOCKS": {"run": tmp_path / "run.lock", "test": tmp_path / "test.lock"},
        "is_there": lambda proof: proof not in made.missing,
        "has_module": lambda name: name in made.modules,
        "display_answers": lambda *_: True,
        "failure": made.failure,
        "exit_code": made.exit_code,
    }
    for name, value in replaced.items():
        monkeypatch.setattr(bootstrap, name, value)
    monkeypatch.setattr(os, "geteuid", lambda: made.user, raising=False)
    monkeypatch.setattr(shutil, "which", lambda name: name if name in made.programs else None)
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(sys, "prefix", sys.base_prefix)  # as if from the system's Python
    return made


@pytest.fixture
def told(capsys: pytest.CaptureFixture[str]) -> Told:
    """What bootstrap wrote to standard error since the last time."""
    return lambda: capsys.readouterr().err
