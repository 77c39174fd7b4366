"""The folder that is the program's own, and what it puts there for a moment.

`BACKSTOP_DATA_DIR` in the environment chooses another; tests and portable installations do so.
"""

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import platformdirs

from backstop.disk.files import make_private
from backstop.disk.unfinished import unfinished, unused_name

NAME = "backstop"


def data_folder() -> Path:
    """The folder for files of the program's own, such as copies of sample books."""
    chosen = os.environ.get("BACKSTOP_DATA_DIR", "")
    return Path(chosen) if chosen else platformdirs.user_data_path(NAME, appauthor=False)


@contextmanager
def scratch() -> Iterator[Path]:
    """An empty folder that its owner alone can enter; it goes afterwards, or, after a kill, at the
    next `sweep`. Where the program's folder takes nothing, the system's temporary one serves."""
    with ExitStack() as stack:
        try:
            folder = data_folder() / "scratch" / unused_name()
            stack.enter_context(unfinished(folder, data_folder()))
            make_private(folder)
        except OSError:
            folder = Path(stack.enter_context(TemporaryDirectory(prefix=f"{NAME}-")))
        yield folder
