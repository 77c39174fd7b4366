"""The typeface of all paper."""

from importlib.util import find_spec
from pathlib import Path

from backstop.domain import Defect, message


def font_folder() -> Path:
    """Where Noto Sans SC lies: one variable font for both languages, the same everywhere."""
    found = find_spec("justmytype_intl_cjk")
    if found is None or not found.submodule_search_locations:
        raise Defect(message("The font for printing is missing. Install Backstop again."))
    return Path(found.submodule_search_locations[0], "fonts", "ofl", "notosanssc")
