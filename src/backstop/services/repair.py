"""Repair of a damaged book: only ever into a new file, with every fix told in a sentence."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import msgspec

from backstop.domain import (
    RECORD_LISTS,
    BadInput,
    Book,
    BookFacts,
    EnvironmentFault,
    Facility,
    FieldName,
    LinkGroup,
    Message,
    Record,
    Settled,
    Statements,
    Tranche,
    message,
)
from backstop.domain.purchases import all_bought, forgetting
from backstop.domain.statements import NOTHING_KEPT
from backstop.domain.validation import clip
from backstop.services import clock
from backstop.services.patience import patience
from backstop.services.since_backup import since_backup
from backstop.store import BookFile, DamagedBook, DamagedHistory, DamagedLedger, NotABook
from backstop.store.key import Key
from backstop.store.reading import damaged_parts, load, load_ledger, load_statements
from backstop.store.salvage import Salvaged, salvage
from backstop.store.witnesses import Disputed

_TABLES = {
    "book": message("settings of the book"),
    "account": message("accounts"),
    "facility": message("credit lines"),
    "tranche": message("draws"),
    "cash_flow": message("receipts and payments"),
    "planned_draw": message("planned draws"),
    "link_group": message("link groups"),
    "link_member": message("members of link groups"),
    "measure": message("measures"),
    "saved_contingency": message("saved losses"),
    "accepted_plan": message("accepted plans"),
    "ledger": message("planned and actual"),
    "statement": message("statements"),
    "statement_row": message("statements"),
}
"""What the owner calls the tables."""
Tell = Callable[[Message], None]


@dataclass(frozen=True)
class Repaired:
    """The book as it could be saved, and what had to be done to it; no fixes means none needed."""

    book: Book
    fixes: tuple[Message, ...]
    ledger: tuple[Settled, ...] = ()
    statements: Statements = NOTHING_KEPT


def examine(path: Path, key: Key | None = None, today: date | None = None) -> Repaired:
    """What a repair of this file would give; nothing is written anywhere.

    Raises `DamagedBook` when nothing can be saved, and what opening raises for a file that is no
    book, newer, or locked.
    """
    try:
        return _whole(path, key)
    except DamagedBook:
        found = salvage(path, key)
    except NotABook as fault:
        found = _salvaged_without_header(path, fault)
    fixes: list[Message] = []
    book = _mended(found, today or clock.today(), fixes.append)
    if not found.confirmed:
        fixes.append(_UNCONFIRMED if fixes else _ONLY_THE_SEAL)
        fixes += since_backup(path, key, book)
    fixes.append(_HISTORY)
    if not found.whole_ledger:
        fixes.append(_LEDGER)
    ledger = tuple(_settled(found.ledger, fixes.append))
    statements = _statements(path, key, fixes.append if found.had_statements else _untold)
    return Repaired(book, tuple(fixes), ledger, statements)


_ONLY_THE_SEAL = message(
    "everything could be read; only the seal of the file was wrong: "
    "some value may have changed, so compare it with a backup"
)
_UNCONFIRMED = message(
    "the seal of the file does not confirm what was read: beside what is said here, "
    "some value may have changed or some entry be missing, so compare it with a backup"
)
_HISTORY = message("the history of changes stays behind in the damaged file")
_LEDGER = message(
    "the seal of planned and actual was wrong: some row may have changed or be missing"
)

_STATEMENTS = message(
    "what was kept of statements stays behind in the damaged file: read them once more"
)


def _untold(_: Message) -> None:
    """There is nothing to be told."""


def _statements(path: Path, key: Key | None, tell: Tell) -> Statements:
    """What is kept of statements, where that is whole; said where it is not."""
    try:
        return load_statements(path, key)
    except EnvironmentFault:
        tell(_STATEMENTS)
        return NOTHING_KEPT


def _settled(rows: list[dict[str, Any]], tell: Tell) -> Iterator[Settled]:
    """What was settled, row by row; says how many rows are none."""
    lost = 0
    for each in rows:
        try:
            yield msgspec.convert(each, Settled)
        except (BadInput, msgspec.ValidationError, ValueError):
            lost += 1
    if lost:
        tell(message("of planned and actual, {n} rows could not be read", n=lost))


def _whole(path: Path, key: Key | None) -> Repaired:
    """Of a book that can be opened: nothing has to be mended but, it may be, its history or its
    ledger."""
    book, fixes = load(path, key).book, list[Message]()
    try:
        ledger = load_ledger(path, key)
    except DamagedLedger:
        fixes.append(_LEDGER)
        ledger = tuple(_settled(salvage(path, key).ledger, fixes.append))
    statements = _statements(path, key, fixes.append)
    if fixes or any(isinstance(each, DamagedHistory) for each in damaged_parts(path, key)):
        fixes.append(_HISTORY)
    return Repaired(book, tuple(fixes), ledger, statements)


def _salvaged_without_header(path: Path, fault: NotABook) -> Salvaged:
    """Of a file that does not begin as a book: what it gives, if a whole book's facts are in it."""
    try:
        found = salvage(path)
        msgspec.convert(found.facts, BookFacts)
    except (EnvironmentFault, msgspec.ValidationError, ValueError):
        raise fault from None
    return found


