"""Keep a file of the present version for ever: `python tests/upgrade/keep.py`.

The book is that of `vN.json`, with a history. Run it once, when a version is about to be released;
never again with a later program.
"""

from datetime import UTC, datetime
from pathlib import Path

from backstop.store import BookFile, book_from_json
from backstop.store.history import Act, Step
from backstop.store.layout import FILE_VERSION

HERE = Path(__file__).parent
NOON = datetime(2026, 1, 5, 12, tzinfo=UTC)

if __name__ == "__main__":
    book = book_from_json((HERE / f"v{FILE_VERSION}.json").read_bytes())
    with BookFile.create(HERE / f"v{FILE_VERSION}.backstop", book) as file:
        raised = book.put(book.facilities[0].changed(limit=9_000_000))
        file.save(raised, [Step(book, raised, Act.EDIT, NOON)])
        smaller = raised.without("stock")
        file.save(smaller, [Step(raised, smaller, Act.EDIT, NOON)])
        file.save(raised, [Step(smaller, raised, Act.UNDO, NOON)])
        file.save(book, [Step(raised, book, Act.UNDO, NOON)])
