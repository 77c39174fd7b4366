"""The languages of the program. To add one, see docs/recipes/language.md."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING

from backstop.resources import resource
from backstop.telling.languages import en, zh_CN

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from backstop.telling.languages.language import Language

__all__ = ["LANGUAGES", "SOURCE", "language_for", "messages_of", "register", "withdraw"]

LANGUAGES: dict[str, Language] = {}
"""By code, in the order in which menus show them."""
SOURCE = en.LANGUAGE
"""What the messages are written in: spoken where nothing nearer is known."""
_FOLDERS: dict[str, Path | None] = {}


def register(language: Language, folder: Path | None = None) -> None:
    """Offer a language in menus, on the command line and in print. Its messages are the JSON files
    of the folder, by default of that of its code among the program's own."""
    LANGUAGES[language.code] = language
    _FOLDERS[language.code] = folder
    messages_of.cache_clear()


def withdraw(code: str) -> None:
    """Offer a language no longer."""
    del LANGUAGES[code], _FOLDERS[code]
    messages_of.cache_clear()


def language_for(asked: str) -> Language:
    """The language of a code, a locale's name or `LANG`: itself, else one of its relatives (the
    first two letters), else the source language."""
    plain = asked.split(".", maxsplit=1)[0].replace("-", "_")
    if plain in LANGUAGES:
        return LANGUAGES[plain]
    return next((each for code, each in LANGUAGES.items() if code[:2] == plain[:2]), SOURCE)


@cache
def messages_of(code: str) -> Mapping[str, str]:
    """The translations of a language, by their source text; none where nothing is translated."""
    found: dict[str, str] = {}
    folder = _FOLDERS[code] or resource("i18n", code)
    for file in sorted(folder.glob("*.json")):
        found.update(json.loads(file.read_text(encoding="utf-8")))
    return found


for _each in (en.LANGUAGE, zh_CN.LANGUAGE):
    register(_each)
