"""Names and files that are out of the ordinary: long, in circles, not UTF-8, swapped while open."""

import os
import sys
from pathlib import Path

import pytest

from backstop.domain import Book, EnvironmentFault
from backstop.services.backups import Reason, backups_of, book_in, restore_as, restored_name
from backstop.services.commands import change_facts
from backstop.services.passphrase import remove_passphrase, set_passphrase
from backstop.services.session import BookSession, NotABook, NotSaved, read_book
from backstop.store import BookFile
from backstop.telling import words_for

SECRET = "correct horse battery"

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="names as POSIX systems have them")


@pytest.fixture(autouse=True)
def own_folders(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BACKSTOP_DATA_DIR", str(tmp_path_factory.mktemp("data")))
    monkeypatch.setattr("backstop.store.key.ITERATIONS", 1000)
    monkeypatch.setitem(sys.modules, "keyring", None)


def everything_is_done_with(path: Path, book: Book) -> None:
    """Create, edit, back up, restore, lock, unlock."""
    BookSession.create(path, book).close()
    with BookSession.open(path) as session:
        assert not session.read_only
        session.apply(change_facts(session.book, title="Changed"))
        session.back_up(Reason.OPEN)
        (backup,) = backups_of(path)
        restored = restore_as(backup, restored_name(path, backup))
        set_passphrase(session, SECRET)
        session.apply(change_facts(session.book, title="Locked"))
        remove_passphrase(session, SECRET)
        assert session.history()
    assert read_book(path).title == "Locked"
    assert read_book(restored).title == "Changed"
    assert book_in(backup).title == "Changed"


@pytest.mark.parametrize("length", [215, 229, 231, 240])
@pytest.mark.parametrize("letter", ["a", "账"])
def test_a_long_name_is_like_any_other(
    tmp_path: Path, book: Book, length: int, letter: str
) -> None:
    size = len(letter.encode())
    stem = letter * ((length - 9) // size)
    everything_is_done_with(
        tmp_path / f"{stem}{'b' * (length - 9 - len(stem) * size)}.backstop", book
    )


@pytest.mark.parametrize("length", [241, 247, 255])
def test_a_name_that_leaves_no_room_is_refused_in_a_sentence(
    tmp_path: Path, book: Book, length: int
) -> None:
    path = tmp_path / f"{'a' * (length - 9)}.backstop"
    with pytest.raises(NotSaved, match="is too long for a book"):
        BookFile.create(path, book)
    assert list(tmp_path.iterdir()) == []
    BookFile.create(tmp_path / "short.backstop", book).close()
    (tmp_path / "short.backstop").rename(path)
    with BookFile.open(path) as file:
        assert file.read_only
        assert "nothing can be written beside it" in str(file.why_read_only)
        assert file.book == book
    assert [each.name for each in tmp_path.iterdir()] == [path.name]


def test_a_longer_name_than_the_system_has_is_refused_in_a_sentence(
    tmp_path: Path, book: Book
) -> None:
    path = tmp_path / f"{'a' * 300}.backstop"
    with pytest.raises(NotSaved, match="is too long for a book"):
        BookFile.create(path, book)
    with pytest.raises(NotABook):
        BookFile.open(path)
    with pytest.raises(NotABook):
        read_book(path)


def test_links_in_a_circle_are_refused_in_a_sentence(tmp_path: Path) -> None:
    one, two = tmp_path / "one.backstop", tmp_path / "two.backstop"
    one.symlink_to(two)
    two.symlink_to(one)
    (tmp_path / "folder").symlink_to(tmp_path / "folder")
    for path in (one, two, tmp_path / "folder" / "shop.backstop"):
        for read_only in (False, True):
            with pytest.raises(NotABook, match="cannot be read here"):
                BookSession.open(path, read_only=read_only)
        with pytest.raises(NotABook):
            read_book(path)
        assert backups_of(path) == []


def test_a_name_that_is_not_utf_8_is_like_any_other(tmp_path: Path, book: Book) -> None:
    folder = tmp_path / os.fsdecode(b"b\xfccher")
    everything_is_done_with(folder / os.fsdecode(b"b\xfcch\xff.backstop"), book)


def test_a_sentence_with_such_a_name_can_be_written_and_shown(tmp_path: Path) -> None:
    with pytest.raises(NotABook) as raised:
        BookFile.open(tmp_path / os.fsdecode(b"b\xfcch.backstop"))
    for language in ("en", "zh_CN"):
        said = words_for(language).tell(raised.value.message)
        assert "b?ch.backstop" in said
        said.encode("utf-8")


@pytest.mark.parametrize("content", [b"", b"a shopping list", b"\0" * 4096, None])
def test_a_file_swapped_in_while_the_book_is_open_is_never_written(
    book_path: Path, book: Book, content: bytes | None
) -> None:
    with BookFile.open(book_path) as file:
        book_path.unlink()
        if content is not None:
            book_path.write_bytes(content)
        for title in ("One", "Two"):
            with pytest.raises(NotSaved, match=r"Save a copy|save a copy"):
                file.save(book.changed(title=title))
        assert file.book == book
        if content is not None:
            assert book_path.read_bytes() == content
        others = {each.name for each in book_path.parent.iterdir()} - {book_path.name}
        assert others == {f"{book_path.name}.lock"}


def test_another_book_swapped_in_is_never_written(book_path: Path, book: Book) -> None:
    other = book_path.with_name("other.backstop")
    BookFile.create(other, book.changed(title="Another")).close()
    with BookFile.open(book_path) as file:
        other.replace(book_path)
        whole = book_path.read_bytes()
        with pytest.raises(NotSaved, match="was changed by another program"):
            file.save(book.changed(title="Mine"))
        assert book_path.read_bytes()[100:] == whole[100:]
    assert read_book(book_path).title == "Another"


def test_what_is_swapped_in_is_not_backed_up_as_the_book(book_path: Path) -> None:
    with BookSession.open(book_path) as session:
        book_path.write_bytes(b"")
        with pytest.raises(EnvironmentFault):
            session.back_up()
        assert backups_of(book_path) == []
