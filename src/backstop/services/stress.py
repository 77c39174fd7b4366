"""Which losses to look at, and how they happen: for window and command line."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from backstop.contingency import (
    Cascade,
    Contingency,
    ContingencyKind,
    all_closures,
    found_closures,
    pairs,
    single_closures,
    sweeps,
)
from backstop.contingency.presets import BY_KEY, Preset, Scope, applied, choices
from backstop.contingency.ways import RECEIPT_MODES
from backstop.domain import LINE_MODES, BadInput, Book, LossMode, message
from backstop.plan import Answers, answer, assess
from backstop.projection import Projection

NEVER: Callable[[], bool] = lambda: False  # noqa: E731  a default that reads as what it says
MOST_PAIRS = 20
"""Pairs that anyone reads."""


@dataclass(frozen=True)
class Manner:
    """How elements go, where the owner says so: None leaves each its own way."""

    mode: LossMode | None = None
    notice_days: int | None = None
    duration_days: int | None = None
    cut_percent: int | None = None
    late_days: int | None = None
    cascade: Cascade | None = None

    def of(self, contingency: Contingency) -> Contingency:
        """The contingency, going in this manner; what it says itself stays where this is silent."""
        given = {name: value for name, value in vars(self).items() if value is not None}
        return replace(contingency, **given)

    def only(self, contingency: Contingency) -> Contingency:
        """The contingency, going in this manner and no other."""
        return replace(contingency, **{**vars(self), "late_days": self.late_days or 0})


def manner_of(how: Preset | Contingency) -> Manner:
    """The manner that a cause, or a contingency, sets."""
    given = {name: getattr(how, name) for name in vars(Manner())}
    return Manner(**{**given, "late_days": how.late_days or None})


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


@dataclass(frozen=True)
class Question:
    """Which losses are looked at: what goes, by which cause, how, and on which day (offset), or
    each on its own worst day."""

    what: What = What.LINKED
    cause: str = ""
    manner: Manner = Manner()
    loss_day: int = 0
    worst_day: bool = False

    @property
    def is_plain(self) -> bool:
        """Whether lines and link groups go today, each in its own way: what is known anyway."""
        plain = self.what in (What.LINES, What.LINKED)
        return plain and self == Question(what=self.what)


def asked_by(projection: Projection, question: Question) -> list[Contingency]:
    """The contingencies of a question: none where nothing is hit."""
    found = _lost(projection, question)
    if question.worst_day:
        return [
            replace(each.contingency, loss_day=each.worst) for each in sweeps(projection, found)
        ]
    return found


def _lost(projection: Projection, question: Question) -> list[Contingency]:
    book, day, manner = projection.book, question.loss_day, question.manner
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
            alone = ContingencyKind.SINGLE
            frozen = [Contingency(each.id, alone, (each.id,), day) for each in book.accounts]
            return [manner.of(each) for each in frozen]
        case What.CAUSE:
            preset = preset_named(question.cause)
            made = (applied(book, preset, each, day) for each in choices(book, preset))
            return [manner.only(each) for each in made if each is not None]


def modes_for(question: Question) -> tuple[LossMode | None, ...]:
    """The ways in which what is lost can go; None is each one's own."""
    if question.what is What.ACCOUNTS:
        return None, LossMode.ACCOUNT_FROZEN
    if question.what is What.CAUSE and preset_named(question.cause).scope is Scope.RECEIPTS:
        return RECEIPT_MODES
    return None, *LINE_MODES


def closures(
    book: Book, loss_day: int, manner: Manner, *, groups: bool = False
) -> list[Contingency]:
    """Every single line and link group, and with `groups` all groups that the book shows."""
    found = all_closures(book, loss_day)
    found += found_closures(book, loss_day) if groups else []
    return [manner.of(each) for each in found]


def preset_named(key: str) -> Preset:
    """The preset with this key; raises `BadInput` naming them all."""
    if key in BY_KEY:
        return BY_KEY[key]
    raise BadInput(
        message(
            "There is no preset “{key}”. Choose one of: {known}.",
            key=key[:40],
            known=", ".join(BY_KEY),
        )
    )


def preset_closures(
    book: Book, key: str, chosen: str | None, loss_day: int, manner: Manner
) -> list[Contingency]:
    """What a preset makes of one of its choices, or of each. Raises `BadInput` when it hits
    nothing."""
    preset = preset_named(key)
    known = choices(book, preset)
    asked = known if chosen is None else [chosen]
    found = [made for each in asked if (made := applied(book, preset, each, loss_day))]
    if not found:
        raise BadInput(
            message(
                "“{key}” hits nothing here. It can be applied to: {known}.",
                key=key,
                known=", ".join(each for each in known if each) or "–",
            )
        )
    return [manner.of(each) for each in found]


def answers_about(
    book: Book,
    contingencies: Sequence[Contingency],
    loss_day: int,
    cancelled: Callable[[], bool] = NEVER,
) -> Answers:
    """These losses, each with its cure, ranked. Raises `Cancelled`."""
    return assess(answer(book, loss_day, contingencies), cancelled)
