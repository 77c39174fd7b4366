"""What differs between two books, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from backstop.telling import Words

if TYPE_CHECKING:
    from backstop.services.backups import Differences

SINCE = (
    "Added since: {names}.",
    "Removed since: {names}.",
    "Changed since: {names}.",
    "The settings of the book changed since.",
)
BY_IMPORT = (
    "Added: {names}.",
    "Removed: {names}.",
    "Changed: {names}.",
    "The settings of the book change.",
)
Sentences = tuple[str, str, str, str]


OTHER_LEDGER = "What was settled so far is replaced by what the file says."
"""Said where the ledger changes too."""


def differences_said(found: Differences, sentences: Sentences, words: Words) -> str:
    """What was added, removed and changed, and whether the settings were; in these sentences."""
    *of_names, of_settings = sentences
    groups = found.added, found.removed, found.changed
    parts = [
        words.say(text, names=names) for text, names in zip(of_names, groups, strict=True) if names
    ]
    if found.facts:
        parts.append(words.say(of_settings))
    return words.joined(parts)
