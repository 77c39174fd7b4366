"""What is fuzzed: bytes as `book.json`, as a book file, as a statement.

A refusal is a sentence, or a bug.
"""

import os
import tempfile
from datetime import date
from pathlib import Path

from backstop.domain import BadInput, Book, EnvironmentFault
from backstop.domain.money import MOST_MONEY
from backstop.importers import Reading, read_statement
from backstop.importers.rows import LONGEST_TEXT
from backstop.services.repair import examine
from backstop.store import BookFile, book_from_json, book_to_json
from backstop.telling import words_for

CORPUS = Path(__file__).parent / "corpus"
_FOLDER = Path("/dev/shm") if os.access("/dev/shm", os.W_OK) else Path(tempfile.gettempdir())


def try_json(data: bytes) -> Book | None:
    """The book, written and read again without a difference; None for a refusal in words."""
    try:
        book = book_from_json(data)
    except EnvironmentFault as fault:
        said_in_both_languages(fault)
        return None
    text = book_to_json(book)
    assert book_to_json(book_from_json(text)) == text
    return book


def try_file(data: bytes) -> Book | None:
    """The book in a file of these bytes, which must not change; None for a refusal in words."""
    with tempfile.TemporaryDirectory(dir=_FOLDER) as folder:
        path = Path(folder) / "fuzzed.backstop"
        path.write_bytes(data)
        try:
            with BookFile.open(path, read_only=True) as file:
                file.history()
                return file.book
        except EnvironmentFault as fault:
            said_in_both_languages(fault)
            return None
        finally:
            assert path.read_bytes() == data
            assert [each.name for each in Path(folder).iterdir()] == [path.name]


def try_repair(data: bytes) -> Book | None:
    """What a repair of these bytes would give, every fix said; None for a refusal in words."""
    with tempfile.TemporaryDirectory(dir=_FOLDER) as folder:
        path = Path(folder) / "fuzzed.backstop"
        path.write_bytes(data)
        try:
            repaired = examine(path, today=date(2026, 3, 1))
        except EnvironmentFault as fault:
            said_in_both_languages(fault)
            return None
        finally:
            assert path.read_bytes() == data
        for fix in repaired.fixes:
            assert words_for("en").tell(fix) != words_for("zh_CN").tell(fix)
        return repaired.book


def try_statement(data: bytes) -> Reading | None:
    """The rows in these bytes, each within bounds; None for a refusal in words."""
    try:
        reading = read_statement(data).reading
    except EnvironmentFault as fault:
        said_in_both_languages(fault)
        return None
    for row in reading.rows:
        assert 0 <= row.amount <= MOST_MONEY
        assert len(row.counterparty) <= LONGEST_TEXT
    for line in reading.refused:
        said_in_both_languages(BadInput(line.reason))
    return reading


def said_in_both_languages(fault: EnvironmentFault) -> None:
    """A sentence that cannot be said would be as bad as none."""
    for language in ("en", "zh_CN"):
        assert words_for(language).tell(fault.message)


TARGETS = {"json": try_json, "file": try_file, "repair": try_repair, "statement": try_statement}
"""A repair begins with the corpus of files."""
