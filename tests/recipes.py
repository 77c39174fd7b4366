"""The pages that say how to add something, for tests that follow them."""

import re
from pathlib import Path
from textwrap import dedent

FOLDER = Path(__file__).parents[1] / "docs" / "recipes"


def blocks(page: str, language: str) -> list[str]:
    """The blocks of code in a language (`python`, `json`) that a page shows."""
    text = (FOLDER / page).read_text(encoding="utf-8")
    found = re.findall(rf"^ *```{language}\n(.*?)^ *```$", text, re.M | re.S)
    return [dedent(code) for code in found]
