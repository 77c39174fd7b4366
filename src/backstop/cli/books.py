"""Commands that move books about: demo, new, export, schema."""

import json
from argparse import Namespace
from pathlib import Path

from backstop.cli import results as out
from backstop.cli.identity import book_ref
from backstop.cli.opening import book_at, open_book, remarks_on
from backstop.cli.reply import Reply
from backstop.cli.tables import Column, table
from backstop.domain import BadInput, Book, message
from backstop.language import Words
from backstop.services import clock
from backstop.services.placing import check_place, write_whole
from backstop.services.samples import sample_titles
from backstop.services.session import BookSession, book_to_json, json_schema

SUFFIX = ".backstop"


def list_samples(_: Namespace, words: Words) -> Reply:
    """The sample books by name and title."""
    samples = [out.Sample(name, title) for name, title in sample_titles().items()]
    columns = [Column(words.say("Name")), Column(words.say("Title"))]
    lines = table(columns, [(each.name, each.title) for each in samples])
    return Reply(
        [*lines, "", words.say("Open one with: backstop demo NAME")], out.Samples(samples=samples)
    )


def new(given: Namespace, words: Words) -> Reply:
    """A new book file: empty, or from a `book.json`."""
    path = Path(given.file)
    check_place(path)
    _refuse_json(path)
    book = book_at(Path(given.source), given, words) if given.source else _empty_book(path, words)
    BookSession.create(path, book).close()
    lines = [words.say("Created “{file}”: {title}.", file=path.name, title=book.title)]
    if not given.source:
        lines.append(
            words.say("Nothing is in it yet. Fill it in: backstop open {file}", file=str(path))
        )
    result = out.Created(file=str(path), book=book_ref(book))
    remarks = remarks_on(given.source, words, path) if given.source else ()
    return Reply(lines, result, remarks=remarks)


def _refuse_json(path: Path) -> None:
    """A book file is no text; under that name other programs would take it for one."""
    if path.suffix.lower() == ".json":
        raise BadInput(
            message(
                "“{file}” is named like an export, and a book file is no text. Name it “{better}”.",
                file=path.name,
                better=path.with_suffix(SUFFIX).name,
            )
        )


def _empty_book(path: Path, words: Words) -> Book:
    title = path.stem.strip() or words.say("My book")
    return Book(title=title, as_of=clock.today(), minimum_cash=0)


def export(given: Namespace, words: Words) -> Reply:
    """The book as `book.json`: into a file, or onto standard output."""
    book = open_book(given, words)
    data = book_to_json(book)
    if not given.out:
        if given.json:
            return Reply([], out.Exported(file="", book=book_ref(book)))
        return Reply(data.decode().split("\n")[:-1], is_document=True)
    path = Path(given.out)
    _refuse_book_file(path)
    write_whole(path, data)
    lines = [words.say("Wrote “{file}”.", file=path.name)]
    result = out.Exported(file=str(path), book=book_ref(book))
    return Reply(lines, result, remarks=remarks_on(given.file, words, path))


def _refuse_book_file(path: Path) -> None:
    """An export is text; writing it over a book file would destroy that book."""
    if path.suffix.lower() == SUFFIX:
        raise BadInput(
            message(
                "“{file}” is named like a book file, and an export is text. Name it “{better}”, "
                "or use “backstop new” to make a book file.",
                file=path.name,
                better=path.with_suffix(".json").name,
            )
        )


def schema(given: Namespace, _: Words) -> Reply:
    """The JSON Schema of `book.json`, or of the results."""
    found = out.results_schema() if given.results else json_schema()
    return Reply([json.dumps(found, indent=2, ensure_ascii=False)], is_document=True)
