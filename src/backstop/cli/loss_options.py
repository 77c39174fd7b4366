"""The options that say which loss is meant, and how it happens."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import reduce
from typing import Any, TypeVar

from backstop.cli.book_options import BookOptions, loss_day
from backstop.cli.command_line import option
from backstop.cli.options import COUNT, PERCENT, Choice
from backstop.domain import LossMode, message

Function = TypeVar("Function", bound=Callable[..., Any])


@dataclass(frozen=True)
class LossOptions(BookOptions):
    """What is lost, when, by which cause and in which manner.

    `notice`, `days`, `late` and `others_after` are days, `cut` and `others_cut` percent; `expense`
    is an amount as typed.
    """

    close: str | None
    on: date | None
    preset: str | None
    of: str | None
    mode: str | None
    notice: int | None
    days: int | None
    cut: int | None
    late: int | None
    others_after: int | None
    others_cut: int | None
    expense: str | None

    @property
    def in_a_manner(self) -> bool:
        """Whether it goes otherwise than usual: by a cause, or in a manner that was given."""
        given = (self.preset, self.mode, self.notice, self.days, self.cut, self.late)
        return any(each is not None for each in (*given, self.others_after, self.expense))


_OPTIONS = (
    option(
        "--close",
        told=message("what is lost, by id or name: line, account, receipt or link group"),
        metavar="ID",
    ),
    loss_day,
    option("--preset", told=message("a cause by its name, see stress --presets"), metavar="NAME"),
    option("--of", told=message("what the cause is applied to"), metavar="WHAT"),
    option(
        "--mode",
        told=message("how it goes, for all that can go so"),
        type=Choice([mode.value for mode in LossMode]),
        metavar="MODE",
    ),
    option(
        "--notice",
        told=message("days of notice before a called balance is due"),
        type=COUNT,
        metavar="N",
    ),
    option("--days", told=message("days after which it is over"), type=COUNT, metavar="N"),
    option("--cut", told=message("percent that is cut"), type=PERCENT, metavar="N"),
    option("--late", told=message("days by which receipts come late"), type=COUNT, metavar="N"),
    option(
        "--others-after",
        told=message("days until other uncommitted lines are cut too"),
        type=COUNT,
        metavar="N",
    ),
    option(
        "--others-cut",
        told=message("percent by which they are cut"),
        type=PERCENT,
        metavar="N",
    ),
    option(
        "--expense",
        told=message("a sudden expense on that day, alone or with what is lost"),
        metavar="AMOUNT",
    ),
)


def loss_options(function: Function) -> Function:
    """All of them, for a command whose options are `LossOptions`."""
    return reduce(lambda made, add: add(made), reversed(_OPTIONS), function)
