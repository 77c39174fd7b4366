"""A locked book: unreadable without its passphrase, wherever its bytes lie; as usable with it."""

import os
import shutil
import sys
from pathlib import Path
from typing import Any

import pytest
from sqlcipher3 import dbapi2 as sqlcipher

from backstop.domain import BadInput, Book, EnvironmentFault
from backstop.services import passphrase as guard
from backstop.services import patience
from backstop.services.backups import (
    Reason,
    backups_of,
    book_in,
    folder_of,
    make_backup,
    restore_as,
)
from backstop.services.commands import change_facts, put_record
from backstop.services.session import (
    BookSession,
    DamagedBook,
    LockedBook,
    NotSaved,
    WrongPassphrase,
    read_book,
)
from backstop.store import BookFile, locking, writing
from backstop.store.key import key_for, new_key
from store.example import small_book

SECRET = "correct horse 电池 staple"
OTHER = "another phrase altogether"
PLANTED = "Planted-Zaubernuss-借呗-4711"


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Folders of our own, no real keyring, and waits that are only noted."""
    return use_folder(tmp_path, monkeypatch)


def use_folder(folder: Path, monkeypatch: pytest.MonkeyPatch) -> list[float]:
    waits: list[float] = []
    monkeypatch.setenv("BACKSTOP_DATA_DIR", str(folder / "data"))
    monkeypatch.setattr(patience, "sleep", waits.append)
    monkeypatch.setattr(patience, "_wrong", {})
    monkeypatch.setattr("backstop.store.key.ITERATIONS", 1000)
    monkeypatch.setitem(sys.modules, "keyring", None)
    return waits


@pytest.fixture
def waits(own_folders: list[float]) -> list[float]:
    return own_folders


@pytest.fixture(scope="module")
def book() -> Book:
    base = small_book()
    return base.put(base.facilities[0].changed(name=PLANTED, notes=PLANTED * 50))


@pytest.fixture
def path(tmp_path: Path, book: Book) -> Path:
    return book_in_folder(tmp_path, book)


def book_in_folder(folder: Path, book: Book) -> Path:
    path = folder / "books" / "shop.backstop"
    BookFile.create(path, book).close()
    return path


@pytest.fixture(scope="module")
def locked_once(book: Book, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A book with a passphrase, a backup, and a history; and the folder of its backups."""
    folder = tmp_path_factory.mktemp("locked")
    with pytest.MonkeyPatch.context() as monkeypatch:
        use_folder(folder, monkeypatch)
        path = book_in_folder(folder, book)
        with BookSession.open(path) as session:
            session.back_up(Reason.OPEN)
            guard.set_passphrase(session, SECRET)
            session.apply(change_facts(session.book, owner=PLANTED))
            session.back_up()
        return path, folder_of(path)


@pytest.fixture
def locked(locked_once: tuple[Path, Path], tmp_path: Path) -> Path:
    """A copy of it with its backups."""
    whole, backups = locked_once
    path = tmp_path / "books" / whole.name
    shutil.copytree(whole.parent, path.parent)
    shutil.copytree(backups, folder_of(path))
    return path


def readable_files(folder: Path) -> list[str]:
    """Every file in which the planted words stand in any encoding they might have."""
    words = [PLANTED.encode(), PLANTED[:16].encode(), PLANTED.encode("utf-16-le"), b"SQLite format"]
    return [
        str(file.relative_to(folder))
        for file in folder.rglob("*")
        if file.is_file() and any(word in file.read_bytes() for word in words)
    ]


def test_a_locked_book_opens_with_its_passphrase_only(
    locked: Path, book: Book, waits: list[float]
) -> None:
    with pytest.raises(LockedBook, match="is locked"):
        BookSession.open(locked)
    before = locked.read_bytes()
    with pytest.raises(WrongPassphrase, match="Check capital letters"):
        BookSession.open(locked, passphrase=OTHER)
    assert waits == [0.5]
    assert locked.read_bytes() == before
    with BookSession.open(locked, passphrase=SECRET) as session:
        assert session.is_locked
        assert session.book == book.changed(owner=PLANTED)
    assert read_book(locked, SECRET) == book.changed(owner=PLANTED)


