"""What can be wrong with a book file, each with its own sentence and its own class."""

import errno
from dataclasses import dataclass
from pathlib import Path
from shutil import disk_usage

from backstop.domain import EnvironmentFault, Message, message


class NotABook(EnvironmentFault):
    """The file is missing, empty, text, or another program's."""


class DamagedBook(EnvironmentFault):
    """A book file that is not whole any more. It is never modified."""


class DamagedPart(DamagedBook):
    """The book is whole, and something that its file keeps beside it is not."""

    part = ""

    def __init__(self, path: Path) -> None:
        super().__init__(self.said_of(path))

    @classmethod
    def said_of(cls, path: Path) -> Message:
        """The sentence about the file with this path."""
        raise NotImplementedError


class DamagedHistory(DamagedPart):
    """The history of changes is damaged."""

    part = "history"

    @classmethod
    def said_of(cls, path: Path) -> Message:
        return message(
            "The history of changes in “{file}” is damaged; what the book holds is whole. "
            "Open the book to edit it: the history is then set aside, and a new one begins.",
            file=path.name,
        )


class DamagedLedger(DamagedPart):
    """What is kept of planned and actual is damaged."""

    part = "ledger"

    @classmethod
    def said_of(cls, path: Path) -> Message:
        return message(
            "What “{file}” keeps of planned and actual is damaged; what the book holds is "
            "whole. Open the book to edit it: a copy is then set aside, and the rows that can "
            "be read stay.",
            file=path.name,
        )


class DamagedStatements(DamagedPart):
    """What is kept of statements is damaged."""

    part = "statements"

    @classmethod
    def said_of(cls, path: Path) -> Message:
        return message(
            "What “{file}” keeps of statements is damaged; what the book holds is whole. "
            "Open the book to edit it: a copy is then set aside, and statements can be read "
            "once more.",
            file=path.name,
        )


class NewerBook(EnvironmentFault):
    """Written by a Backstop newer than this one: neither read nor written."""


class LockedBook(EnvironmentFault):
    """A book that opens with its passphrase only; none was given."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            message(
                "“{file}” is locked. Type its passphrase, or the code of its recovery sheet.",
                file=path.name,
            )
        )


class WrongPassphrase(EnvironmentFault):
    """A passphrase that does not open this book; the file is as it was."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            message(
                "This passphrase does not open “{file}”. Check capital letters and the keyboard’s "
                "language. If you are sure of it, the file is damaged: open a backup.",
                file=path.name,
            )
        )


class NotSaved(EnvironmentFault):
    """The disk or another program refused a change; the file is as it was before it."""


class ReadOnlyBook(EnvironmentFault):
    """A change to a book that is open for reading only."""


@dataclass(frozen=True)
class Holder:
    """Who has a book open for writing; nothing is known of one that has not said."""

    process: int = 0
    user: str = ""
    host: str = ""


class BookInUse(EnvironmentFault):
    """Another program has the book open for writing; it may be opened read-only."""

    def __init__(self, path: Path, holder: Holder) -> None:
        super().__init__(_in_use(path, holder))
        self.holder = holder


def _in_use(path: Path, holder: Holder) -> Message:
    if not holder.process:
        return message(
            "“{file}” is open in another Backstop. "
            "Close it there, or open it here for reading only.",
            file=path.name,
        )
    return message(
        "“{file}” is open in another Backstop (process {process} of {user} on {host}). "
        "Close it there, or open it here for reading only.",
        file=path.name,
        process=holder.process,
        user=holder.user,
        host=holder.host,
    )


def newer(path: Path) -> NewerBook:
    """The file has a version that this program does not know."""
    return NewerBook(
        message(
            "“{file}” was written by a newer Backstop. Install the newest one to open it.",
            file=path.name,
        )
    )


def unproved_copy(path: Path) -> NotSaved:
    """A copy is not what it was copied from."""
    return NotSaved(
        message(
            "The copy “{file}” did not turn out as its book, and was not kept. "
            "Check the disk, and make the copy elsewhere.",
            file=path.name,
        )
    )


def missing(path: Path) -> NotABook:
    """There is no such file."""
    return NotABook(
        message("“{file}” does not exist. Choose another file, or create one.", file=path.name)
    )


def folder(path: Path) -> NotABook:
    """A folder stands in the place of the file."""
    return NotABook(message("“{file}” is a folder. Give the name of a file in it.", file=path.name))


