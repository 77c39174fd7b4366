"""A hash over everything a book file says, to notice a flipped bit that SQLite cannot.

It is made of rows, not of pages or of `book.json`: it stays the same through VACUUM and backup, and
needs no knowledge of what a column means.
"""

import hashlib
import sqlite3

from backstop.store.layout import SEAL_TABLE

_TABLES = "SELECT name, sql FROM sqlite_master WHERE type = 'table' AND name <> ? ORDER BY name"


def content_seal(connection: sqlite3.Connection) -> str:
    """SHA-256 (hex) of all tables but the seal's own: how they are defined, and all their rows."""
    digest = hashlib.sha256()
    for table, definition in connection.execute(_TABLES, (SEAL_TABLE,)).fetchall():
        digest.update(f"{definition}\n".encode())
        for text in sorted(map(repr, connection.execute(f"SELECT * FROM [{table}]"))):
            digest.update(f"{text}\n".encode())
    return digest.hexdigest()


def stored_seal(connection: sqlite3.Connection) -> str:
    """The seal that the file carries, or empty."""
    found = connection.execute(f"SELECT digest FROM [{SEAL_TABLE}] WHERE id = 1").fetchone()
    return str(found[0]) if found else ""
