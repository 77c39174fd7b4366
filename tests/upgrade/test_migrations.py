"""Upgrades: all or nothing, after a proved backup, and to the very tables that a new file has."""

import shutil
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest

from backstop.store import (
    BookFile,
    DamagedBook,
    NotSaved,
    connecting,
    migrations,
)
from backstop.store.faults import damaged
from backstop.store.layout import FILE_VERSION
from backstop.store.migrations import STEPS, upgrade
from store.children import child, open_under_a_size_limit

HERE = Path(__file__).parent
OLDER = range(1, FILE_VERSION)
GROWING = tuple(
    each for each in OLDER if any(STEPS[later].tables for later in STEPS if later > each)
)
"""Those whose upgrade needs room: an empty column needs none."""
MOST_STATEMENTS = 500


@pytest.fixture(params=OLDER, ids="version {}".format)
def old(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A file kept from an older version."""
    return Path(shutil.copyfile(HERE / f"v{request.param}.backstop", tmp_path / "old.backstop"))


def dump(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        return list(connection.iterdump())


def shape(path: Path) -> dict[str, object]:
    """Tables with their columns and references, without the wording of their definitions.

    A column that an upgrade adds has a default, which a new table needs not.
    """
    with closing(sqlite3.connect(path)) as connection:
        names = [n for (n,) in connection.execute("SELECT name FROM sqlite_master WHERE sql <> ''")]
        return {
            name: [
                sorted(
                    (*row[1:4], row[5])
                    for row in connection.execute(f"PRAGMA table_info([{name}])")
                ),
                sorted(row[2:] for row in connection.execute(f"PRAGMA foreign_key_list([{name}])")),
                connection.execute(f"PRAGMA table_list([{name}])").fetchone()[4:],
            ]
            for name in names
        }


def refuse(*_: object) -> None:
    raise NotSaved(damaged(Path("backup")).message)


def test_every_version_has_its_file_and_every_step_its_module() -> None:
    assert sorted(STEPS) == list(range(2, FILE_VERSION + 1))
    for version in range(1, FILE_VERSION + 1):
        assert (HERE / f"v{version}.backstop").exists()


def test_an_upgraded_file_has_the_tables_of_a_new_one(old: Path, tmp_path: Path) -> None:
    with BookFile.open(old) as file:
        BookFile.create(tmp_path / "new.backstop", file.book).close()
    assert shape(old) == shape(tmp_path / "new.backstop")


def test_an_upgraded_file_is_not_upgraded_again(old: Path) -> None:
    BookFile.open(old).close()
    before = old.read_bytes()
    BookFile.open(old).close()
    assert old.read_bytes() == before


@pytest.mark.slow
def test_whatever_statement_fails_the_old_file_is_as_it_was(
    old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = dump(old)
    with BookFile.open(Path(shutil.copyfile(old, old.with_name("same.backstop")))) as file:
        book = file.book
    through = migrations.execute
    for failing in range(MOST_STATEMENTS):
        left = [failing]

        def execute(*arguments: object, left: list[int] = left) -> sqlite3.Cursor:
            left[0] -= 1
            if left[0] < 0:
                raise sqlite3.OperationalError("injected")
            return through(*arguments)  # type: ignore[arg-type]  # as given

        monkeypatch.setattr(migrations, "execute", execute)
        try:
            upgrade(old)
        except NotSaved:
            assert dump(old) == before
        else:
            break
    assert failing > 8
    monkeypatch.undo()
    with BookFile.open(old) as file:
        assert file.book == book


@pytest.mark.skipif(sys.platform == "win32", reason="limits as POSIX systems have them")
@pytest.mark.parametrize("most", [0, 24_000, 60_000])
def test_an_upgrade_that_finds_no_room_leaves_nothing_beside_the_file(old: Path, most: int) -> None:
    before = old.read_bytes()
    with child(open_under_a_size_limit, old, most) as (_, connection):
        assert connection.poll(60)
        said = connection.recv()
    assert "old.backstop" in said
    assert old.read_bytes() == before
    left = {each.name for each in old.parent.iterdir()}
    assert left <= {old.name, "old.before-upgrade-1.backstop"}


def test_without_a_backup_there_is_no_upgrade(old: Path) -> None:
    before = old.read_bytes()
    with pytest.raises(NotSaved):
        BookFile.open(old, keep_copy=refuse)
    assert old.read_bytes() == before
    assert [each.name for each in old.parent.iterdir()] == [old.name]


def test_a_damaged_old_file_is_refused_and_not_upgraded(old: Path) -> None:
    with closing(sqlite3.connect(old)) as connection, connection:
        connection.execute("DELETE FROM link_member")
    before = old.read_bytes()
    with pytest.raises(DamagedBook):
        BookFile.open(old)
    with pytest.raises(DamagedBook):
        BookFile.open(old, read_only=True)
    with pytest.raises(DamagedBook):
        upgrade(old)
    assert old.read_bytes() == before


@pytest.mark.parametrize("old", GROWING, indirect=True, ids="version {}".format)
def test_an_upgrade_on_a_full_disk_is_refused_in_words(
    old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = dump(old)
    through = connecting.connect

    def small(*arguments: object) -> sqlite3.Connection:
        connection = through(*arguments)  # type: ignore[arg-type]  # as given
        connection.execute("PRAGMA max_page_count = 1")
        return connection

    monkeypatch.setattr(connecting, "connect", small)
    with pytest.raises(NotSaved, match="The disk is full"):
        upgrade(old)
    assert dump(old) == before


def test_an_upgraded_book_takes_changes_and_remembers_them(old: Path) -> None:
    with BookFile.open(old) as file:
        file.save(file.book.changed(title="Changed"))
    with BookFile.open(old) as file:
        assert (file.history()[-1].field, file.history()[-1].after) == ("title", "Changed")
