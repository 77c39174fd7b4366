"""The book that a command is asked about; a locked one is opened with its passphrase.

A passphrase comes from the terminal, unseen, or from a file or pipe: never from the command line,
where every process of the machine, and the history of the shell, would have it.
"""

import sys
from collections.abc import Mapping
from getpass import getpass
from pathlib import Path

from backstop.cli.book_options import BookOptions
from backstop.cli.output import complain
from backstop.domain import BadInput, Book, EnvironmentFault, message
from backstop.services.passphrase import (
    Key,
    is_locked,
    is_open,
    key_of,
    new_key,
    remark_on_plain_copy,
)
from backstop.services.placing import check_places
from backstop.services.session import BookSession, read_book
from backstop.telling import Words

LONGEST = 4096
FROM_INPUT = "-"
JSON_SUFFIX = ".json"


def open_book(asked: BookOptions, words: Words) -> Book:
    """The book in FILE, for looking only; raises with a sentence."""
    return looked_at(asked.file, key_for(asked, words), words)


def looked_at(path: Path, key: Key | None, words: Words) -> Book:
    """The book in a file; what was wrong with its log goes to standard error."""
    return read_book(path, key=key, tell=lambda said: complain(words.tell(said)))


def tell_remark(session: BookSession, words: Words) -> None:
    """Say on standard error what is to be said of the file itself."""
    if remark := session.take_remark():
        complain(words.tell(remark))


def check_kept_in(path: Path) -> None:
    """Refuse a `book.json`, in which nothing is kept."""
    if path.suffix.lower() == JSON_SUFFIX:
        raise BadInput(
            message(
                "“{file}” is an export, and this is kept in a book file. Make one with "
                "backstop new FILE --from {file}.",
                file=path.name,
            )
        )


def key_for(asked: BookOptions, words: Words) -> Key | None:
    """What opens the file; None for one without a passphrase, for which none may be given."""
    return _key(asked.file, asked.passphrase_file, words)


def key_of_new(source: Path | None, passphrase_file: str | None, words: Words) -> Key | None:
    """What a book to be made is locked with: as the book that it is made from, else with the
    passphrase that is given for it."""
    if source is not None and is_locked(source):
        return _key(source, passphrase_file, words)
    return new_key(_in_file(passphrase_file)) if passphrase_file else None


def _key(path: Path, passphrase_file: str | None, words: Words) -> Key | None:
    if is_locked(path):
        return key_of(path, _typed(path, passphrase_file, words))
    if passphrase_file and is_open(path):
        raise BadInput(
            message(
                "“{file}” has no passphrase. Leave out --passphrase-file, or lock the book in the "
                "window first: File, Passphrase.",
                file=path.name,
            )
        )
    return None


def check_outputs(asked: BookOptions, places: Mapping[str, Path]) -> None:
    """Refuse outputs, by their kinds, that cannot be written where they are to be, or that are
    named like each other or like a file that the command reads."""
    read = (asked.file, asked.passphrase_file)
    check_places(places.items(), [Path(each) for each in read if each])


def _typed(path: Path, passphrase_file: str | None, words: Words) -> str:
    if passphrase_file:
        return _in_file(passphrase_file)
    if not (sys.stdin and sys.stdin.isatty()):  # a program without a terminal has none at all
        raise EnvironmentFault(
            message(
                "“{file}” is locked. Run this in a terminal, or give the file with its passphrase: "
                "--passphrase-file FILE (- for standard input).",
                file=path.name,
            )
        )
    return getpass(words.say("Passphrase or recovery code of “{file}”: ", file=path.name))


def _in_file(name: str) -> str:
    """The first line, without its end; a passphrase may begin or end in spaces."""
    try:
        if name == FROM_INPUT:
            raw = sys.stdin.buffer.readline(LONGEST)
        else:
            with Path(name).open("rb") as file:
                raw = file.readline(LONGEST)
        return raw.decode("utf-8").rstrip("\r\n").removeprefix("\ufeff")
    except (OSError, UnicodeError) as error:
        raise BadInput(
            message(
                "The passphrase cannot be read from “{file}”. Give a text file (UTF-8) whose first "
                "line it is.",
                file=name,
            )
        ) from error


def remarks_on(source: Path, words: Words, *written: Path | None) -> tuple[str, ...]:
    """For standard error: of each file that was written from a locked book, that it is not."""
    said = (remark_on_plain_copy(source, each) for each in written if each)
    return tuple(words.tell(each) for each in said if each)
