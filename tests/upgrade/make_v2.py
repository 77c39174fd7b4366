"""How the kept file of version 2 was made: `python tests/upgrade/make_v2.py`, from the source tree.

It was run once, by the program that first wrote version 2. Never run it again with a later one.
"""

from datetime import UTC, datetime
from pathlib import Path

from backstop.store import BookFile, book_from_json
from backstop.store.history import Act, Step

HERE = Path(__file__).parent
NOON = datetime(2026, 1, 5, 12, tzinfo=UTC)

if __name__ == "__main__":
    book = book_from_json((HERE / "v1.json").read_bytes())
    with BookFile.create(HERE / "v2.backstop", book) as file:
        raised = book.put(book.facilities[0].changed(limit=9_000_000))
        file.save(raised, [Step(book, raised, Act.EDIT, NOON)])
        smaller = raised.without("stock")
        file.save(smaller, [Step(raised, smaller, Act.EDIT, NOON)])
        file.save(raised, [Step(smaller, raised, Act.UNDO, NOON)])
        file.save(book, [Step(raised, book, Act.UNDO, NOON)])
