"""A statement as a page shows it: its rows and what became of each, and what it suggests."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from heapq import nsmallest

from backstop.domain import Book, KeptRow, KeptStatement, Message, Statements, message
from backstop.domain.statements import edited
from backstop.importers import Direction, Nature, Refused, Row
from backstop.importers.pairs import Bond
from backstop.importers.workbooks import MAGIC as PACKED
from backstop.services.commands import Change
from backstop.services.learning import LearntRule, learnt_rules
from backstop.services.mappings import remembered
from backstop.services.pairing import KeptPair, kept_pairs
from backstop.services.statements import Asked, Preview, as_row, look_at, take_in
from backstop.services.suggesting import Suggestion, balance_suggestion, suggestions
from backstop.work import stage, watched

MOST_SHOWN = 1000
"""Rows of a file that a page shows."""


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
    """What is kept, what a file would add by which change, its first rows, and what all of it
    suggests. Of what is kept, `counts` says how many rows there are of each statement, `pairs`
    which of them tell of one movement, `rules` what was learnt."""

    kept: Statements
    preview: Preview | None
    suggested: tuple[Suggestion, ...]
    change: Change | None = None
    shown: tuple[ShownRow, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)
    pairs: tuple[KeptPair, ...] = ()
    rules: tuple[LearntRule, ...] = ()

    @property
    def files(self) -> tuple[KeptStatement, ...]:
        """The statements that the book keeps, the newest last."""
        return tuple(each for each in self.kept.files if each.name)

    def rows_of(self, key: str) -> int:
        """How many rows of a statement are kept."""
        return self.counts.get(key, 0)


@dataclass(frozen=True)
class File:
    """A file that was read into memory, and what is said of it."""

    name: str
    data: bytes
    asked: Asked
    account: str = ""


def beginning(file: File) -> File:
    """The first lines of a long text, enough to see how it is read; a packed file as it is."""
    data = file.data
    if len(data) <= _BEGINNING or data.startswith(PACKED):
        return file
    end = _BEGINNING if data.startswith(_WIDE) else data.rfind(b"\n", 0, _BEGINNING) + 1
    return replace(file, data=data[: end or _BEGINNING])


_BEGINNING = 200_000
_WIDE = (b"\xff\xfe", b"\xfe\xff")

READ, COMPARED = 60, 70
"""Percent of a look after which a file is read, and is compared with what is kept."""


def stage_of_looking(percent: int) -> Message:
    """What is done at so many percent of a look."""
    if percent < READ:
        return message("Reading the rows…")
    if percent < COMPARED:
        return message("Comparing with what is kept…")
    return message("Looking for what comes round…")


def looked(book: Book, kept: Statements, file: File | None, today: date) -> Looked:
    """What a page shows; slow for long files. Raises `BadInput` and `PasswordNeeded`."""
    counts = Counter(each.statement for each in watched(kept.rows))
    if file is None:
        pairs, rules = tuple(kept_pairs(kept)), tuple(learnt_rules(book, kept))
        found = tuple(suggestions(book, kept, today))
        return Looked(kept, None, found, counts=counts, pairs=pairs, rules=rules)
    with stage(0, READ):
        preview = look_as_before(book, kept, file)
    with stage(READ, COMPARED):
        change = take_in(book, preview, today)
        after = edited(kept, change.statements)
        shown = tuple(shown_rows(preview, MOST_SHOWN))
    with stage(COMPARED, 100):
        listed = suggestions(book, after, today)
    balance = balance_suggestion(book, file.account, preview.reading.closing)
    suggested = tuple([balance, *listed] if balance else listed)
    return Looked(kept, preview, suggested, change, shown, counts)


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
    reading = preview.reading
    lines: tuple[Row | Refused, ...] = (*reading.rows, *reading.refused)
    first = nsmallest(most, lines, key=lambda each: each.line)
    return list(_shown(preview, first))


def _shown(preview: Preview, lines: list[Row | Refused]) -> Iterator[ShownRow]:
    last = max((each.line for each in lines), default=0)
    fates = {each.line: Fate.NEW for each in preview.new if each.line <= last}
    for pair in preview.pairs:
        fates[pair.new.line] = Fate.MAYBE if pair.bond is Bond.MAYBE else Fate.PAIR
    foreign = {each.line for each in preview.foreign}
    for each in lines:
        if isinstance(each, Refused):
            yield ShownRow(each.line, None, "", "", None, Fate.REFUSED, each.reason)
        else:
            yield _row(each, _fate(each, fates, each.line in foreign))


def _fate(row: Row, fates: dict[int, Fate], foreign: bool) -> Fate:
    if foreign:
        return Fate.FOREIGN
    if not row.moved:
        return Fate.APART
    return fates.get(row.line, Fate.KNOWN)


def _row(row: Row, fate: Fate) -> ShownRow:
    text = row.text or row.category
    return ShownRow(row.line, row.day, row.counterparty, text, _signed(row), fate)


def row_said(row: KeptRow) -> str:
    """A kept row in a few words: its day, which way its money goes, and who or what."""
    way = {Direction.IN.value: "+", Direction.OUT.value: "\u2212"}.get(row.direction, "")
    return " ".join(filter(None, (row.day.isoformat(), way, row.counterparty, row.text)))


def change_of(row: KeptRow) -> int:
    """What a kept row moves (minor units), below zero where money goes."""
    return _signed(as_row(row))


def _signed(row: Row) -> int:
    """Below zero where money goes; of what the file counts as neither, by what the row is."""
    if row.direction is Direction.NEUTRAL:
        return -row.amount if row.nature in (Nature.REPAYMENT, Nature.SPENDING) else row.amount
    return row.change
