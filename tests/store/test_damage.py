"""Damage anywhere in the file: it is told, or it made no difference; never a wrong book."""

import os
import random
from pathlib import Path

import pytest

from backstop.domain import Book, EnvironmentFault
from backstop.store import BookFile, book_to_json

PAGE = 4096


def told_or_harmless(path: Path, book: Book) -> bool:
    """Whether a damaged file is refused; if not, it must give the very same book."""
    before = path.read_bytes()
    try:
        with BookFile.open(path) as file:
            assert book_to_json(file.book) == book_to_json(book)
        return False
    except EnvironmentFault:
        return True
    finally:
        assert path.read_bytes() == before


def pages_of(path: Path) -> int:
    return path.stat().st_size // PAGE


def test_a_file_cut_at_any_page_is_refused(book_path: Path, book: Book) -> None:
    for page in reversed(range(pages_of(book_path))):
        os.truncate(book_path, page * PAGE)
        assert told_or_harmless(book_path, book)


@pytest.mark.parametrize("filling", [b"\x00", b"\xff", b"\x0d"], ids=["zeros", "ones", "leaf"])
def test_a_page_of_garbage_is_refused(book_path: Path, book: Book, filling: bytes) -> None:
    whole = book_path.read_bytes()
    for page in range(pages_of(book_path)):
        book_path.write_bytes(whole[: page * PAGE] + filling * PAGE + whole[(page + 1) * PAGE :])
        assert told_or_harmless(book_path, book)


def test_a_flipped_bit_never_gives_another_book(book_path: Path, book: Book) -> None:
    whole = bytearray(book_path.read_bytes())
    used = [place for place, byte in enumerate(whole) if byte]
    chosen = random.Random(20260105).sample(used, 300)
    refused = 0
    for place in chosen:
        damaged = bytearray(whole)
        damaged[place] ^= 1 << place % 8
        book_path.write_bytes(damaged)
        refused += told_or_harmless(book_path, book)
    assert refused > 200


def test_a_flipped_amount_is_noticed_though_sqlite_finds_nothing_wrong(
    book_path: Path, book: Book
) -> None:
    whole = book_path.read_bytes()
    amount = (8_000_000).to_bytes(3, "big")
    assert whole.count(amount) == 1
    book_path.write_bytes(whole.replace(amount, (8_000_001).to_bytes(3, "big")))
    assert told_or_harmless(book_path, book)
