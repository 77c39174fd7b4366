"""The one gate for what is slow to import.

Whatever the window needs for its first paint imports neither the engine nor the pages, and so
neither numpy nor the solver nor the database. Those modules import at their top what they need, and
come through this gate: `Program` opens it on a worker right after the first paint.
"""

from importlib import import_module
from typing import Any

ENGINE = "backstop.desktop.state.engine"
SCREENS = "backstop.desktop.shell.screens"
CHARTS = "backstop.desktop.charts.drawing"
TYPED = "backstop.desktop.forms.typed"


def brought_in(module: str) -> Any:
    """One of the modules above, imported now if no worker did so before.

    Untyped, as nothing here may name what is in them: callers say what they take.
    """
    return import_module(module)
