"""How far long work has come, on standard error, where somebody is looking."""

import sys
from typing import TextIO

from backstop.telling import Words


class Progress:
    """Called with what is done, of how much: one line that is written over. Nothing is written
    where standard error is no terminal."""

    def __init__(
        self, words: Words, out: TextIO | None = None, *, text: str = "Plans: {n} of {of}…"
    ) -> None:
        self._words, self._text = words, text
        self._out = sys.stderr if out is None else out
        self._shown = 0

    def __call__(self, done: int, of: int) -> None:
        if not self._out.isatty():
            return
        said = "" if done >= of else self._words.say(self._text, n=done, of=of)
        self._out.write("\r" + said.ljust(self._shown) + ("" if said else "\r"))
        self._out.flush()
        self._shown = len(said)
