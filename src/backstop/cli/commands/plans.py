"""`plans`: the accepted plans, and what has happened of them."""

from dataclasses import dataclass
from datetime import date

from backstop.cli.book_options import BookOptions, as_json, book_or_json, passphrase_file
from backstop.cli.command_line import command, option
from backstop.cli.options import COUNT, DAY, check_beside
from backstop.cli.reply import Reply
from backstop.domain import message
from backstop.telling import Words


@dataclass(frozen=True)
class PlansOptions(BookOptions):
    """What `plans` is asked: at most one change, by the id of its plan."""

    happened: str | None
    tick: str | None
    untick: str | None
    end: str | None
    step: int | None
    actual: str | None
    dated: date | None


@command(message("list accepted plans, and say what has happened of them"), PlansOptions)
@book_or_json
@passphrase_file
@option("--happened", told=message("what this plan is for has happened"), metavar="PLAN")
@option("--tick", told=message("a step of this plan is done"), metavar="PLAN")
@option("--untick", told=message("a step of this plan is not done after all"), metavar="PLAN")
@option("--end", told=message("this plan is over"), metavar="PLAN")
@option("--step", told=message("which step, from 1"), type=COUNT, metavar="N")
@option("--actual", told=message("what the step really brought"), metavar="AMOUNT")
@option(
    "--dated",
    told=message("the day on which it happened, if not today"),
    type=DAY,
    metavar="DATE",
)
@as_json
def plans(asked: PlansOptions, words: Words) -> Reply:
    """The accepted plans, after what is said to have happened."""
    check_beside(asked, "step", "tick", "untick")
    check_beside(asked, "actual", "tick")
    check_beside(asked, "dated", "happened", "tick", "end")
    from backstop.cli.answers.plans import accepted_plans

    return accepted_plans(asked, words)
