"""What a killed program leaves is found and removed; what can be read of a locked book is said."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from backstop.disk import unfinished as made
from backstop.disk.holding import hold
from backstop.disk.own import data_folder, scratch
from backstop.disk.unfinished import sweep, unfinished, unused_name
from backstop.domain import Book
from backstop.services import passphrase as guard
from backstop.services.backups import Reason, backups_of, folder_of, make_backup
from backstop.services.session import BookSession, read_book
from backstop.store import BookFile
from store.example import small_book

ROOT = Path(__file__).parents[2]
SECRET = "correct horse battery"
PLANTED = "Planted-Zaubernuss-4711"

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="kills as POSIX systems have them")


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("data", "temporary"):
        (tmp_path / name).mkdir()
    monkeypatch.setenv("BACKSTOP_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("TMPDIR", str(tmp_path / "temporary"))
    monkeypatch.setattr("tempfile.tempdir", None)
    monkeypatch.setattr("backstop.store.key.ITERATIONS", 1000)
    monkeypatch.setitem(sys.modules, "keyring", None)


@pytest.fixture
def book() -> Book:
    return small_book().changed(notes=PLANTED)


@pytest.fixture
def path(tmp_path: Path, book: Book) -> Path:
    path = tmp_path / "books" / "shop.backstop"
    BookFile.create(path, book).close()
    return path


@pytest.fixture
def other(tmp_path: Path) -> Path:
    """Another book, which is opened next."""
    path = tmp_path / "elsewhere" / "other.backstop"
    BookFile.create(path, small_book()).close()
    return path


def readable(folder: Path) -> set[str]:
    """Every file in which the planted words stand."""
    return {
        str(each.relative_to(folder))
        for each in folder.rglob("*")
        if each.is_file() and PLANTED.encode() in each.read_bytes()
    }


def killed(code: str) -> None:
    """Run this in a process of its own, which has to be killed by it."""
    start = (
        "import os, signal, sys; from pathlib import Path\n"
        "from backstop.services.session import BookSession\n"
        "from backstop.store import BookFile, backup, book_file, locking, older, migrations\n"
        "from backstop.store import reading, salvage\n"
        "def die(*_, **__): os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    environment = {**os.environ, "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT / 'tests'}"}
    done = subprocess.run([sys.executable, "-c", start + code], env=environment, check=False)
    assert done.returncode == -signal.SIGKILL


KILLED = {
    "a backup": "backup.check = die; s = BookSession.open(Path({path!r})); s.back_up()",
    "an upgrade": "backup.check = die; BookSession.open(Path({old!r}))",
    "a look at an older file": "older.upgrade = die; BookFile.open(Path({old!r}), read_only=True)",
    "an export": (
        "from backstop.disk import whole\n"
        "with whole.appearing(Path({path!r}).with_name('plan.pdf')) as fresh:\n"
        "    fresh.write_bytes({planted!r}.encode()); die()"
    ),
    "a new book": (
        "book_file.give_name = die; from store.example import small_book\n"
        "BookFile.create(Path({path!r}).with_name('new.backstop'),"
        " small_book().changed(notes={planted!r}))"
    ),
    "a look at a damaged file": (
        "salvage._put_together = die; path = Path({path!r})\n"
        "data = path.read_bytes(); path.with_name('x.backstop-journal').write_bytes(b'log')\n"
        "path.with_name('x.backstop').write_bytes(data[:-10] + b'x' * 10)\n"
        "salvage.salvage(path.with_name('x.backstop'))"
    ),
}


@pytest.mark.slow
@pytest.mark.parametrize("what", KILLED)
def test_a_kill_during_anything_leaves_no_readable_copy_after_the_next_opening(
    path: Path, other: Path, tmp_path: Path, what: str
) -> None:
    old = tmp_path / "books" / "old.backstop"
    old.write_bytes((ROOT / "tests" / "upgrade" / "v2.backstop").read_bytes())
    before = {each for each in tmp_path.rglob("*") if each.is_file()}
    killed(KILLED[what].format(path=str(path), old=str(old), planted=PLANTED))
    BookSession.open(other).close()
    left = {each for each in tmp_path.rglob("*") if each.is_file()} - before
    left = {each for each in left if not each.name.endswith((".lock", "-wal", "-shm"))}
    left -= {tmp_path / "books" / "x.backstop", tmp_path / "books" / "x.backstop-journal"}
    assert left == set()


def test_what_a_living_program_makes_is_let_be(tmp_path: Path, other: Path) -> None:
    mine = tmp_path / unused_name()
    with unfinished(mine, data_folder()), scratch() as folder:
        mine.write_bytes(b"half")
        (folder / "copy").write_bytes(b"half")
        BookSession.open(other).close()
        assert mine.exists()
        assert (folder / "copy").exists()
    assert not mine.exists()
    assert not folder.exists()


def test_an_entry_half_written_when_its_program_was_killed_goes_with_the_next_sweep(
    tmp_path: Path,
) -> None:
    code = (
        "from backstop.disk import unfinished as made\n"
        "made.hold = die\n"
        "with made.unfinished(Path({0!r}) / '.x.new', Path({0!r}) / 'data'): pass"
    )
    killed(code.format(str(tmp_path)))
    assert len(list((data_folder() / "unfinished").iterdir())) == 1
    assert sweep(data_folder()) == []
    assert list((data_folder() / "unfinished").iterdir()) == []


def test_an_entry_swept_before_it_is_held_is_made_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    swept: list[int] = []

    def hold_too_late(handle: int) -> None:
        if not swept:
            swept.append(handle)
            sweep(data_folder())
        hold(handle)

    monkeypatch.setattr(made, "hold", hold_too_late)
    with unfinished(tmp_path / unused_name(), data_folder()):
        (entry,) = (data_folder() / "unfinished").iterdir()
        assert not entry.name.startswith(".")
        sweep(data_folder())
        assert entry.exists()
    assert list((data_folder() / "unfinished").iterdir()) == []


def test_an_entry_never_lets_anything_else_be_removed(tmp_path: Path) -> None:
    entries = data_folder() / "unfinished"
    entries.mkdir()
    precious = tmp_path / "precious.backstop"
    precious.write_bytes(b"mine")
    for number, said in enumerate((str(precious), "", "relative.new", "\0", "/")):
        (entries / f"entry-{number}").write_text(said, encoding="utf-8")
    assert sweep(data_folder()) == []
    assert precious.read_bytes() == b"mine"
    assert list(entries.iterdir()) == []


def test_what_lies_on_a_disk_that_is_away_is_removed_when_it_is_back(tmp_path: Path) -> None:
    disk, away = tmp_path / "disk", tmp_path / "away"
    disk.mkdir()
    left = disk / unused_name()
    left.write_bytes(b"half")
    entries = data_folder() / "unfinished"
    entries.mkdir()
    (entries / "entry").write_bytes(os.fsencode(left))
    disk.rename(away)
    assert sweep(data_folder()) == [left]
    away.rename(disk)
    assert sweep(data_folder()) == []
    assert not left.exists()


def test_a_scratch_folder_is_for_its_owner_alone_and_the_programs_own(tmp_path: Path) -> None:
    with scratch() as folder:
        assert folder.is_relative_to(data_folder())
        assert folder.stat().st_mode & 0o077 == 0
    assert list((tmp_path / "temporary").iterdir()) == []


def test_without_a_folder_of_its_own_the_system_lends_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("BACKSTOP_DATA_DIR", str(tmp_path / "file"))
    with scratch() as folder:
        assert folder.is_relative_to(tmp_path / "temporary")
    assert not folder.exists()


def test_a_passphrase_leaves_nothing_readable_of_what_was_killed_before(
    path: Path, tmp_path: Path
) -> None:
    killed(KILLED["a backup"].format(path=str(path)))
    (folder_of(path) / ".b.backstop.1-2.new").write_bytes(path.read_bytes())  # of an older program
    with BookSession.open(path) as session:
        guard.set_passphrase(session, SECRET)
    assert readable(tmp_path) == set()
    assert guard.remark_on_readable_copies(path) is None


def test_what_a_passphrase_does_not_reach_is_said(path: Path, tmp_path: Path, book: Book) -> None:
    make_backup(path, Reason.OPEN)
    (backup,) = backups_of(path)
    with BookFile.open(path) as file:
        file.save(book.changed(title="Later"))
    whole = backup.path.read_bytes()
    backup.path.write_bytes(whole[:-200] + b"\xff" * 200)  # damaged: it cannot be locked
    moved = tmp_path / "data" / "backups" / "shop-0123456789"
    moved.mkdir()
    strays = [
        path.with_name("shop 2026-01-05 1200.backstop"),
        moved / backup.path.name,
        path.with_name(f"{path.name}-wal.kept-1"),
    ]
    for each in strays:
        each.write_bytes(whole)
    path.with_name("shop.pdf").write_bytes(b"%PDF-")
    with BookSession.open(path) as session:
        guard.set_passphrase(session, SECRET)
    assert set(guard.readable_copies(path)) == {backup.path, *strays}
    said = str(guard.remark_on_readable_copies(path))
    assert all(str(each) in said for each in (backup.path, *strays))
    assert read_book(path, SECRET).title == "Later"
