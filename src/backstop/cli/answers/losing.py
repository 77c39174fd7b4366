"""The losses that options name; a wrong name is said before the long work."""

from dataclasses import replace
from typing import TypeVar

from backstop.cli.answers.expense import expense_in
from backstop.cli.loss_options import LossOptions
from backstop.contingency import Cascade, Contingency, Manner
from backstop.contingency.presets import SUDDEN_EXPENSE
from backstop.domain import BadInput, Book, LossMode, message
from backstop.services.answers import day_in
from backstop.services.losing import check_mode, loss_named
from backstop.services.stress import preset_closures

Options = TypeVar("Options", bound=LossOptions)


def day_of(asked: LossOptions, book: Book, age: int) -> int:
    """The day of the losses (offset): the one given, or today as far as the book reaches."""
    if asked.on is not None:
        return day_in(book, asked.on)
    return min(max(0, age), book.horizon_days)


def as_cause(asked: Options, *others: str) -> Options:
    """The same asked for; a sudden expense with which nothing is lost is a cause of its own.
    `others` are further options that name losses."""
    if asked.expense is None or any(getattr(asked, each) for each in ("close", "preset", *others)):
        return asked
    return replace(asked, preset=SUDDEN_EXPENSE)


def manner_asked_for(asked: LossOptions, book: Book) -> Manner:
    """How they go, where the options say so; raises `BadInput`."""
    mode = LossMode(asked.mode) if asked.mode else None
    after, cut = asked.others_after, asked.others_cut
    if (after is None) != (cut is None):
        raise BadInput(message("Say both when others follow and by how much they are cut."))
    cascade = None if after is None or cut is None else Cascade(after, cut)
    spent = expense_in(book, asked.expense)
    return Manner(mode, asked.notice, asked.days, asked.cut, asked.late, cascade, spent)


def caused(book: Book, asked: LossOptions, day: int) -> list[Contingency]:
    """What the cause makes of what it is applied to; raises `BadInput`."""
    assert asked.preset is not None
    chosen = asked.of if asked.of is not None else asked.close
    manner = manner_asked_for(asked, book)
    found = preset_closures(book, asked.preset, chosen, day, manner)
    if manner.mode is not None:
        for each in found:
            check_mode(book, each, manner.mode)
    return found


def closed(book: Book, asked: LossOptions, day: int) -> Contingency:
    """The loss of what `--close` names, in the manner asked for; raises `BadInput`."""
    assert asked.close is not None
    manner, found = manner_asked_for(asked, book), loss_named(book, asked.close, day)
    if manner.mode is not None:
        check_mode(book, found, manner.mode)
    return manner.of(found)
