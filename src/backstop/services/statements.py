"""A statement looked at, taken in, forgotten: nothing is written until it is accepted."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from hashlib import blake2b

import msgspec

from backstop.domain import (
    BadInput,
    Book,
    KeptRow,
    KeptStatement,
    Message,
    Statements,
    StatementsEdit,
    message,
)
from backstop.importers import (
    TITLES,
    Asked,
    Direction,
    Mapping,
    Nature,
    PasswordNeeded,
    Reading,
    Row,
    Standing,
    Stated,
    Statement,
    read_statement,
)
from backstop.importers.decoding import MOST_BYTES
from backstop.importers.digests import Numbered, scope_of, sifted
from backstop.importers.pairs import DAYS_APART, Bond, Placed, pairs_among
from backstop.services.commands import Change
from backstop.work import stage, watched

__all__ = [
    "MOST_BYTES",
    "Asked",
    "Mapping",
    "PairSaid",
    "PasswordNeeded",
    "Preview",
    "forget",
    "look_at",
    "take_in",
    "title_of",
]


@dataclass(frozen=True)
class PairSaid:
    """A new row and the row of another statement that tells of the same movement."""

    new: KeptRow
    other: KeptRow
    bond: Bond


@dataclass(frozen=True)
class Preview:
    """What taking in a statement would add. `new` rows are in the book's currency and moved money;
    `known` ones were read before; `foreign` ones are in another currency."""

    name: str
    key: str
    account: str
    statement: Statement
    new: tuple[KeptRow, ...]
    known: int
    foreign: tuple[Row, ...]
    pairs: tuple[PairSaid, ...]
    kept: Statements
    is_chosen: bool = False
    """Whether its owner said which column is what."""

    @property
    def reading(self) -> Reading:
        """The file as it was read."""
        return self.statement.reading

    @property
    def is_mapped(self) -> bool:
        """Whether it is a table that was read by a mapping, which may be another."""
        return bool(self.statement.tables) and self.statement.mapping is not None

    @property
    def mapping(self) -> Mapping:
        """The mapping that it was read by; only to be asked where `is_mapped`."""
        assert self.statement.mapping is not None
        return self.statement.mapping

    @cached_property
    def differences(self) -> tuple[Message, ...]:
        """Where the file's own totals are not those of its rows."""
        return tuple(_differences(self.reading.stated, self.reading.counted))


def title_of(layout: str) -> Message:
    """What a format is called."""
    return TITLES.get(layout, message("another table, by its columns"))


def look_at(
    data: bytes,
    name: str,
    book: Book,
    kept: Statements,
    asked: Asked | None = None,
    account: str = "",
) -> Preview:
    """What a file says, and which of it is new; raises `BadInput`, `PasswordNeeded`."""
    check_account(book, account)
    asked = msgspec.structs.replace(asked or Asked(), currency=book.currency)
    with stage(0, 60):
        statement = read_statement(data, asked)
    reading = statement.reading
    ours, foreign = _by_currency(reading, book.currency)
    with stage(60, 75):
        key = blake2b(data, digest_size=12).hexdigest()
        scopes = _other_scopes(reading, account, key, kept)
        found = sifted(ours, scope_of(reading, account), kept.known, scopes)
    with stage(75, 85):
        new = tuple(_kept(each, key) for each in watched(found.new))
    with stage(85, 100):
        pairs = tuple(_pairs(new, reading.layout, kept))
    return Preview(
        name=name,
        key=key,
        account=account,
        statement=statement,
        new=new,
        known=len(found.known),
        foreign=foreign,
        pairs=pairs,
        kept=kept,
        is_chosen=asked.mapping is not None,
    )


def take_in(book: Book, preview: Preview, today: date) -> Change:
    """Keep the statement and its new rows, pairs linked from both sides."""
    said = message("take in the statement “{name}”", name=preview.name)
    if not preview.new:
        return Change(book, book, said)
    days = [each.day for each in preview.new]
    file = KeptStatement(
        key=preview.key,
        name=preview.name[:200],
        layout=preview.reading.layout,
        named=preview.reading.account[:60],
        account=preview.account,
        read_on=today,
        first_day=min(days),
        last_day=max(days),
    )
    added, removed = _linked(preview)
    files, before = _same_file(preview.kept, file)
    return Change(
        book,
        book,
        said,
        statements=StatementsEdit(Statements(files, added), Statements(before, removed)),
    )


def forget(book: Book, kept: Statements, key: str) -> Change:
    """Let a statement's rows go; their digests stay, so that they never come in again."""
    file = next((each for each in kept.files if each.key == key and each.name), None)
    if file is None:
        raise BadInput(message("There is no such statement in this book."))
    rows = tuple(each for each in kept.rows if each.statement == key)
    seen = (*file.seen, *(each.digest for each in rows))
    left = msgspec.structs.replace(file, name="", named="", account="", seen=seen)
    gone = {each.digest for each in rows}
    partners = tuple(each for each in kept.rows if each.pair in gone and each.statement != key)
    single = tuple(msgspec.structs.replace(each, pair="") for each in partners)
    return Change(
        book,
        book,
        message("forget the statement “{name}”", name=file.name),
        statements=StatementsEdit(
            Statements((left,), single), Statements((file,), (*rows, *partners))
        ),
    )


