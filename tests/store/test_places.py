"""Network and synced folders: written without a log, said in a sentence, and just as safe."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from backstop.domain import Book
from backstop.store import BookFile, place
from backstop.store.place import is_shared


@pytest.mark.parametrize(
    "folder",
    [
        "Dropbox/books",
        "OneDrive - Firma GmbH",
        "坚果云",
        "Library/Mobile Documents/com~apple~CloudDocs",
        "Nextcloud",
    ],
)
def test_a_synced_folder_is_known_by_its_name(tmp_path: Path, folder: str) -> None:
    assert is_shared(tmp_path / folder / "shop.backstop")
    assert not is_shared(tmp_path / "Dropbox.backstop")


@pytest.mark.parametrize(
    ("mounts", "path", "shared"),
    [
        ((("/", "ext4"), ("/mnt/nas", "nfs4")), "/mnt/nas/b.backstop", True),
        ((("/", "ext4"), ("/mnt/nas", "cifs")), "/mnt/nas/deep/b.backstop", True),
        ((("/", "ext4"), ("/mnt/nas", "nfs4")), "/home/b.backstop", False),
        ((("/mnt/nas", "nfs4"), ("/mnt/nas/local", "ext4")), "/mnt/nas/local/b.backstop", False),
        ((), "/home/b.backstop", False),
    ],
)
def test_a_network_folder_is_known_by_its_file_system(
    monkeypatch: pytest.MonkeyPatch, mounts: tuple[tuple[str, str], ...], path: str, shared: bool
) -> None:
    monkeypatch.setattr(place, "_mounts", lambda: mounts)
    monkeypatch.setattr("sys.platform", "linux")
    assert is_shared(Path(path)) is shared


def test_a_book_in_a_synced_folder_is_one_file_after_every_change(
    tmp_path: Path, book: Book
) -> None:
    path = tmp_path / "Dropbox" / "shop.backstop"
    with BookFile.create(path, book) as file:
        assert "network or synced folder" in str(file.remark)
        for number in range(3):
            file.save(file.book.changed(title=f"Title {number}"))
            names = {each.name for each in path.parent.iterdir()}
            assert names == {path.name, f"{path.name}.lock"}
            with closing(sqlite3.connect(path)) as connection:
                assert connection.execute("PRAGMA journal_mode").fetchone() == ("delete",)


def test_a_book_carried_out_of_a_synced_folder_is_written_the_usual_way_again(
    tmp_path: Path, book: Book
) -> None:
    shared, own = tmp_path / "Dropbox" / "shop.backstop", tmp_path / "shop.backstop"
    BookFile.create(shared, book).close()
    shared.rename(own)
    with BookFile.open(own) as file:
        assert file.remark is None
        file.save(book.changed(title="Home"))
    with closing(sqlite3.connect(own)) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_a_reader_of_a_book_in_a_synced_folder_does_not_keep_changes_out(
    tmp_path: Path, book: Book
) -> None:
    path = tmp_path / "Dropbox" / "shop.backstop"
    with BookFile.create(path, book) as file, BookFile.open(path, read_only=True) as onlooker:
        file.save(book.changed(title="Seen"))
        assert onlooker.book == book
