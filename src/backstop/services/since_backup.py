"""How a book that was saved from a damaged file differs from its newest good backup."""

from collections.abc import Iterator
from pathlib import Path

from backstop.domain import Book, Message, message
from backstop.services.backups import book_in, differences, newest_good
from backstop.store.key import Key


def since_backup(path: Path, key: Key | None, book: Book) -> Iterator[Message]:
    """What is otherwise in the newest good backup: lost here, or changed since it was made. Draws
    are named too, for they go with their lines."""
    backup = newest_good(path, key)
    if backup is None:
        return
    before = book_in(backup, key)
    found = differences(before, book)
    day = backup.at.astimezone().date()
    for text, names in (
        ("only in the backup of {day}: {names}", (*found.removed, *_draws_only_in(before, book))),
        ("not in the backup of {day}: {names}", (*found.added, *_draws_only_in(book, before))),
        ("otherwise in the backup of {day}: {names}", found.changed),
    ):
        if names:
            yield message(text, day=day, names=names)


def _draws_only_in(one: Book, other: Book) -> Iterator[str]:
    known = {(line.id, draw.id) for line in other.facilities for draw in line.tranches}
    for line in one.facilities:
        yield from (draw.name for draw in line.tranches if (line.id, draw.id) not in known)
