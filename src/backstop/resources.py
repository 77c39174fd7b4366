"""Where the files that ship with the program lie: beside the package, or in the source tree."""

from functools import cache
from pathlib import Path


@cache
def resource(*parts: str) -> Path:
    """The path of a shipped file or folder, such as `resource("samples")`."""
    package = Path(__file__).parent
    installed = package / "resources"
    root = installed if installed.is_dir() else package.parents[1] / "resources"
    return root.joinpath(*parts)
