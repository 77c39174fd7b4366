"""The sample books that come with the program, and an owner's own copies of them.

A sample is moved by whole months, to the last as-of date that is not in the future: its days of the
month stay what they were written for. From there it is brought to today, all as planned, with half
a year of ledger behind it. `load_sample(name)` alone gives it with the dates it was written for.

Each language has samples of its own, in the money and with the lines that its owners know.
"""

from collections.abc import Iterator
from datetime import date
from functools import cache
from itertools import count
from pathlib import Path

import msgspec

from backstop.disk.files import remove_with_logs
from backstop.domain import Book, EnvironmentFault, Recurring, Settled, Statements, message
from backstop.domain.statements import NOTHING_KEPT
from backstop.resources import resource
from backstop.services.paths import samples_folder
from backstop.store import SUFFIX, BookFile, book_from_json
from backstop.telling.languages import language_for

MOST_COPIES = 200


def sample_names() -> tuple[str, ...]:
    """All samples by their short names, such as `contractor`."""
    return tuple(sorted(file.stem for file in resource("samples").glob("*.json")))


def samples_in(language: str) -> tuple[str, ...]:
    """The samples for those who read this language, by its code."""
    return language_for(language).samples


def sample_titles(language: str) -> dict[str, str]:
    """The title of each sample of a language, by its name."""
    return {name: load_sample(name).title for name in samples_in(language)}


def load_sample(name: str, today: date | None = None) -> Book:
    """A sample book; with `today`, moved by whole months to the last as-of date not after it."""
    if name not in sample_names():
        raise EnvironmentFault(
            message(
                "There is no sample book “{name}”. Choose one of: {known}.",
                name=name[:40],
                known=", ".join(sample_names()),
            )
        )
    book = _read(resource("samples", f"{name}.json"))
    return book if today is None else moved(book, _months_to(book.as_of, today))


def own_copy(
    name: str,
    book: Book,
    ledger: tuple[Settled, ...] = (),
    statements: Statements = NOTHING_KEPT,
) -> BookFile:
    """The owner's copy of a sample, open for writing: one that was never changed, or a new one."""
    for path in _copies(name):
        if path.exists() and (file := _unchanged(path)):
            if file.book == book:
                return file
            file.close()  # it is of an earlier day, and nobody has anything in it
            remove_with_logs(path)
        if not path.exists():
            return BookFile.create(path, book, ledger=ledger, statements=statements)
    raise EnvironmentFault(
        message("There are too many copies of “{name}”. Remove some of them.", name=name)
    )


def moved(book: Book, months: int) -> Book:
    """The book with every date moved by `months`; the day of the month is kept, or clipped to the
    last day, so that rules by month stay what they were."""
    return msgspec.convert(_moved(book, months), Book)


@cache
def _read(path: Path) -> Book:
    return book_from_json(path.read_bytes())


def _months_to(as_of: date, today: date) -> int:
    months = 12 * (today.year - as_of.year) + today.month - as_of.month
    return months if _later(as_of, months) <= today else months - 1


def _moved(record: msgspec.Struct, months: int) -> dict[str, object]:
    fields = msgspec.structs.asdict(record)
    return {name: _moved_value(record, name, value, months) for name, value in fields.items()}


def _moved_value(record: msgspec.Struct, name: str, value: object, months: int) -> object:
    if isinstance(value, date):
        at_end = isinstance(record, Recurring) and record.last_day_of_month
        return _later(value, months, at_end=at_end and name == "first_date")
    if isinstance(value, tuple):
        return tuple(_moved_item(each, months) for each in value)
    return value


def _moved_item(item: object, months: int) -> object:
    if isinstance(item, date):
        return _later(item, months)
    return _moved(item, months) if isinstance(item, msgspec.Struct) else item


def _later(day: date, months: int, *, at_end: bool = False) -> date:
    year, month0 = divmod(12 * day.year + day.month - 1 + months, 12)
    wanted = 31 if at_end else day.day
    for last in (31, 30, 29, 28):
        try:
            return date(year, month0 + 1, min(wanted, last))
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")


def _copies(name: str) -> Iterator[Path]:
    folder = samples_folder()
    for number in count(1):
        yield folder / f"{name if number == 1 else f'{name}-{number}'}{SUFFIX}"
        if number == MOST_COPIES:
            return


def _unchanged(path: Path) -> BookFile | None:
    """The file, open, if it can be written and nothing in it was ever changed."""
    try:
        file = BookFile.open(path)
    except EnvironmentFault:
        return None
    if not file.read_only and not _was_changed(file):
        return file
    file.close()
    return None


def _was_changed(file: BookFile) -> bool:
    try:
        return bool(file.history())
    except EnvironmentFault:
        return True