def repair_into(path: Path, target: Path, key: Key | None = None) -> Repaired:
    """Write what can be saved of a damaged book into a new file, locked as the old one is.

    The damaged file is not touched, and `target` must not exist. Nothing is written where nothing
    had to be mended.
    """
    with patience(path):
        found = examine(path, key)
    if found.fixes:
        BookFile.create(
            target, found.book, key=key, ledger=found.ledger, statements=found.statements
        ).close()
    return found


def _mended(found: Salvaged, today: date, tell: Tell) -> Book:
    _tell_of_tables(found, tell)
    _tell_of_witnesses(found, tell)
    facts = dict(found.facts or {})
    standing = facts.pop("standing_draws", [])  # they name lines, which come later
    book = _facts(facts, today, tell)
    lists = {
        name: [r for each in found.lists.get(name, []) for r in _record(kind, each, tell)]
        for kind, name in RECORD_LISTS.items()
    }
    return _with_standing_draws(_put_together(book, lists, tell), standing, tell)


def _put_together(book: Book, lists: dict[str, list[Record]], tell: Tell) -> Book:
    """All at once, or, where they do not fit together, list by list: lines come before the payments
    that their purchases name."""
    try:
        return book.changed(**{name: tuple(records) for name, records in lists.items()})
    except BadInput:
        pass
    lines = [each for each in lists["facilities"] if isinstance(each, Facility)]
    unnamed: list[Record] = list(
        forgetting(lines, *{each.flow for *_, of in all_bought(lines) for each in of})
    )
    for name, records in (lists | {"facilities": unnamed}).items():
        book = _with_all(book, name, records, tell)
    named = [line for line in lines if line not in unnamed and line.id in book.by_id]
    return _named_again(book, named)


def _named_again(book: Book, lines: Sequence[Facility]) -> Book:
    """What was bought by these lines, as the payments that it was, as far as these are there."""
    gone = {each.flow for *_, of in all_bought(lines) for each in of} - set(book.by_id)
    for line in forgetting(lines, *gone):
        now = book.by_id[line.id]
        assert isinstance(now, Facility)
        bought = {each.id: each.purchases for each in line.tranches}
        tranches = tuple(e.changed(purchases=bought.get(e.id, ())) for e in now.tranches)
        book = book.put(now.changed(unbilled=line.unbilled, tranches=tranches))
    return book


def _with_standing_draws(book: Book, named: object, tell: Tell) -> Book:
    try:
        return book.changed(standing_draws=msgspec.convert(named, tuple[str, ...]))
    except (msgspec.ValidationError, BadInput):
        tell(message("the standing draws could not be read"))
        return book


def _tell_of_witnesses(found: Salvaged, tell: Tell) -> None:
    """Record by record, what the file itself says of what is lost or changed."""
    for name in found.orphans:
        tell(_orphaned(name))
    for each in found.missing:
        if each.name:
            said = message(
                "“{name}” ({table}) is lost: the history of changes still names it",
                name=clip(each.name),
                table=_named(each.table),
            )
        else:
            said = message(
                "the entry “{id}” is lost: only its identifier could be read", id=clip(each.id)
            )
        tell(said)
    for value in found.disputed:
        tell(_disputed(value))


def _disputed(value: Disputed) -> Message:
    if not value.field:
        said = "“{name}” is there, and the history of changes says that it was removed"
        return message(said, name=clip(value.name))
    return message(
        "{field} in “{name}” is “{now}”; the history of changes says “{then}”",
        field=FieldName(value.field),
        name=clip(value.name),
        now=clip(str(value.now)),
        then=clip(str(value.then)),
    )


