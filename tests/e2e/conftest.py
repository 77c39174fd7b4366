"""The command line, run in this process."""

from pathlib import Path

import pytest

import solved
from backstop import __main__
from backstop.store import BookFile, book_to_json
from e2e.running import Cli, Run
from unit.test_report_book import shop, without


@pytest.fixture
def cli(
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> Cli:
    """Runs a command line in this process, in English, with folders of its own."""
    monkeypatch.setenv("BACKSTOP_CONFIG_DIR", str(tmp_path / "config"))
    monkeypatch.setenv("BACKSTOP_DATA_DIR", str(tmp_path_factory.mktemp("data")))
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG", "BACKSTOP_DEBUG"):
        monkeypatch.delenv(name, raising=False)

    def run(*arguments: object) -> Run:
        code = __main__.main([str(each) for each in arguments])
        captured = capsys.readouterr()
        return Run(code, captured.out, captured.err)

    return run


@pytest.fixture(autouse=True)
def shared_work(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is the same for the same book is worked out once."""
    solved.share_work(monkeypatch)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """The shop as a `book.json`."""
    path = tmp_path / "shop.json"
    path.write_bytes(book_to_json(shop()))
    return path


@pytest.fixture
def book_file(tmp_path: Path) -> Path:
    """The shop as a `.backstop` file."""
    path = tmp_path / "shop.backstop"
    BookFile.create(path, shop()).close()
    return path


@pytest.fixture
def no_lines(tmp_path: Path) -> Path:
    """The shop without anything that could be closed, as a `book.json`."""
    path = tmp_path / "none.json"
    path.write_bytes(
        book_to_json(without("facilities", "planned_draws", "link_groups", "cash_flows"))
    )
    return path
