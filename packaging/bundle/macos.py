"""What macOS is told of the program: its version, from which system on, and its kind of file."""

import plistlib
from pathlib import Path
from typing import Any

from bundle.version import filled

IDENTIFIER = "backstop.Backstop"
TOLD = Path(__file__).parents[1] / "macos" / "Info.plist"


def information() -> dict[str, Any]:
    """The content of `Info.plist`, beside what PyInstaller puts there itself."""
    read: dict[str, Any] = plistlib.loads(filled(TOLD).replace("@IDENTIFIER@", IDENTIFIER).encode())
    return read
