"""Backups of a book: made when it is opened, while it is edited, and before it changes as a whole.

They lie in the program's own folder, one folder for each book, so that they outlive the folder of
the book. What is to be known of a backup stands in its name: there is no list to go wrong. Every
function may run on a worker.
"""

import hashlib
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

from backstop.disk.files import remove
from backstop.domain import Book, BookFacts, EnvironmentFault, Message, message
from backstop.services.paths import data_folder
from backstop.services.thinning import Dated, doomed
from backstop.store import (
    SUFFIX,
    DamagedHistory,
    DamagedLedger,
    NotSaved,
)
from backstop.store.backup import back_up, identity
from backstop.store.faults import DamagedPart
from backstop.store.header import looks_locked
from backstop.store.key import Key
from backstop.store.locking import rewrite
from backstop.store.reading import check, load
from backstop.store.targets import BOOK, check_target, real

_NAME = re.compile(
    r"(?P<at>\d{8}T\d{9}Z)-(?:n(?P<number>\d+)-)?"
    r"(?P<reason>[a-z]+)-(?P<records>\d+)-(?P<identity>[0-9a-f]{12})" + re.escape(SUFFIX)
)
LONGEST_STEM = 60
"""Characters; as many bytes as a name may have, and room for what comes after."""
_TIME = "%Y%m%dT%H%M%S%fZ"


class Reason(StrEnum):
    """Why a backup was made."""

    OPEN = "open"
    EDIT = "edit"
    UPGRADE = "upgrade"
    IMPORT = "import"
    REPLACE = "replace"
    PASSPHRASE = "passphrase"


REASONS: dict[Reason, Message] = {
    Reason.OPEN: message("when it was opened"),
    Reason.EDIT: message("while it was edited"),
    Reason.UPGRADE: message("before an upgrade"),
    Reason.IMPORT: message("before an import"),
    Reason.REPLACE: message("before it was replaced"),
    Reason.PASSPHRASE: message("before its passphrase changed"),
}


@dataclass(frozen=True, kw_only=True)
class Backup(Dated):
    """One backup; `records` counts what its book holds, `size` is in bytes."""

    path: Path
    reason: Reason
    identity: str
    size: int


@dataclass(frozen=True)
class Differences:
    """What changed from one book to another: names of records, and whether the book's own facts
    (its title, its settings) did."""

    added: tuple[str, ...]
    removed: tuple[str, ...]
    changed: tuple[str, ...]
    facts: bool

    @property
    def none(self) -> bool:
        """Whether two books are the same in all that is compared."""
        return not (self.added or self.removed or self.changed or self.facts)


def folder_of(book: Path) -> Path:
    """Where the backups of the book with this path lie."""
    path = real(book)
    digest = hashlib.sha256(str(path).encode("utf-8", "surrogatepass")).hexdigest()
    return data_folder() / "backups" / f"{path.stem[:LONGEST_STEM]}-{digest[:10]}"


def backups_of(book: Path) -> list[Backup]:
    """The backups of a book, the newest first by their numbers, whatever clock they were made
    under; damaged ones too, since nothing is opened."""
    return sorted(_listed(folder_of(book)), key=lambda each: each.place, reverse=True)


def make_backup(
    book: Path, reason: Reason, key: Key | None = None, at: datetime | None = None
) -> Backup | None:
    """Make a proved backup, then thin out older ones; None where the newest says the same already.

    Raises `NotSaved`, or what opening the book would raise; then no other backup is touched.
    """
    _tidy(book, key)
    newest = next(iter(backups_of(book)), None)
    if newest and newest.identity == identity(book, key) and is_whole(newest, key):
        return None
    at = at or datetime.now(UTC)
    number = newest.number + 1 if newest else 1

    def naming(records: int, known: str) -> str:
        return _name(at, number, reason, records, known)

    try:
        made = back_up(book, folder_of(book) / book.name, key, naming=naming)
    except NotSaved as fault:
        raise NotSaved(
            message(
                "“{file}” could not be backed up. {problem}", file=book.name, problem=fault.message
            )
        ) from fault
    _thin(book, key, at)
    return _read_name(made)


def aside_name(book: Path, part: str) -> Path:
    """Where a copy of a book goes that is damaged in part: among its backups, but none itself."""
    return folder_of(book) / f"{datetime.now(UTC):{_TIME}}-damaged-{part}{SUFFIX}"


def was_set_aside(fault: DamagedPart, book: Path, kept: Path) -> Message:
    """The sentence for a damaged part that is now in a copy, at `kept`."""
    if isinstance(fault, DamagedHistory):
        return message(
            "The history of changes in “{file}” was damaged, and a new one begins; what the "
            "book holds is whole. A copy with the old history is kept as {kept}.",
            file=book.name,
            kept=str(kept),
        )
    if isinstance(fault, DamagedLedger):
        return message(
            "What “{file}” keeps of planned and actual was damaged: some row may have changed or "
            "be missing; what the book holds is whole. A copy as it was is kept as {kept}.",
            file=book.name,
            kept=str(kept),
        )
    return message(
        "What “{file}” kept of statements was damaged and was left out: read them once more; what "
        "the book holds is whole. A copy as it was is kept as {kept}.",
        file=book.name,
        kept=str(kept),
    )


