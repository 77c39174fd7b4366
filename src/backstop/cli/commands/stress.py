"""`stress`: what each loss does, and further questions about it."""

from dataclasses import dataclass
from datetime import date

from backstop.cli.book_options import (
    BookOptions,
    as_json,
    book_or_json,
    expense,
    loss_day,
    passphrase_file,
)
from backstop.cli.command_line import command, flag, option
from backstop.cli.options import COUNT, PERCENT, Choice, check_apart, check_beside
from backstop.cli.reply import Reply
from backstop.domain import LossMode, message
from backstop.telling import Words


@dataclass(frozen=True)
class StressOptions(BookOptions):
    """What `stress` is asked: which losses, in which manner, and what else about them.

    `notice`, `days`, `late` and `others_after` are days, `cut` and `others_cut` percent; `expense`
    is an amount as typed.
    """

    close: str | None
    on: date | None
    mode: str | None
    notice: int | None
    days: int | None
    cut: int | None
    late: int | None
    others_after: int | None
    others_cut: int | None
    expense: str | None
    preset: str | None
    saved: bool
    groups: bool
    of: str | None
    presets: bool
    pairs: bool
    sweep: bool
    standing: bool
    receipts: bool
    customers: bool
    payments: bool


@command(message("close each line, and rank the losses"), StressOptions)
@book_or_json
@passphrase_file
@option("--close", told=message("only this line or link group"), metavar="ID")
@loss_day
@option(
    "--mode",
    told=message("how it goes, for all that can go so"),
    type=Choice([mode.value for mode in LossMode]),
    metavar="MODE",
)
@option(
    "--notice",
    told=message("days of notice before a called balance is due"),
    type=COUNT,
    metavar="N",
)
@option("--days", told=message("days after which it is over"), type=COUNT, metavar="N")
@option("--cut", told=message("percent that is cut"), type=PERCENT, metavar="N")
@option("--late", told=message("days by which receipts come late"), type=COUNT, metavar="N")
@option(
    "--others-after",
    told=message("days until other uncommitted lines are cut too"),
    type=COUNT,
    metavar="N",
)
@option("--others-cut", told=message("percent by which they are cut"), type=PERCENT, metavar="N")
@expense
@option("--preset", told=message("a cause by its name, see --presets"), metavar="NAME")
@flag("--saved", message("the losses kept in the book"))
@flag(
    "--groups",
    message("groups by lender, funder, holder, platform, kind and customer too"),
)
@option("--of", told=message("what the cause is applied to"), metavar="WHAT")
@flag("--presets", message("list the causes"))
@flag("--pairs", message("the worst pairs of single losses"))
@flag("--sweep", message("the worst day to lose each"))
@flag("--standing", message("with the standing draws of the book"))
@flag("--receipts", message("how much worse receipts may get"))
@flag("--customers", message("what each customer owes, and what if they do not pay"))
@flag("--payments", message("each payment and the loss that hurts it most"))
@as_json
def stress(asked: StressOptions, words: Words) -> Reply:
    """Every loss, or one, ranked; further questions when asked."""
    check_apart(asked, "preset", "saved", "groups")
    check_beside(asked, "of", "preset")
    from backstop.cli.answers.stress import stressed

    return stressed(asked, words)
