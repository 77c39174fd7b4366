"""Questions about losses, as plain data: what goes, by which cause, how, and when."""

from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import lru_cache

from backstop.contingency import (
    ITS_OWN_WAY,
    Contingency,
    Manner,
    account_closures,
    pairs,
    saved_closures,
    single_closures,
    sweeps,
)
from backstop.contingency.applying import choices, every_applied
from backstop.contingency.presets import PRESETS, Preset, Scope
from backstop.contingency.ways import RECEIPT_MODES
from backstop.domain import LINE_MODES, Book, LossMode
from backstop.projection import Projection
from backstop.services.stress import closures, preset_named

MOST_PAIRS = 20
"""Pairs that anyone reads."""

DAYS_IT_LASTS, PERCENT_CUT = "duration_days", "cut_percent"
MATTERS: dict[LossMode | None, tuple[str, ...]] = {
    None: (),
    LossMode.NO_NEW_DRAWS: (DAYS_IT_LASTS,),
    LossMode.PURCHASES_BLOCKED: (DAYS_IT_LASTS,),
    LossMode.FREEZE: (DAYS_IT_LASTS,),
    LossMode.CALL: ("notice_days",),
    LossMode.NO_RENEWAL: (),
    LossMode.LIMIT_CUT: (PERCENT_CUT, DAYS_IT_LASTS),
    LossMode.REDUCED_RENEWAL: (PERCENT_CUT,),
    LossMode.ACCOUNT_FROZEN: (DAYS_IT_LASTS,),
    LossMode.RECEIPTS_LATE: ("late_days", DAYS_IT_LASTS),
    LossMode.RECEIPTS_CUT: (PERCENT_CUT, DAYS_IT_LASTS),
}
"""What of a manner makes a difference in each mode."""


class What(StrEnum):
    """What is lost: each of these alone, or two at once."""

    LINES = "lines"
    LINKED = "linked"
    GROUPS = "groups"
    PAIRS = "pairs"
    ACCOUNTS = "accounts"
    CAUSE = "cause"
    SAVED = "saved"


@dataclass(frozen=True)
class Question:
    """Which losses are looked at: what goes, by which cause, how, and on which day (offset; today
    where it is None), or each on its own worst day."""

    what: What = What.LINKED
    cause: str = ""
    manner: Manner = ITS_OWN_WAY
    loss_day: int | None = None
    worst_day: bool = False

    def day_in(self, projection: Projection) -> int:
        """The day (offset) of the losses, kept inside this projection."""
        if self.loss_day is None:
            return projection.now
        return min(self.loss_day, projection.book.horizon_days)

    @property
    def is_plain(self) -> bool:
        """Whether lines and link groups go today, each in its own way: what is known anyway."""
        plain = self.what in (What.LINES, What.LINKED)
        return plain and self == Question(what=self.what)


@dataclass(frozen=True)
class _Marked:
    """A book, known again by what it says: to look through all of it would take as long."""

    mark: str
    book: Book = field(compare=False)


def causes_in(book: Book) -> tuple[Preset, ...]:
    """The causes that hit something in this book; kept, for every page that offers them."""
    return _causes(_Marked(book.fingerprint, book))


@lru_cache(maxsize=4)
def _causes(marked: _Marked) -> tuple[Preset, ...]:
    return tuple(each for each in PRESETS if choices(marked.book, each))


def asked_by(projection: Projection, question: Question) -> list[Contingency]:
    """The contingencies of a question: none where nothing is hit."""
    found = _lost(projection, question)
    if question.worst_day:
        return [
            replace(each.contingency, loss_day=each.worst) for each in sweeps(projection, found)
        ]
    return found


def _lost(projection: Projection, question: Question) -> list[Contingency]:
    book, day, manner = projection.book, question.day_in(projection), question.manner
    match question.what:
        case What.LINES:
            return [manner.of(each) for each in single_closures(book, day)]
        case What.LINKED:
            return closures(book, day, manner)
        case What.GROUPS:
            return closures(book, day, manner, groups=True)
        case What.PAIRS:
            found = pairs(projection, [manner.of(each) for each in single_closures(book, day)])
            return [found.contingency(pair) for pair in found.worst(MOST_PAIRS)]
        case What.ACCOUNTS:
            return [manner.of(each) for each in account_closures(book, day)]
        case What.CAUSE:
            preset = preset_named(question.cause)
            hit = every_applied(book, preset, day)
            made = (hit.get(each) for each in choices(book, preset))
            spent = preset.scope is Scope.EXPENSE  # without an amount it would be nothing
            how = manner.of if spent else manner.only
            return [how(each) for each in made if each is not None]
        case What.SAVED:
            return saved_closures(book, day)


def modes_for(question: Question) -> tuple[LossMode | None, ...]:
    """The ways in which what is lost can go; None is each one's own."""
    if question.what is What.SAVED:
        return None, *LossMode
    if question.what is What.ACCOUNTS:
        return None, LossMode.ACCOUNT_FROZEN
    if question.what is What.CAUSE and preset_named(question.cause).scope is Scope.EXPENSE:
        return (None,)
    if question.what is What.CAUSE and preset_named(question.cause).how.mode in RECEIPT_MODES:
        return RECEIPT_MODES
    return None, *LINE_MODES
