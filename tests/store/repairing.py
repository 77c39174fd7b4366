"""Damage to a book file, by SQL, and the day on which it is repaired."""

import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

PAGE = 4096
TODAY = date(2026, 3, 1)


def alter(path: Path, *statements: str) -> None:
    """Carry out these statements behind the back of the program."""
    with closing(sqlite3.connect(path)) as connection, connection:
        for statement in statements:
            connection.execute(statement)