def check_account(book: Book, account: str) -> None:
    """Raises `BadInput` for an id that is neither an account nor a line of the book."""
    ids = [each.id for each in (*book.accounts, *book.facilities)]
    if account and account not in ids:
        said = "“{id}” is no account and no line of this book. Use one of: {known}."
        raise BadInput(message(said, id=account, known=", ".join(ids)), "account")


def _other_scopes(reading: Reading, account: str, key: str, kept: Statements) -> list[str]:
    """In which other scopes the rows may be known: the owner may say only later whose account it
    is, or not say it again."""
    accounts = {each.account for each in kept.files if each.key == key} | {""}
    scopes = {scope_of(reading, each) for each in accounts}
    return sorted(scopes - {scope_of(reading, account)})


def _by_currency(reading: Reading, currency: str) -> tuple[list[Row], tuple[Row, ...]]:
    ours: list[Row] = []
    foreign: list[Row] = []
    for each in watched(reading.rows):
        is_ours = (each.currency or reading.currency or currency) == currency
        (ours if is_ours else foreign).append(each)
    return ours, tuple(foreign)


def _kept(numbered: Numbered, key: str) -> KeptRow:
    digest, row = numbered
    return KeptRow(
        digest=digest,
        statement=key,
        line=row.line,
        day=row.day,
        amount=row.amount,
        direction=row.direction.value,
        nature=row.nature.value,
        standing=row.standing.value,
        counterparty=row.counterparty,
        text=row.text,
        category=row.category,
        source=row.source,
        number=row.id,
        balance=row.balance,
    )


def as_row(kept: KeptRow) -> Row:
    """The row as importers know it."""
    return Row(
        line=kept.line,
        day=kept.day,
        amount=kept.amount,
        direction=Direction(kept.direction),
        standing=Standing(kept.standing),
        nature=Nature(kept.nature),
        counterparty=kept.counterparty,
        text=kept.text,
        category=kept.category,
        source=kept.source,
        id=kept.number,
        balance=kept.balance,
    )


def _pairs(new: Sequence[KeptRow], layout: str, kept: Statements) -> list[PairSaid]:
    """Pairs of new rows with older ones that have none, for all of them at once."""
    if not new or not kept.rows:
        return []
    layouts = {each.key: each.layout for each in kept.files}
    first = min(each.day for each in new).toordinal() - DAYS_APART
    last = max(each.day for each in new).toordinal() + DAYS_APART
    older = [each for each in kept.rows if not each.pair and first <= each.day.toordinal() <= last]
    rows = [*new, *older]
    placed = [
        Placed(as_row(each), layouts.get(each.statement, layout), each.statement)
        for each in watched(rows)
    ]
    found = []
    for one, other, bond in pairs_among(placed):
        if min(one, other) < len(new) <= max(one, other):
            found.append(PairSaid(rows[min(one, other)], rows[max(one, other)], bond))
    return found


def _linked(preview: Preview) -> tuple[tuple[KeptRow, ...], tuple[KeptRow, ...]]:
    """Rows to add and to take away: new ones, and partners that now know their pair. What only
    may be a pair stays apart until the owner says so."""
    sure = [each for each in preview.pairs if each.bond is not Bond.MAYBE]
    partner = {each.new.digest: each.other.digest for each in sure}
    added = [
        msgspec.structs.replace(each, pair=partner[each.digest]) if each.digest in partner else each
        for each in watched(preview.new)
    ]
    older = tuple(each.other for each in sure)
    added += [
        msgspec.structs.replace(each.other, pair=each.new.digest, statement=each.other.statement)
        for each in sure
    ]
    return tuple(added), older


def _same_file(
    kept: Statements, file: KeptStatement
) -> tuple[tuple[KeptStatement, ...], tuple[KeptStatement, ...]]:
    """The file to add, and the one of the same bytes that it takes the place of."""
    before = next((each for each in kept.files if each.key == file.key), None)
    if before is None:
        return (file,), ()
    return (msgspec.structs.replace(file, seen=before.seen),), (before,)


def _differences(stated: Stated, counted: Stated) -> list[Message]:
    said = []
    if stated.rows is not None and stated.rows != counted.rows:
        text = "The file states {stated} rows, and has {counted}."
        said.append(message(text, stated=stated.rows, counted=counted.rows))
    pairs = (
        (stated.incoming, counted.incoming),
        (stated.outgoing, counted.outgoing),
        (stated.neutral, counted.neutral),
    )
    if any(one is not None and one != other for one, other in pairs):
        said.append(message("The file's own totals are not what its rows add up to."))
    return said
