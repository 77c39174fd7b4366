"""`settle`: a book brought to today, and what was due since."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from backstop.cli.book_options import BookOptions, as_json, book_or_json, passphrase_file
from backstop.cli.command_line import command, flag, option
from backstop.cli.options import DAY
from backstop.cli.reply import Reply
from backstop.domain import Message, message
from backstop.telling import Words


@dataclass(frozen=True)
class SettleOptions(BookOptions):
    """What `settle` is asked: up to which day, whether only to list, and what came otherwise."""

    to: date | None
    as_planned: bool
    from_statements: bool
    list: bool
    came: tuple[str, ...]
    not_yet: tuple[str, ...]
    will_not: tuple[str, ...]
    in_balance: tuple[str, ...]
    happened: tuple[str, ...]
    balance: tuple[str, ...]
    limit: tuple[str, ...]
    gone: tuple[str, ...]
    explain: tuple[str, ...]
    recurs: bool

    @property
    def says_something(self) -> bool:
        """Whether anything is said of what was due, or of balances and lines."""
        said = (self.came, self.not_yet, self.will_not, self.in_balance, self.happened)
        as_told = self.as_planned or self.from_statements
        return as_told or any((*said, self.balance, self.limit, self.gone))


Function = TypeVar("Function", bound=Callable[..., Any])


def several(name: str, told: Message, metavar: str) -> Callable[[Function], Function]:
    """An option that may be given more than once."""
    return option(name, told=told, multiple=True, metavar=metavar)


@command(message("bring a book to today: what was due since, and what came of it"), SettleOptions)
@book_or_json
@passphrase_file
@option("--to", told=message("the day to bring it to, if not today"), type=DAY, metavar="DATE")
@flag("--as-planned", message("all that was due came as planned, save what is said otherwise"))
@flag("--from-statements", message("what the statements in the book tell of it"))
@flag("--list", message("only say what was due and what would follow"))
@several(
    "--came",
    message("what came of one: another amount or day"),
    "ID=AMOUNT[@DATE]",
)
@several("--not-yet", message("one that has not come yet, and when it will"), "ID[=DATE]")
@several("--will-not", message("one that will not happen"), "ID")
@several("--in-balance", message("one of today that is in the balance already"), "ID")
@several("--happened", message("a saved loss that happened, or a standing draw made"), "ID")
@several("--balance", message("what the bank shows now"), "ACCOUNT=AMOUNT")
@several("--limit", message("the limit that the lender shows now"), "LINE=AMOUNT")
@several("--gone", message("a line that is gone"), "LINE")
@several(
    "--explain",
    message("what an unexplained difference was, by its number: a name, or a line"),
    "N=NAME[@AMOUNT]",
)
@flag("--recurs", message("what is explained goes on every month"))
@as_json
def settle(asked: SettleOptions, words: Words) -> Reply:
    """What was due since the as-of date, and the book of the later day."""
    from backstop.cli.answers.settle import settled

    return settled(asked, words)
