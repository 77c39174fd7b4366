"""Putting files where the owner wants them: whole, or not at all, and never over a book."""

import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from backstop.disk import whole
from backstop.domain import BadInput, EnvironmentFault, message
from backstop.store.faults import folder, missing
from backstop.store.targets import BOOK, JSON, check_target, real

__all__ = [
    "BOOK",
    "JSON",
    "appearing",
    "check_places",
    "check_there",
    "write_whole",
]


def check_places(places: Iterable[tuple[str, Path]], read: Iterable[Path] = ()) -> None:
    """Refuse, before any work is done for it, a place where one of these outputs cannot be.

    Each has its kind, such as `pdf`; `read` are the files that the same command reads. Raises an
    `EnvironmentFault` where two names mean one file.
    """
    taken = {_same(each) for each in read}
    for kind, path in places:
        check_target(path, kind)
        if _same(path) in taken:
            raise BadInput(
                message(
                    "“{file}” stands twice in this command. Choose another name for what is "
                    "written.",
                    file=path.name,
                )
            )
        taken.add(_same(path))


def check_there(path: Path) -> None:
    """Refuse a file that is not there to be read."""
    if path.is_dir():
        raise folder(path)
    if not path.exists():
        raise missing(path)


def write_whole(path: Path, data: bytes, kind: str) -> None:
    """Write a file of this kind, such as `pdf`, so that it appears whole or stays as it was.

    Only its owner can read it, as with the book: it holds the same figures. Raises an
    `EnvironmentFault` where the place does not take it, or is not to be written over.
    """
    path = check_target(path, kind)
    with _told(path):
        whole.write_whole(path, data)


@contextmanager
def appearing(path: Path, kind: str) -> Iterator[Path]:
    """The same for what others write: a file beside it, which takes its name when it is whole."""
    path = check_target(path, kind)
    with _told(path), whole.appearing(path) as fresh:
        yield fresh


def _same(path: Path) -> str:
    """One text for all spellings that some system takes for one file."""
    return unicodedata.normalize("NFC", str(real(path))).casefold()


@contextmanager
def _told(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise EnvironmentFault(
            message(
                "“{file}” cannot be written there ({reason}). Choose another folder, "
                "or make room on the disk.",
                file=path.name,
                reason=error.strerror or type(error).__name__,
            )
        ) from error
