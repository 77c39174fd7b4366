"""A statement as a page shows it: its rows and what became of each, and what it suggests."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from backstop.domain import Book, KeptStatement, Message, Statements, message
from backstop.domain.statements import edited
from backstop.importers import Direction, Nature, Row
from backstop.importers.pairs import Bond
from backstop.services.mappings import remembered
from backstop.services.statements import Asked, Preview, look_at, take_in
from backstop.services.suggesting import Suggestion, balance_suggestion, suggestions


class Fate(StrEnum):
    """What becomes of a row."""

    NEW = "new"
    PAIR = "pair"
    MAYBE = "maybe"
    KNOWN = "known"
    APART = "apart"
    FOREIGN = "foreign"
    REFUSED = "refused"


FATES: dict[Fate, Message] = {
    Fate.NEW: message("new"),
    Fate.PAIR: message("also in another statement: counted once"),
    Fate.MAYBE: message("perhaps between own accounts: only you can tell"),
    Fate.KNOWN: message("read before"),
    Fate.APART: message("no money moved"),
    Fate.FOREIGN: message("in another currency"),
    Fate.REFUSED: message("refused"),
}


@dataclass(frozen=True)
class ShownRow:
    """One row of a file: `change` is in minor units, None where nobody can read it; `reason` says
    why a row is refused."""

    line: int
    day: date | None
    name: str
    text: str
    change: int | None
    fate: Fate
    reason: Message | None = None


@dataclass(frozen=True)
class Looked:
    """What is kept, what a file would add, and what all of it suggests."""

    kept: Statements
    preview: Preview | None
    suggested: tuple[Suggestion, ...]

    @property
    def files(self) -> tuple[KeptStatement, ...]:
        """The statements that the book keeps, the newest last."""
        return tuple(each for each in self.kept.files if each.name)

    def rows_of(self, key: str) -> int:
        """How many rows of a statement are kept."""
        return sum(each.statement == key for each in self.kept.rows)


@dataclass(frozen=True)
class File:
    """A file that was read into memory, and what is said of it."""

    name: str
    data: bytes
    asked: Asked
    account: str = ""


def looked(book: Book, kept: Statements, file: File | None, today: date) -> Looked:
    """What a page shows; slow for long files. Raises `BadInput` and `PasswordNeeded`."""
    if file is None:
        return Looked(kept, None, tuple(suggestions(book, kept, today)))
    preview = look_as_before(book, kept, file)
    after = edited(kept, take_in(book, preview, today).statements)
    found = suggestions(book, after, today)
    balance = balance_suggestion(book, file.account, preview.reading.closing)
    return Looked(kept, preview, tuple([balance, *found] if balance else found))


def look_as_before(book: Book, kept: Statements, file: File) -> Preview:
    """What a file would add; a table with known headings is read as it was chosen before."""
    preview = look_at(file.data, file.name, book, kept, file.asked, file.account)
    if file.asked.mapping is not None:
        return preview
    mapping = remembered(preview)
    if mapping is None or mapping == preview.mapping:
        return preview
    asked = Asked(password=file.asked.password, layout="table", mapping=mapping)
    return look_at(file.data, file.name, book, kept, asked, file.account)


def shown_rows(preview: Preview, most: int) -> list[ShownRow]:
    """The first rows of a file, in its order, each with what becomes of it."""
    return sorted(_shown(preview), key=lambda each: each.line)[:most]


def _shown(preview: Preview) -> Iterator[ShownRow]:
    reading = preview.reading
    fates = {each.line: Fate.NEW for each in preview.new}
    for pair in preview.pairs:
        fates[pair.new.line] = Fate.MAYBE if pair.bond is Bond.MAYBE else Fate.PAIR
    foreign = {each.line for each in preview.foreign}
    for row in reading.rows:
        yield _row(row, _fate(row, fates, row.line in foreign))
    for refused in reading.refused:
        yield ShownRow(refused.line, None, "", "", None, Fate.REFUSED, refused.reason)


def _fate(row: Row, fates: dict[int, Fate], foreign: bool) -> Fate:
    if foreign:
        return Fate.FOREIGN
    if not row.moved:
        return Fate.APART
    return fates.get(row.line, Fate.KNOWN)


def _row(row: Row, fate: Fate) -> ShownRow:
    text = row.text or row.category
    return ShownRow(row.line, row.day, row.counterparty, text, _signed(row), fate)


def _signed(row: Row) -> int:
    """Below zero where money goes; of what the file counts as neither, by what the row is."""
    if row.direction is Direction.NEUTRAL:
        return -row.amount if row.nature in (Nature.REPAYMENT, Nature.SPENDING) else row.amount
    return row.change
