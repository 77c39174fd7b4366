"""A file kept from version 1: it opens today, and is still the book that was put into it."""

import shutil
from pathlib import Path

import msgspec
import pytest

from backstop.domain import Book, Facility, Record, Tranche
from backstop.store import BookFile, book_from_json, book_to_json

HERE = Path(__file__).parent


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """A copy, so that no test can change the original."""
    return Path(shutil.copyfile(HERE / "v1.backstop", tmp_path / "v1.backstop"))


def test_the_kept_file_opens_for_reading_and_is_not_touched(kept: Path) -> None:
    before = kept.read_bytes()
    with BookFile.open(kept, read_only=True) as file:
        assert book_to_json(file.book) == (HERE / "v1.json").read_bytes()
        assert file.history() == []
    assert kept.read_bytes() == before
    assert [each.name for each in kept.parent.iterdir()] == [kept.name]


def test_the_kept_file_is_upgraded_after_a_proved_copy_was_made(kept: Path) -> None:
    with BookFile.open(kept) as file:
        assert book_to_json(file.book) == (HERE / "v1.json").read_bytes()
        assert not file.read_only
    copy = kept.with_name("v1.before-upgrade-1.backstop")
    assert {each.name for each in kept.parent.iterdir()} == {kept.name, copy.name}
    with BookFile.open(copy, read_only=True) as file:
        assert book_to_json(file.book) == (HERE / "v1.json").read_bytes()


def test_the_kept_file_takes_a_change(kept: Path) -> None:
    with BookFile.open(kept) as file:
        changed = file.book.changed(title="Changed").without("jiebei")
        file.save(changed)
    with BookFile.open(kept) as file:
        assert file.book == changed


def test_the_kept_book_uses_every_field_of_its_version() -> None:
    book = book_from_json((HERE / "v1.json").read_bytes())
    for kind in {type(each) for each in book.records()} | {Tranche}:
        records = [each for each in everything(book) if type(each) is kind]
        for field in msgspec.structs.fields(kind):
            if field.required:
                continue
            assert any(getattr(r, field.name) != field.default for r in records), field.name


def everything(book: Book) -> list[Record]:
    draws = [t for f in book.facilities if isinstance(f, Facility) for t in f.tranches]
    return [*book.records(), *draws]
