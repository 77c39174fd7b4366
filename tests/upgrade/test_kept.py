"""Files kept from version 3 on, each with the book that it holds: they open today."""

import re
import shutil
from pathlib import Path

import msgspec
import pytest

from backstop.domain import Book, Record, Tranche
from backstop.store import BookFile, book_from_json, book_to_json
from backstop.store.layout import FILE_VERSION

HERE = Path(__file__).parent
BOOKS = {int(re.sub(r"\D", "", path.stem)): path for path in HERE.glob("v*.json")}
KEPT = pytest.mark.parametrize("version", range(3, FILE_VERSION + 1))


@KEPT
def test_a_kept_file_opens_and_holds_its_book(version: int, tmp_path: Path) -> None:
    kept = Path(shutil.copyfile(HERE / f"v{version}.backstop", tmp_path / "kept.backstop"))
    before = kept.read_bytes()
    with BookFile.open(kept, read_only=True) as file:
        assert file.book == book_from_json(BOOKS[version].read_bytes())
        assert len(file.history()) == 4
    assert kept.read_bytes() == before


def test_the_newest_book_is_written_as_it_was_kept() -> None:
    written = BOOKS[FILE_VERSION].read_bytes()
    assert book_to_json(book_from_json(written)) == written


def test_the_newest_book_uses_every_field() -> None:
    book = book_from_json(BOOKS[FILE_VERSION].read_bytes())
    for kind in {type(each) for each in book.records()} | {Tranche}:
        records = [each for each in everything(book) if type(each) is kind]
        for field in msgspec.structs.fields(kind):
            if field.required:
                continue
            assert any(getattr(r, field.name) != field.default for r in records), field.name


def everything(book: Book) -> list[Record]:
    return [*book.records(), *(t for f in book.facilities for t in f.tranches)]
