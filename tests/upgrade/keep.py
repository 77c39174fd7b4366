"""Keep a file of the present version, for the versions after it to open.

Run `python tests/upgrade/keep.py` once the version is raised: it brings the samples to it, and
writes `vN.json`, the book of the version before. Give the new fields a value there, then run it
again: it writes `vN.backstop`, the file that this version makes of it, with a little history.
"""

import sys
from datetime import UTC, datetime
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
sys.path[:0] = [str(ROOT / "src")]

from backstop.domain import Book  # noqa: E402
from backstop.store import BookFile, book_from_json, book_to_json  # noqa: E402
from backstop.store.history import Act, Step  # noqa: E402
from backstop.store.layout import FILE_VERSION  # noqa: E402

NOON = datetime(2026, 1, 5, 12, tzinfo=UTC)
NEWEST = HERE / f"v{FILE_VERSION}.json"


def rewritten(source: Path, target: Path) -> None:
    target.write_bytes(book_to_json(book_from_json(source.read_bytes())))


def keep(book: Book) -> None:
    """The book in its file, and what a history can hold: an edit, a removal, and both undone."""
    kept = NEWEST.with_suffix(".backstop")
    kept.unlink(missing_ok=True)
    with BookFile.create(kept, book) as file:
        raised = book.put(book.facilities[0].changed(limit=9_000_000))
        file.save(raised, [Step(book, raised, Act.EDIT, NOON)])
        smaller = raised.without("stock")
        file.save(smaller, [Step(raised, smaller, Act.EDIT, NOON)])
        file.save(raised, [Step(smaller, raised, Act.UNDO, NOON)])
        file.save(book, [Step(raised, book, Act.UNDO, NOON)])


if __name__ == "__main__":
    for sample in (ROOT / "resources" / "samples").glob("*.json"):
        rewritten(sample, sample)
    if NEWEST.exists():
        keep(book_from_json(NEWEST.read_bytes()))
    else:
        rewritten(HERE / f"v{FILE_VERSION - 1}.json", NEWEST)
