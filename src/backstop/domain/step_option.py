"""The action that a step of an accepted plan carries out, as the book file writes it down.

The text is part of the file's format: `kind:source:payment:months:days`, the days as steps from one
payment to the next (`0,31,7*3`). It is written and read here alone.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby, repeat

MOST_ALIKE = 4000
"""Payments that follow each other after as many days each: no plan looks at more days."""


@dataclass(frozen=True, slots=True)
class StepOption:
    """`kind` is the key of the kind of option, `source` the record it uses, `payment` what it is
    about where that is another one. `gaps` are the days from the step's own day to that of its
    first payment, from there to the next, and so on; empty where it is about one payment."""

    kind: str
    source: str
    payment: str = ""
    periods: int = 0
    gaps: tuple[int, ...] = ()

    def __str__(self) -> str:
        runs = ((gap, len(list(same))) for gap, same in groupby(self.gaps))
        days = ",".join(f"{gap}*{times}" if times > 1 else str(gap) for gap, times in runs)
        return ":".join((self.kind, self.source, self.payment, str(self.periods or ""), days))


def read_step_option(text: str) -> StepOption:
    """The action of a step from its text. Raises `ValueError` where it is none."""
    kind, source, payment, periods, days = text.split(":")
    return StepOption(kind, source, payment, int(periods or 0), tuple(_gaps(days)))


def _gaps(text: str) -> Iterator[int]:
    for run in text.split(",") if text else ():
        gap, _, times = run.partition("*")
        if int(times or 1) > MOST_ALIKE:
            raise ValueError(run)
        yield from repeat(int(gap), int(times or 1))
