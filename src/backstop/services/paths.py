"""Where Backstop keeps what is not a book: settings, copies of sample books.

`BACKSTOP_CONFIG_DIR`, `BACKSTOP_DATA_DIR` and `BACKSTOP_BOOKS_DIR` in the environment choose other
folders; tests and portable installations do so. Folders are made when something is put into them.
"""

import os
from pathlib import Path

import platformdirs

from backstop.disk.own import NAME, data_folder

__all__ = ["books_folder", "config_folder", "data_folder", "samples_folder"]


def config_folder() -> Path:
    """The folder of the settings file."""
    return _chosen("BACKSTOP_CONFIG_DIR") or platformdirs.user_config_path(NAME, appauthor=False)


def samples_folder() -> Path:
    """Where an owner's copies of sample books lie."""
    return data_folder() / "samples"


def books_folder() -> Path:
    """Where a file dialog begins for an owner who has no book yet: their documents."""
    return _chosen("BACKSTOP_BOOKS_DIR") or platformdirs.user_documents_path()


def _chosen(variable: str) -> Path | None:
    value = os.environ.get(variable, "")
    return Path(value) if value else None
