"""A book in its file, for tests of what befalls it there: changed, locked by a passphrase."""

from pathlib import Path

from backstop.desktop.shell.app import Program
from backstop.services import passphrase as guard
from backstop.services.commands import put_record
from backstop.services.session import BookSession

SECRET = "a long passphrase"


def lock(path: Path) -> None:
    with BookSession.open(path) as session:
        guard.set_passphrase(session, SECRET)


def change_limit(program: Program, limit: int) -> None:
    """Change the limit of the first line, as an edit in the window does."""
    context = program.context
    context.apply(put_record(context.book, context.book.facilities[0].changed(limit=limit)))
