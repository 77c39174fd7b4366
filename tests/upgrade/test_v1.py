"""A file kept from version 1, as that version wrote it: it opens today, and is still its book."""

import json
import shutil
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from backstop.domain import RateChange
from backstop.store import BookFile, book_from_json

HERE = Path(__file__).parent
BOOK = book_from_json((HERE / "v1.json").read_bytes())


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """A copy, so that no test can change the original."""
    return Path(shutil.copyfile(HERE / "v1.backstop", tmp_path / "v1.backstop"))


def test_the_kept_file_opens_for_reading_and_is_not_touched(kept: Path) -> None:
    before = kept.read_bytes()
    with BookFile.open(kept, read_only=True) as file:
        assert file.book == BOOK
        assert file.history() == []
    assert kept.read_bytes() == before
    assert [each.name for each in kept.parent.iterdir()] == [kept.name]


def test_the_kept_file_is_upgraded_after_a_proved_copy_was_made(kept: Path) -> None:
    with BookFile.open(kept) as file:
        assert file.book == BOOK
        assert not file.read_only
    copy = kept.with_name("v1.before-upgrade-1.backstop")
    assert {each.name for each in kept.parent.iterdir()} == {kept.name, copy.name}
    with BookFile.open(copy, read_only=True) as file:
        assert file.book == BOOK


def test_the_kept_file_takes_a_change(kept: Path) -> None:
    with BookFile.open(kept) as file:
        changed = file.book.changed(title="Changed").without("jiebei")
        file.save(changed)
    with BookFile.open(kept) as file:
        assert file.book == changed


def test_the_one_change_of_a_rate_is_the_first_of_a_list(kept: Path) -> None:
    document = json.loads((HERE / "v1.json").read_text(encoding="utf-8"))
    (changing,) = [each for each in document["facilities"] if each["rate_from"]]
    with BookFile.open(kept) as file:
        (change,) = next(f for f in file.book.facilities if f.id == changing["id"]).rate_changes
    assert change == RateChange(
        from_day=date.fromisoformat(changing["rate_from"]),
        percent=Decimal(changing["rate_then_percent"]),
    )
