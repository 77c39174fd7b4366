"""Putting files where the owner wants them: whole, or not at all."""

import os
from contextlib import suppress
from pathlib import Path

from backstop.domain import EnvironmentFault, message
from backstop.store.faults import folder, missing

BINARY = getattr(os, "O_BINARY", 0)
"""Windows alone would turn line ends into pairs without it."""


def check_place(path: Path) -> None:
    """Refuse a place where no file can be, before any work is done for it."""
    if path.is_dir():
        raise folder(path)
    if not path.absolute().parent.is_dir():
        raise EnvironmentFault(
            message(
                "The folder “{folder}” does not exist. Make it first, or choose another one.",
                folder=str(path.parent),
            )
        )


def check_there(path: Path) -> None:
    """Refuse a file that is not there to be read."""
    if path.is_dir():
        raise folder(path)
    if not path.exists():
        raise missing(path)


def write_whole(path: Path, data: bytes) -> None:
    """Write a file under another name first, so that it appears whole or stays as it was.

    Only its owner can read it, as with the book: it holds the same figures. Raises
    `EnvironmentFault` where the place does not take it.
    """
    check_place(path)
    path = path.absolute()
    fresh = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        handle = os.open(fresh, os.O_CREAT | os.O_EXCL | os.O_WRONLY | BINARY, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
    except OSError as error:
        with suppress(OSError):
            fresh.unlink(missing_ok=True)
        raise EnvironmentFault(
            message(
                "“{file}” cannot be written there ({reason}). Choose another folder, "
                "or make room on the disk.",
                file=path.name,
                reason=error.strerror or type(error).__name__,
            )
        ) from error
