"""A book file written anew under another key, or under none: the old one stays until it is proved.

SQLCipher could change the key of a file in place, page by page; a machine that stops meanwhile
would leave two halves under two keys.
"""

import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from backstop.disk.files import beside, fresh_name, remove, remove_with_logs
from backstop.disk.own import data_folder
from backstop.disk.unfinished import unfinished
from backstop.disk.whole import begin, give_name
from backstop.store.connecting import NO_KEY, connect, sql_errors
from backstop.store.faults import DamagedPart, refused_writing, unproved_copy
from backstop.store.header import has_log
from backstop.store.key import Key
from backstop.store.layout import APPLICATION_ID
from backstop.store.reading import check, reading
from backstop.store.seal import content_seal


def rewrite(path: Path, old: Key | None, new: Key | None) -> None:
    """Replace the file by one that says the same under the new key; whole or not at all.

    The caller holds the lock, and nothing writes the file meanwhile. Raises `NotSaved`, or what
    opening the file with its old key would raise.
    """
    fresh = fresh_name(path)
    remove_with_logs(fresh)
    try:
        with unfinished(fresh, data_folder()):
            begin(fresh)
            said = _said(path, old)
            _export(path, old, fresh, new)
            with suppress(DamagedPart):  # it stays what it was, as all of it does
                check(fresh, new)
            if _said(fresh, new) != said:
                raise unproved_copy(path)
            _replace(path, fresh)
    except OSError as error:
        raise refused_writing(path, error) from error
    forget_keys()


def forget_keys() -> None:
    """Let go of the keys that writing remembers from one change to the next."""
    if "backstop.store.writing" in sys.modules:
        from backstop.store.writing import forget_engines

        forget_engines()


def _said(path: Path, key: Key | None) -> str:
    with reading(path, key) as connection:
        return content_seal(connection)


def _export(path: Path, old: Key | None, fresh: Path, new: Key | None) -> None:
    with _sentences(path), closing(connect(path, "mode=rw", old or NO_KEY)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        literal, place = new.literal if new else "''", fresh.absolute().as_uri()
        connection.execute(f"ATTACH DATABASE ? AS fresh KEY {literal}", (place,))
        connection.execute("SELECT sqlcipher_export('fresh')").fetchone()
        connection.execute(f"PRAGMA fresh.application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA fresh.user_version = {version}")
        connection.execute("DETACH DATABASE fresh")


def _replace(path: Path, fresh: Path) -> None:
    if has_log(path):  # someone reads the old file, and its log could not be worked in
        raise unproved_copy(path)
    remove(*beside(path))
    give_name(fresh, path)


@contextmanager
def _sentences(path: Path) -> Iterator[None]:
    try:
        yield
    except sql_errors() as error:
        raise refused_writing(path, error) from error
