"""Work on a disk without room, in a process of its own: `python small_disk.py WORK PLACE FOLDER`.

PLACE is `tmpfs` (FOLDER is a small disk, which is filled) or `limit` (no file may grow). Prints the
sentence that the owner is told; any other end is a failure. Afterwards there is room again, and the
same work is done.
"""

import os
import resource
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

ROOT = Path(__file__).parents[2]
UPGRADE = ROOT / "tests" / "upgrade"
BLOCK = 4096
NO_LIMIT = (resource.RLIM_INFINITY, resource.RLIM_INFINITY)


@contextmanager
def full(place: str, folder: Path) -> Iterator[None]:
    """Not a block is left."""
    filler = folder / "filler"
    if place == "limit":
        resource.setrlimit(resource.RLIMIT_FSIZE, (BLOCK, NO_LIMIT[1]))
    else:
        with suppress(OSError), filler.open("wb", buffering=0) as file:
            while file.write(b"x" * BLOCK):
                pass
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, NO_LIMIT)
    filler.unlink(missing_ok=True)


def refused(work: Callable[[], object]) -> str:
    from backstop.domain import EnvironmentFault

    try:
        work()
    except EnvironmentFault as fault:
        return str(fault)
    raise AssertionError("there was room")


def edit(place: str, folder: Path) -> str:
    """A change is refused; the book is as it was, a copy elsewhere takes it, and later the file."""
    from backstop.domain import message
    from backstop.services.commands import Change
    from backstop.services.session import BookSession, read_book
    from store.example import small_book

    path = folder / "book.backstop"
    elsewhere = folder.parent / "elsewhere.backstop"
    with BookSession.create(path, small_book()) as session:
        before = session.book
        fat = before.put(before.facilities[0].changed(notes="x" * 19_000))
        with full(place, folder):
            said = refused(lambda: session.apply(Change(before, fat, message("edit"))))
            assert session.book == before
            assert read_book(path) == before
            if place == "tmpfs":
                BookSession.create(elsewhere, fat).close()
                assert read_book(elsewhere) == fat
        session.apply(Change(before, fat, message("edit")))
    assert read_book(path) == fat
    return said


def backup(place: str, folder: Path) -> str:
    """A backup is refused, the ones before stay good, and nothing half is left."""
    from backstop.services.backups import Reason, backups_of, folder_of, is_good
    from backstop.services.commands import change_facts
    from backstop.services.session import BookSession
    from store.example import small_book

    path = folder / "book.backstop"
    with BookSession.create(path, small_book()) as session:
        first = session.back_up()
        assert first is not None
        session.apply(change_facts(session.book, title="Later"))
        with full(place, folder):
            said = refused(lambda: session.back_up(Reason.EDIT))
            assert backups_of(path) == [first]
            assert [each.name for each in folder_of(path).iterdir()] == [first.path.name]
        assert session.back_up(Reason.EDIT) is not None
    assert all(is_good(each) for each in backups_of(path))
    return said


def import_(place: str, folder: Path) -> str:
    """All or nothing: nothing."""
    from backstop.services.importing import import_book
    from backstop.services.session import BookSession, read_book
    from backstop.store import book_to_json
    from store.example import small_book

    path, source = folder / "book.backstop", folder.parent / "incoming.json"
    with BookSession.create(path, small_book()) as session:
        incoming = session.book.changed(title="Incoming", notes="x" * 15_000)
        source.write_bytes(book_to_json(incoming))
        with full(place, folder):
            said = refused(lambda: import_book(session, source))
            assert session.book == small_book()
            assert read_book(path) == small_book()
        import_book(session, source)
    assert read_book(path) == incoming
    return said


def migration(place: str, folder: Path) -> str:
    """The old file is as it was, and is brought up when there is room."""
    from backstop.services.session import BookSession
    from backstop.store.layout import FILE_VERSION

    path = folder / "old.backstop"
    for version in range(1, FILE_VERSION):
        shutil.copyfile(UPGRADE / f"v{version}.backstop", path)
        before = path.read_bytes()
        with full(place, folder):
            said = refused(lambda: BookSession.open(path))
            assert path.read_bytes() == before
        with BookSession.open(path) as session:
            assert session.book.title.startswith("Kept from version")
    return said


WORK = {"edit": edit, "backup": backup, "import": import_, "migration": migration}

if __name__ == "__main__":
    sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests")]
    work, chosen, made = sys.argv[1:]
    os.environ["BACKSTOP_DATA_DIR"] = f"{made}/data"
    print(WORK[work](chosen, Path(made)))