def newest_good(book: Path, key: Key | None = None) -> Backup | None:
    """The newest backup that opens and is not empty: what to offer for a damaged book."""
    found = (each for each in backups_of(book) if is_good(each, key))
    return next((each for each in found if each.records), None)


def is_good(backup: Backup, key: Key | None = None) -> bool:
    """Whether it opens: reads it whole."""
    return _passes(load, backup, key)


def is_whole(backup: Backup, key: Key | None = None) -> bool:
    """Whether it opens and nothing is damaged of what its file keeps beside the book."""
    return _passes(check, backup, key)


def _passes(look: Callable[[Path, Key | None], object], backup: Backup, key: Key | None) -> bool:
    try:
        look(backup.path, key)
    except EnvironmentFault:
        return False
    return True


def book_in(backup: Backup, key: Key | None = None) -> Book:
    """What a backup holds, for a look at it; raises an `EnvironmentFault`."""
    return load(backup.path, key).book


def restore_as(backup: Backup, target: Path, key: Key | None = None) -> Path:
    """Put a proved copy of the backup at `target`, which must not exist; neither the book nor the
    backup is touched. A locked backup gives a locked copy with the same passphrase."""
    return back_up(backup.path, check_target(target, BOOK), key)


def restored_name(book: Path, backup: Backup) -> Path:
    """A free name beside the book for a restored copy."""
    stem = f"{book.stem[:LONGEST_STEM]} {backup.at:%Y-%m-%d %H%M}"
    path, number = book.with_name(stem + SUFFIX), 2
    while path.exists():
        path, number = book.with_name(f"{stem} ({number}){SUFFIX}"), number + 1
    return path


def differences(before: Book, after: Book) -> Differences:
    """What changed between two books, such as a backup and the book of today."""
    old, new = before.by_id, after.by_id
    both = [record_id for record_id in new if record_id in old]
    facts = BookFacts.__struct_fields__
    return Differences(
        tuple(new[each].name for each in new if each not in old),
        tuple(old[each].name for each in old if each not in new),
        tuple(new[each].name for each in both if new[each] != old[each]),
        any(getattr(before, name) != getattr(after, name) for name in facts),
    )


def copy_before_upgrade(book: Path, key: Key | None) -> None:
    """What opening a book of an older version does first."""
    make_backup(book, Reason.UPGRADE, key)


def _tidy(book: Path, key: Key | None) -> None:
    """Put right what a killed program left: unfinished copies, open backups of a locked book.

    Only who has the book open makes backups of it, one at a time, so none is under way."""
    remove(*folder_of(book).glob(".*.new*"))
    if key is None:
        return
    for backup in backups_of(book):
        if not looks_locked(backup.path):
            with suppress(EnvironmentFault):  # damaged: it stays as it is
                rewrite(backup.path, None, key)


def _thin(book: Path, key: Key | None, now: datetime) -> None:
    """Take out what newer ones stand for, and only where those have been read whole just now."""
    checked: dict[Backup, bool] = {}

    def good(backup: Dated) -> bool:
        assert isinstance(backup, Backup)
        if backup not in checked:
            checked[backup] = is_whole(backup, key)
        return checked[backup]

    for each in doomed(backups_of(book), now, good):
        assert isinstance(each, Backup)
        each.path.unlink(missing_ok=True)


def _listed(folder: Path) -> Iterator[Backup]:
    try:
        files = list(folder.iterdir())
    except OSError:
        return
    for file in files:
        if found := _read_name(file):
            yield found


def _name(at: datetime, number: int, reason: Reason, records: int, known: str) -> str:
    """To the millisecond: two backups of one second are told apart."""
    time_of_day = f"{at.astimezone(UTC):%Y%m%dT%H%M%S}{at.microsecond // 1000:03}Z"
    return f"{time_of_day}-n{number}-{reason}-{records}-{known}{SUFFIX}"


def _read_name(file: Path) -> Backup | None:
    found = _NAME.fullmatch(file.name)
    if not found or found["reason"] not in {each.value for each in Reason}:
        return None
    try:
        size = file.stat().st_size
        at = datetime.strptime(found["at"], _TIME).replace(tzinfo=UTC)
    except (OSError, ValueError):
        return None
    return Backup(
        at=at,
        records=int(found["records"]),
        number=int(found["number"] or 0),
        path=file,
        reason=Reason(found["reason"]),
        identity=found["identity"],
        size=size,
    )