def _tell_of_tables(found: Salvaged, tell: Tell) -> None:
    for name in _names(found.incomplete):
        tell(message("a part of the table “{table}” could not be read", table=name))
    for name in _names(found.page_by_page):
        tell(message("the table “{table}” was damaged and was read page by page", table=name))
    if found.lost:
        tell(message("{count} rows stood on damaged pages and could not be read", count=found.lost))
    if found.pages_gone:
        tell(
            message(
                "the end of the file is missing ({count} pages): what stood there is lost, and "
                "nothing names it any more",
                count=found.pages_gone,
            )
        )
    if found.may_revive:
        tell(message("what was deleted before may be back: look through all entries"))
    if found.is_older:
        tell(message("the book was of an older version and was brought up to this one"))


def _names(tables: Iterable[str]) -> list[Message | str]:
    """What the owner calls these tables, each once."""
    found: list[Message | str] = []
    for each in sorted(tables):
        if (name := _named(each)) not in found:
            found.append(name)
    return found


def _named(table: str) -> Message | str:
    return _TABLES.get(table, table)


def _with_all(book: Book, name: str, records: list[Record], tell: Tell) -> Book:
    """All at once, or, where they do not fit together, one by one."""
    try:
        return book.changed(**{name: tuple(records)})
    except BadInput:
        for record in records:
            book = _put(book, record, tell)
        return book


def _facts(values: dict[str, Any], today: date, tell: Tell) -> Book:
    if "\ufffd" in str(values):
        tell(message("the settings of the book have characters that could not be read"))
    try:
        return msgspec.convert(values, Book)
    except (msgspec.ValidationError, ValueError, BadInput):
        pass
    tell(message("the settings of the book could not be read: it has the usual ones again"))
    title = values.get("title")
    kept: dict[str, Any] = {"title": str(title)} if title else {}
    for name in BookFacts.__struct_fields__:
        if name == "title":
            continue
        try:
            msgspec.convert({"title": "x", "as_of": today, name: values[name]}, Book, strict=False)
            kept[name] = values[name]
        except (msgspec.ValidationError, ValueError, BadInput, KeyError):
            continue
    return msgspec.convert({"title": "–", "as_of": today} | kept, Book, strict=False)


def _record(kind: type[Record], values: dict[str, Any], tell: Tell) -> Iterator[Record]:
    if "tranches" in values:
        values = values | {"tranches": list(_tranches(values["tranches"], tell))}
    if kind is LinkGroup:
        values = values | {"members": [each for each in values["members"] if each]}
    if any("\ufffd" in str(each) for each in values.values()):
        tell(message("“{name}” has characters that could not be read", name=_called(values)))
    try:
        yield msgspec.convert(values, kind)
    except (msgspec.ValidationError, ValueError, BadInput):
        tell(message("“{name}” could not be read and was left out", name=_called(values)))
        for each in values.get("tranches", ()):
            tell(_orphaned(_called(each)))


def _orphaned(name: str) -> Message:
    return message("“{name}” belonged to what is lost and was left out", name=clip(name))


def _tranches(values: list[dict[str, Any]], tell: Tell) -> Iterator[dict[str, Any]]:
    for each in values:
        try:
            msgspec.convert(each, Tranche)
            yield each
        except (msgspec.ValidationError, ValueError, BadInput):
            tell(message("“{name}” could not be read and was left out", name=_called(each)))


def _put(book: Book, record: Record, tell: Tell) -> Book:
    """The book with this record, or with as much of it as fits."""
    if record.id not in book.by_id:
        try:
            return book.put(record)
        except BadInput:
            pass
    for fitting, said in _alternatives(book, record):
        try:
            after = book.put(fitting)
        except BadInput:
            continue
        tell(said)
        return after
    tell(message("“{name}” refers to what is lost and was left out", name=record.name))
    return book


def _alternatives(book: Book, record: Record) -> Iterator[tuple[Record, Message]]:
    if book.new_id(record.id) != record.id:
        renamed = record.changed(id=book.new_id("saved"))
        yield renamed, message("“{name}” was given a new identifier", name=record.name)
    if hasattr(record, "through"):
        cash = record.changed(through="")
        yield cash, message("“{name}” now goes through cash", name=record.name)
    if isinstance(record, LinkGroup):
        members = tuple(each for each in record.members if each in book.by_id)
        if len(set(members)) > 1:
            smaller = record.changed(members=members)
            yield smaller, message("“{name}” lost a member", name=record.name)
    if hasattr(record, "tranches"):
        bare = record.changed(tranches=())
        yield bare, message("the draws of “{name}” were left out", name=record.name)


def _called(values: dict[str, Any]) -> str:
    return clip(str(values.get("name") or values.get("id") or "?"))
