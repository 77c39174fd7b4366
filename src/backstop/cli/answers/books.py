"""The answers of `new` and `export`."""

from pathlib import Path

from backstop.cli.commands.export import ExportOptions
from backstop.cli.commands.new import NewOptions
from backstop.cli.identity import book_ref
from backstop.cli.opening import check_outputs, key_for, key_of_new, looked_at, remarks_on
from backstop.cli.reply import Reply
from backstop.cli.results.books import Created, Exported
from backstop.domain import Book
from backstop.services import clock
from backstop.services.documents import ledger_table
from backstop.services.placing import BOOK, JSON, check_places, write_whole
from backstop.services.session import BookSession, book_to_json, read_ledger
from backstop.telling import Words


def new_book(asked: NewOptions, words: Words) -> Reply:
    """A new book file: empty, or from another book; locked where that is, or a passphrase is
    given for it."""
    path = asked.file
    source = Path(asked.source) if asked.source else None
    read = (asked.source, asked.passphrase_file)
    check_places([(BOOK, path)], [Path(each) for each in read if each])
    key = key_of_new(source, asked.passphrase_file, words)
    book = looked_at(source, key, words) if source else _empty_book(path, words)
    ledger = read_ledger(source, key=key) if source else ()
    BookSession.create(path, book, key=key, ledger=ledger).close()
    lines = [words.say("Created “{file}”: {title}.", file=path.name, title=book.title)]
    if not asked.source:
        lines.append(
            words.say("Nothing is in it yet. Fill it in: backstop open {file}", file=str(path))
        )
    result = Created(file=str(path), book=book_ref(book))
    return Reply(lines, result, remarks=_way_back(path, words) if key else ())


def _way_back(path: Path, words: Words) -> tuple[str, ...]:
    """Said of a locked book: nobody can open it who forgets its passphrase."""
    said = words.say(
        "“{file}” is locked: nobody opens it without its passphrase. Print its recovery sheet in "
        "the window: File, Passphrase.",
        file=path.name,
    )
    return (said,)


def _empty_book(path: Path, words: Words) -> Book:
    title = path.stem.strip() or words.say("My book")
    return Book(title=title, as_of=clock.today(), minimum_cash=0)


def export_book(asked: ExportOptions, words: Words) -> Reply:
    """The book as `book.json`: into a file, or onto standard output; or what was settled, as tables
    that are asked for."""
    path = Path(asked.out) if asked.out else None
    named = {JSON: path, "csv": asked.csv, "xlsx": asked.xlsx}
    places = {kind: Path(place) for kind, place in named.items() if place}
    check_outputs(asked, places)
    key = key_for(asked, words)
    book = looked_at(asked.file, key, words)
    ledger = read_ledger(asked.file, key=key)
    tables = [kind for kind in places if kind != JSON]
    for kind in tables:
        write_whole(places[kind], ledger_table(kind, book, ledger, words), kind)
    data = book_to_json(book, ledger)
    if path:
        write_whole(path, data, JSON)
    elif not tables:
        if asked.json:
            return Reply([], Exported(file="", book=book_ref(book)))
        return Reply(data.decode().split("\n")[:-1], is_document=True)
    lines = [words.say("Wrote “{file}”.", file=each.name) for each in places.values()]
    result = Exported(
        file=str(path or ""),
        tables={kind: str(places[kind]) for kind in tables},
        book=book_ref(book),
    )
    remarks = remarks_on(asked.file, words, *places.values())
    return Reply(lines, result, remarks=remarks)
