"""What the program remembers about its owner's wishes: nothing that belongs into a book.

A settings file that cannot be read is set aside under another name and never stops the program; so
does a place where settings cannot be written.
"""

from contextlib import suppress
from pathlib import Path
from typing import Self

import msgspec

from backstop.disk.files import make_private
from backstop.disk.whole import write_whole
from backstop.services.paths import config_folder

FILE_NAME = "settings.json"
MOST_RECENT = 8
LARGEST_FILE = 1_000_000
"""Bytes; of a larger one the beginning is read, which is none."""
MOST_LOCK_MINUTES = 480
THEMES = ("system", "light", "dark")


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """Language (empty: the system's), theme, the books opened last, and where the window stood.
    After `lock_minutes` without a touch a locked book locks itself (0: never).

    `window` is whatever the window made of its place and size, as text. Fields that a newer
    program wrote are passed over.
    """

    language: str = ""
    theme: str = "system"
    recent: tuple[str, ...] = ()
    window: str = ""
    lock_minutes: int = 10

    def __post_init__(self) -> None:
        if self.theme not in THEMES:
            raise ValueError(f"no such theme: {self.theme}")
        if not 0 <= self.lock_minutes <= MOST_LOCK_MINUTES:
            raise ValueError(f"no such time: {self.lock_minutes}")

    def changed(self, **fields: object) -> Self:
        """The settings with other values in these fields."""
        return msgspec.structs.replace(self, **fields)

    def opened(self, book: Path) -> Self:
        """The settings after this book was opened: it leads the list of recent ones."""
        path = str(book.absolute())
        others = [each for each in self.recent if each != path]
        return self.changed(recent=tuple([path, *others][:MOST_RECENT]))

    def forgotten(self, book: Path) -> Self:
        """The settings without this book in the list."""
        path = str(book.absolute())
        return self.changed(recent=tuple(each for each in self.recent if each != path))

    @property
    def recent_books(self) -> tuple[Path, ...]:
        """The books opened last that are still where they were."""
        return tuple(path for path in map(Path, self.recent) if path.is_file())


def load_settings() -> Settings:
    """The owner's settings, or the defaults; a file that holds anything else is set aside."""
    path = config_folder() / FILE_NAME
    try:
        with path.open("rb") as file:
            return msgspec.json.decode(file.read(LARGEST_FILE), type=Settings)
    except OSError:
        return Settings()
    except (msgspec.DecodeError, ValueError, RecursionError):
        with suppress(OSError):
            path.replace(path.with_name("settings.damaged.json"))
        return Settings()


def save_settings(settings: Settings) -> bool:
    """Write the settings whole or not at all; False where the place does not take them."""
    path = config_folder() / FILE_NAME
    try:
        make_private(path.parent)
        write_whole(path, msgspec.json.format(msgspec.json.encode(settings), indent=2) + b"\n")
    except OSError:
        return False
    return True
