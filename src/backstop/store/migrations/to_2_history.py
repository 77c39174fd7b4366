"""Version 2: a change history, and seals that are added up row by row.

Version 1 sealed a book with one hash over its sorted rows, which took longer with every record and
would have taken longer with every change ever made. Now each row has its hash and the seal is
their sum (modulo 2^256): one seal for the book, one for its history.
"""

import hashlib
import sqlite3
from collections.abc import Callable

VERSION = 2

_TABLES = (
    "SELECT name, sql FROM sqlite_master WHERE type = 'table' AND name <> 'seal' ORDER BY name"
)
_KNOWN = {
    "account",
    "book",
    "cash_flow",
    "facility",
    "link_group",
    "link_member",
    "planned_draw",
    "seal",
    "tranche",
}
_HISTORY = """CREATE TABLE history (
    number INTEGER NOT NULL,
    change INTEGER NOT NULL,
    at TEXT NOT NULL,
    act TEXT NOT NULL,
    entity TEXT NOT NULL,
    record TEXT NOT NULL,
    name TEXT NOT NULL,
    field TEXT NOT NULL,
    before TEXT,
    after TEXT,
    PRIMARY KEY (number)
) STRICT"""


def is_whole(connection: sqlite3.Connection) -> bool:
    """As version 1 checked its files."""
    named = {
        str(name)
        for kind, name in connection.execute("SELECT type, name FROM sqlite_master")
        if not (kind == "index" and str(name).startswith("sqlite_autoindex_"))
    }
    if named != _KNOWN:
        return False
    if connection.execute("PRAGMA integrity_check(1)").fetchall() != [("ok",)]:
        return False
    found = connection.execute("SELECT digest FROM seal WHERE id = 1").fetchone()
    return bool(found) and found[0] == _seal_1(connection)


def upgrade(run: Callable[..., sqlite3.Cursor]) -> None:
    run(_HISTORY)
    run("UPDATE seal SET digest = ? WHERE id = 1", (_seal_2(run),))
    run("INSERT INTO seal (id, digest) VALUES (2, ?)", (f"{0:064x}",))


def _seal_1(connection: sqlite3.Connection) -> str:
    digest = hashlib.sha256()
    for table, definition in connection.execute(_TABLES).fetchall():
        digest.update(f"{definition}\n".encode())
        for text in sorted(map(repr, connection.execute(f"SELECT * FROM [{table}]"))):
            digest.update(f"{text}\n".encode())
    return digest.hexdigest()


def _seal_2(run: Callable[..., sqlite3.Cursor]) -> str:
    total = 0
    for table, definition in run(_TABLES).fetchall():
        total += _hash("definition", definition)
        if table == "history":
            continue
        names = sorted(row[1] for row in run(f"PRAGMA table_info([{table}])"))
        columns = ", ".join(f"[{name}]" for name in names)
        total += sum(_hash(table, row) for row in run(f"SELECT {columns} FROM [{table}]"))
    return f"{total % (1 << 256):064x}"


def _hash(table: str, what: object) -> int:
    return int.from_bytes(hashlib.sha256(f"{table}\n{what!r}".encode()).digest(), "big")