def test_a_locked_book_whose_bytes_begin_like_json_is_no_json(
    path: Path, book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("backstop.store.key.os.urandom", lambda size: b"{" * size)
    with BookSession.open(path) as session:
        guard.set_passphrase(session, SECRET)
    assert path.read_bytes()[:1] == b"{"
    assert read_book(path, SECRET) == book


def test_each_wrong_passphrase_costs_a_longer_wait_until_the_right_one(
    locked: Path, waits: list[float]
) -> None:
    for _ in range(6):
        with pytest.raises(WrongPassphrase):
            read_book(locked, OTHER)
    assert waits == [0.5, 1, 2, 4, 8, 8]
    read_book(locked, SECRET)
    with pytest.raises(WrongPassphrase):
        read_book(locked, OTHER)
    assert waits[-1] == 0.5


def test_no_plain_byte_is_on_disk_after_a_book_was_locked(locked: Path, tmp_path: Path) -> None:
    assert len(backups_of(locked)) == 2
    assert readable_files(tmp_path) == []


def test_no_plain_byte_is_on_disk_while_a_locked_book_is_changed_and_backed_up(
    locked: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setenv("TMPDIR", str(temporary))
    monkeypatch.setattr("tempfile.tempdir", None)
    with BookSession.open(locked, passphrase=SECRET) as session:
        onlooker = BookSession.open(locked, read_only=True, key=session.key)
        seen: list[str] = []
        through = BookFile.save

        def watched(self: BookFile, *arguments: Any) -> None:
            through(self, *arguments)
            seen.extend(readable_files(tmp_path))

        monkeypatch.setattr(BookFile, "save", watched)
        for number in range(5):
            session.apply(change_facts(session.book, notes=PLANTED * (number + 1)))
            session.back_up()
            seen.extend(readable_files(tmp_path))
        session.save_copy(tmp_path / "copy.backstop")
        onlooker.close()
    assert seen == []
    assert readable_files(tmp_path) == []
    assert read_book(tmp_path / "copy.backstop", SECRET).owner == PLANTED


def test_any_sqlcipher_opens_the_file_with_the_passphrase(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its own key derivation, so that nobody depends on this program to get their data."""
    monkeypatch.setattr("backstop.store.key.ITERATIONS", 256_000)
    with BookSession.open(path) as session:
        guard.set_passphrase(session, SECRET)
    connection = sqlcipher.connect(str(path))
    try:
        connection.execute(f"PRAGMA key = '{SECRET}'")
        assert connection.execute("SELECT title FROM book").fetchone() == ("Workshop",)
    finally:
        connection.close()


def test_a_changed_passphrase_opens_book_and_backups_and_the_old_one_nothing(
    locked: Path, tmp_path: Path
) -> None:
    with BookSession.open(locked, passphrase=SECRET) as session:
        with pytest.raises(WrongPassphrase):
            guard.change_passphrase(session, OTHER, OTHER)
        guard.change_passphrase(session, SECRET, OTHER)
        session.apply(change_facts(session.book, title="After"))
        key = session.key
    with pytest.raises(WrongPassphrase):
        read_book(locked, SECRET)
    assert read_book(locked, OTHER).title == "After"
    assert backups_of(locked)
    for each in backups_of(locked):
        assert book_in(each, key).by_id
    assert readable_files(tmp_path) == []


def test_a_removed_passphrase_leaves_an_open_book_with_open_backups(locked: Path) -> None:
    with BookSession.open(locked, passphrase=SECRET) as session:
        guard.remove_passphrase(session, SECRET)
        assert not session.is_locked
        session.apply(change_facts(session.book, title="After"))
    assert read_book(locked).title == "After"
    assert [book_in(each).title for each in backups_of(locked)] == ["Workshop", "Workshop"]


def test_history_survives_every_change_of_the_passphrase(path: Path) -> None:
    with BookSession.open(path) as session:
        session.apply(change_facts(session.book, owner="First"))
        guard.set_passphrase(session, SECRET)
        guard.change_passphrase(session, SECRET, OTHER)
        session.apply(change_facts(session.book, owner="Second"))
        guard.remove_passphrase(session, OTHER)
        assert [each.after for each in session.history()] == ["First", "Second"]
        assert session.can_undo


def test_the_recovery_code_opens_the_book_and_a_slip_in_it_does_not(path: Path) -> None:
    with BookSession.open(path) as session:
        code = guard.set_passphrase(session, SECRET)
        assert guard.recovery_code(session, SECRET) == code
    assert read_book(path, code) == read_book(path, code.lower().replace("-", " "))
    slip = ("B" if code[0] == "A" else "A") + code[1:]
    with pytest.raises(WrongPassphrase):
        read_book(path, slip)


def test_a_short_passphrase_is_refused(path: Path) -> None:
    with BookSession.open(path) as session, pytest.raises(BadInput, match="at least 8"):
        guard.set_passphrase(session, "short")
    assert read_book(path)


def test_a_backup_of_a_locked_book_is_locked_and_restores_locked(
    locked: Path, tmp_path: Path
) -> None:
    newest = backups_of(locked)[0]
    with pytest.raises(LockedBook):
        book_in(newest)
    with BookSession.open(locked, passphrase=SECRET) as session:
        restore_as(newest, tmp_path / "restored.backstop", session.key)
    assert read_book(tmp_path / "restored.backstop", SECRET).owner == PLANTED
    assert readable_files(tmp_path) == []


def test_backups_that_a_killed_program_left_open_are_locked_with_the_next_one(
    path: Path, tmp_path: Path
) -> None:
    make_backup(path, Reason.OPEN)
    key = new_key(SECRET)
    with BookFile.open(path) as file:
        file.relock(key)
    assert readable_files(tmp_path) != []
    with BookSession.open(path, passphrase=SECRET) as session:
        session.back_up(Reason.OPEN)
    assert readable_files(tmp_path) == []


def test_an_unfinished_file_in_the_open_is_taken_away_when_the_book_is_opened(
    locked: Path, tmp_path: Path
) -> None:
    locked.with_name(f".{locked.name}.new").write_bytes(PLANTED.encode())
    BookSession.open(locked, passphrase=SECRET).close()
    assert readable_files(tmp_path) == []


def test_a_damaged_locked_book_is_refused_and_not_touched(locked: Path) -> None:
    whole = locked.read_bytes()
    for place in range(4096 + 100, len(whole), 4096):
        locked.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        before = locked.read_bytes()
        with pytest.raises(DamagedBook):
            BookSession.open(locked, passphrase=SECRET)
        assert locked.read_bytes() == before


@pytest.mark.parametrize("pages", [0, 1, 2, 5])
def test_a_locked_book_cut_short_is_refused(locked: Path, pages: int) -> None:
    os.truncate(locked, pages * 4096)
    with pytest.raises(EnvironmentFault):
        BookSession.open(locked, passphrase=SECRET)


def test_a_rewrite_that_does_not_say_the_same_is_not_taken(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = path.read_bytes()
    answers = iter(("one", "two"))
    monkeypatch.setattr(locking, "_said", lambda *_: next(answers))
    with BookFile.open(path) as file, pytest.raises(NotSaved, match="did not turn out"):
        file.relock(new_key(SECRET))
    assert path.read_bytes() == before
    assert [each.name for each in path.parent.iterdir()] == [path.name]


def test_what_leaves_a_locked_book_unlocked_is_said(locked: Path) -> None:
    with BookSession.open(locked, passphrase=SECRET) as session:
        said = guard.remark_on_plain_copy(session.path, Path("plan.pdf"))
        assert str(said).startswith("The book is locked, but “plan.pdf” is not: whoever gets it")
    with BookSession.demo("household") as session:
        assert guard.remark_on_plain_copy(session.path, Path("plan.pdf")) is None


def test_a_forgotten_session_holds_no_record_and_is_saved(locked: Path) -> None:
    session = BookSession.open(locked, passphrase=SECRET)
    session.saves_later = True
    session.apply(put_record(session.book, session.book.facilities[0].changed(limit=7)))
    session.forget()
    assert writing._engine.cache_info().currsize == 0
    assert list(session.book.records()) == []
    assert session.key is None
    assert not session.can_undo
    assert read_book(locked, SECRET).facilities[0].limit == 7


def test_a_key_shows_nothing_of_itself() -> None:
    key = new_key(SECRET)
    assert key.secret.hex() not in repr(key)
    assert SECRET not in repr(key)


def test_letters_count_however_a_keyboard_composes_them() -> None:
    salt = bytes(16)
    assert key_for("Z\u00fcrich lake", salt) == key_for("Zu\u0308rich lake", salt)


class FakeKeyring:
    """What the system's keyring does, in memory."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}

    def set_password(self, service: str, name: str, value: str) -> None:
        self.kept[service, name] = value

    def get_password(self, service: str, name: str) -> str | None:
        return self.kept.get((service, name))

    def delete_password(self, service: str, name: str) -> None:
        del self.kept[service, name]


@pytest.fixture
def keyring(monkeypatch: pytest.MonkeyPatch) -> FakeKeyring:
    fake = FakeKeyring()
    monkeypatch.setitem(sys.modules, "keyring", fake)
    return fake


def test_the_keyring_opens_the_book_and_losing_it_loses_nothing(
    locked: Path, keyring: FakeKeyring
) -> None:
    with BookSession.open(locked, passphrase=SECRET) as session:
        assert session.key is not None
        assert guard.remember_key(session.key)
    key = guard.remembered_key(locked)
    assert key is not None
    BookSession.open(locked, key=key).close()
    keyring.kept.clear()
    assert guard.remembered_key(locked) is None
    assert read_book(locked, SECRET)


def test_a_changed_passphrase_is_forgotten_by_the_keyring(
    locked: Path, keyring: FakeKeyring
) -> None:
    with BookSession.open(locked, passphrase=SECRET) as session:
        assert session.key is not None
        guard.remember_key(session.key)
        assert len(keyring.kept) == 1
        guard.change_passphrase(session, SECRET, OTHER)
    assert keyring.kept == {}


def test_a_machine_without_a_keyring_is_no_obstacle(
    locked: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "keyring", None)
    assert not guard.remember_key(new_key(SECRET))
    assert guard.remembered_key(locked) is None
    guard.forget_key(new_key(SECRET))
