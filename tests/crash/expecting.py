"""What a trial of a promise is."""

import random
from collections.abc import Callable
from pathlib import Path

SOME_SECONDS = 60

Trial = Callable[[Path, random.Random], str]
"""Tries one thing in an empty folder; returns what it saw, or raises `Broken`."""


class Broken(AssertionError):
    """A promise was broken."""


def expect(holds: bool, said: str) -> None:
    if not holds:
        raise Broken(said)
