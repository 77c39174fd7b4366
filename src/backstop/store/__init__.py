"""The book file, and the book as JSON text. Knows nothing of projections and plans."""

from backstop.store.book_file import BookFile, prepare_writing
from backstop.store.faults import (
    BookInUse,
    DamagedBook,
    DamagedHistory,
    DamagedLedger,
    DamagedStatements,
    Holder,
    LockedBook,
    NewerBook,
    NotABook,
    NotSaved,
    ReadOnlyBook,
    WrongPassphrase,
)
from backstop.store.interchange import (
    book_from_json,
    book_to_json,
    json_schema,
    ledger_from_json,
)
from backstop.store.layout import SUFFIX

__all__ = [
    "SUFFIX",
    "BookFile",
    "BookInUse",
    "DamagedBook",
    "DamagedHistory",
    "DamagedLedger",
    "DamagedStatements",
    "Holder",
    "LockedBook",
    "NewerBook",
    "NotABook",
    "NotSaved",
    "ReadOnlyBook",
    "WrongPassphrase",
    "book_from_json",
    "book_to_json",
    "json_schema",
    "ledger_from_json",
    "prepare_writing",
]
