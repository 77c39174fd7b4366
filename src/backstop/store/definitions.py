"""How this program defines its tables, as SQL."""

from collections.abc import Iterator

from sqlalchemy.dialects import sqlite
from sqlalchemy.schema import CreateTable
from sqlmodel import SQLModel

from backstop.store.tables import TABLES


def table_definitions() -> Iterator[str]:
    """The `CREATE TABLE` of each table."""
    for name in TABLES:
        table = SQLModel.metadata.tables[name]
        yield str(CreateTable(table).compile(dialect=sqlite.dialect())).strip()
