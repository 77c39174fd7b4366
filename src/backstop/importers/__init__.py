"""Statements of banks and wallets: bytes in, candidate rows out, a reason for each refused line."""

from backstop.importers.archives import PasswordNeeded
from backstop.importers.mapping import Columns, Mapping, Sign
from backstop.importers.moments import DayOrder
from backstop.importers.registry import (
    TITLES,
    Asked,
    Statement,
    guessed_again,
    read_statement,
)
from backstop.importers.rows import (
    Balance,
    Direction,
    Nature,
    Reading,
    Refused,
    Row,
    Standing,
    Stated,
)

__all__ = [
    "TITLES",
    "Asked",
    "Balance",
    "Columns",
    "DayOrder",
    "Direction",
    "Mapping",
    "Nature",
    "PasswordNeeded",
    "Reading",
    "Refused",
    "Row",
    "Sign",
    "Standing",
    "Stated",
    "Statement",
    "guessed_again",
    "read_statement",
]
