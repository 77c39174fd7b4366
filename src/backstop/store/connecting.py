"""Connections to a book file, plain or locked, and what their two libraries raise.

A locked file goes through SQLCipher, which is imported when the first one is met.
"""

import sqlite3
import sys
from pathlib import Path
from typing import Any, cast

from backstop.store.key import Key

BUSY_SECONDS = 2.0
NO_KEY = Key(b"", b"")
"""Opens a plain file through SQLCipher, which alone can turn it into a locked one."""


def connect(path: Path, options: str, key: Key | None = None) -> sqlite3.Connection:
    """A connection that creates no file, begins no transaction of itself, and trusts no schema.

    SQLCipher's connections do all that SQLite's do, so they pass as such.
    """
    connection = _library(key).connect(
        f"{path.absolute().as_uri()}?{options}",
        uri=True,
        isolation_level=None,
        timeout=BUSY_SECONDS,
        check_same_thread=False,
    )
    if key is not None:
        connection.execute("PRAGMA cipher_log_level = NONE")  # it writes to standard error
        if key is not NO_KEY:
            connection.execute(f"PRAGMA key = {key.literal}")
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA cell_size_check = ON")
    connection.execute("PRAGMA temp_store = MEMORY")
    return cast("sqlite3.Connection", connection)


def sql_errors() -> tuple[type[Exception], ...]:
    """What to catch around a connection: both libraries, or the one that has been used."""
    cipher = sys.modules.get("sqlcipher3.dbapi2")
    return (sqlite3.Error, cipher.Error) if cipher else (sqlite3.Error,)


def operational_errors() -> tuple[type[Exception], ...]:
    """The errors of a place rather than of a file."""
    cipher = sys.modules.get("sqlcipher3.dbapi2")
    return (
        (sqlite3.OperationalError, cipher.OperationalError)
        if cipher
        else (sqlite3.OperationalError,)
    )


def _library(key: Key | None) -> Any:
    if key is None:
        return sqlite3
    from sqlcipher3 import dbapi2

    return dbapi2
