"""A file kept from version 2, with the book of `v1.json`: it opens today, with its history."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from backstop.store import BookFile, book_from_json
from backstop.store.history import Act, Entry

HERE = Path(__file__).parent
NOON = datetime(2026, 1, 5, 12, tzinfo=UTC)


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    return Path(shutil.copyfile(HERE / "v2.backstop", tmp_path / "v2.backstop"))


def test_the_kept_file_opens_and_holds_its_book(kept: Path) -> None:
    with BookFile.open(kept) as file:
        assert file.book == book_from_json((HERE / "v1.json").read_bytes())


def test_the_kept_file_still_tells_its_history(kept: Path) -> None:
    with BookFile.open(kept, read_only=True) as file:
        first, removed, added, last = file.history()
    assert first == Entry(
        1, NOON, Act.EDIT, "facility", "jiebei", "借呗 <b>x</b>", "limit", 8_000_000, 9_000_000
    )
    assert (removed.act, removed.record, removed.field, removed.after) == (
        "edit",
        "stock",
        "",
        None,
    )
    assert (added.act, added.record, added.before) == ("undo", "stock", None)
    assert added.after == removed.before
    assert (last.act, last.before, last.after) == ("undo", 9_000_000, 8_000_000)
