"""A file kept from version 3: it opens today, and holds every field that this version has."""

import shutil
from pathlib import Path

import msgspec
import pytest

from backstop.domain import Book, Record, Tranche
from backstop.store import BookFile, book_from_json, book_to_json

HERE = Path(__file__).parent
WRITTEN = (HERE / "v3.json").read_bytes()


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    return Path(shutil.copyfile(HERE / "v3.backstop", tmp_path / "v3.backstop"))


def test_the_kept_file_opens_and_holds_its_book(kept: Path) -> None:
    before = kept.read_bytes()
    with BookFile.open(kept, read_only=True) as file:
        assert book_to_json(file.book) == WRITTEN
        assert len(file.history()) == 4
    assert kept.read_bytes() == before


def test_the_kept_book_uses_every_field_of_its_version() -> None:
    book = book_from_json(WRITTEN)
    for kind in {type(each) for each in book.records()} | {Tranche}:
        records = [each for each in everything(book) if type(each) is kind]
        for field in msgspec.structs.fields(kind):
            if field.required:
                continue
            assert any(getattr(r, field.name) != field.default for r in records), field.name


def everything(book: Book) -> list[Record]:
    return [*book.records(), *(t for f in book.facilities for t in f.tranches)]
