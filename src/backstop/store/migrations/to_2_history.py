"""Version 2: a change history, and seals that are added up row by row.

Version 1 sealed a book with one hash over its sorted rows, which took longer with every record and
would have taken longer with every change ever made. Now each row has its hash and the seal is
their sum: one seal for the book, one for its history.
"""

import hashlib

from backstop.store.migrations.step import Run, Step

_TABLES = (
    "SELECT name, sql FROM sqlite_master WHERE type = 'table' AND name <> 'seal' ORDER BY name"
)
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


def _seal_of_version_1(run: Run) -> str:
    digest = hashlib.sha256()
    for table, definition in run(_TABLES).fetchall():
        digest.update(f"{definition}\n".encode())
        for text in sorted(map(repr, run(f"SELECT * FROM [{table}]"))):
            digest.update(f"{text}\n".encode())
    return digest.hexdigest()


def _seal_the_history(run: Run) -> None:
    run("INSERT INTO seal (id, digest) VALUES (2, ?)", (f"{0:064x}",))


STEP = Step(
    version=2,
    tables=(_HISTORY,),
    further=_seal_the_history,
    seal_before=_seal_of_version_1,
)