def damaged(path: Path) -> DamagedBook:
    """The file is a book that was altered by something else."""
    return DamagedBook(
        message(
            "“{file}” is damaged, or something other than Backstop has changed it. "
            "It was left as it is. Open a backup or an earlier copy.",
            file=path.name,
        )
    )


def refused_reading(path: Path, error: Exception) -> EnvironmentFault:
    """The sentence for what SQLite said while a book was being read."""
    name = error_name(error)
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return EnvironmentFault(_about(path, _BUSY))
    if name.startswith(("SQLITE_CANTOPEN", "SQLITE_PERM", "SQLITE_AUTH", "SQLITE_IOERR")):
        return unreadable(path)
    return damaged(path)


def unreadable(path: Path) -> NotABook:
    """The system does not let the file be read."""
    return NotABook(
        message(
            "“{file}” cannot be read here. Check that the disk is there and that you may read it.",
            file=path.name,
        )
    )


def refused_writing(path: Path, error: BaseException | None) -> NotSaved:
    """The sentence for what SQLite said while a change was being written."""
    if is_full(path, error):
        return NotSaved(_about(path, _FULL))
    name = error_name(error)
    sentences = (said for prefixes, said in _REFUSALS if name.startswith(prefixes))
    return NotSaved(_about(path, next(sentences, _NOT_TAKEN)))


def not_the_book(path: Path) -> NotSaved:
    """Where the book was, there is nothing, or something else."""
    return NotSaved(_about(path, _SWAPPED if path.exists() else _GONE))


def refused_copy(target: Path, error: BaseException | None) -> NotSaved:
    """The sentence for a copy that could not be made under this name."""
    if error_name(error).startswith(_DAMAGE):
        return NotSaved(_about(target, _BROKEN))
    return NotSaved(_about(target, _FULL_COPY if is_full(target, error) else _NO_COPY))


def is_full(path: Path, error: BaseException | None) -> bool:
    """Whether there is no room left; where SQLite cannot make its own files it says otherwise."""
    name = error_name(error)
    if name.startswith("SQLITE_FULL") or getattr(error, "errno", None) in _NO_ROOM:
        return True
    try:
        unclear = name.startswith(("SQLITE_IOERR", "SQLITE_CANTOPEN"))
        return unclear and disk_usage(path.parent).free < _LEAST_ROOM
    except OSError:
        return False


def error_name(error: BaseException | None) -> str:
    """SQLite's own name for an error, such as `SQLITE_FULL`; empty for one of another kind."""
    return str(getattr(error, "sqlite_errorname", ""))


def _about(path: Path, said: Message) -> Message:
    return Message(said.text, {"file": path.name})


_BUSY = message("Another program is using “{file}” just now. Wait a moment and try again.")
_FULL = message(
    "The disk is full: the change to “{file}” was not saved. "
    "Free some space and try again, or save a copy elsewhere."
)
_DAMAGE = ("SQLITE_CORRUPT", "SQLITE_NOTADB")
_FULL_COPY = message(
    "The disk is full: no copy “{file}” was made. Free some space and try again, "
    "or choose another disk."
)
_NO_COPY = message(
    "The disk did not take the copy “{file}”. Check the disk, or choose another one."
)
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT)
_LEAST_ROOM = 65_536
"""Less than SQLite needs for what it keeps beside a file."""
_READ_ONLY = message(
    "“{file}” may not be changed here: the change was not saved. "
    "Save a copy in a folder of your own."
)
_GONE = message(
    "“{file}” is not where it was: the change was not saved. "
    "Put the file back, or save a copy elsewhere."
)
_SWAPPED = message(
    "In the place of “{file}” lies something else, which was left as it is: the change was not "
    "saved. Save a copy elsewhere."
)
_BROKEN = message(
    "“{file}” was damaged while it was open: the change was not saved. Save a copy elsewhere."
)
_NOT_TAKEN = message(
    "The disk did not take the change to “{file}”; nothing in it was altered. "
    "Save a copy elsewhere."
)
_REFUSALS: tuple[tuple[tuple[str, ...], Message], ...] = (
    (("SQLITE_READONLY", "SQLITE_PERM"), _READ_ONLY),
    (("SQLITE_BUSY", "SQLITE_LOCKED"), _BUSY),
    (("SQLITE_CANTOPEN",), _GONE),
    (_DAMAGE, _BROKEN),
)
