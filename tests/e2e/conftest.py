"""The command line, run in this process."""

from pathlib import Path

import pytest

from backstop import __main__
from e2e.running import Cli, Run


@pytest.fixture
def cli(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Cli:
    """Runs a command line in this process, in English, with settings of its own."""
    monkeypatch.setenv("BACKSTOP_CONFIG_DIR", str(tmp_path / "config"))
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG", "BACKSTOP_DEBUG"):
        monkeypatch.delenv(name, raising=False)

    def run(*arguments: object) -> Run:
        code = __main__.main([str(each) for each in arguments])
        captured = capsys.readouterr()
        return Run(code, captured.out, captured.err)

    return run
