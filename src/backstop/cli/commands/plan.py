"""`plan`: drafts and prints plans, and keeps one in the book."""

from dataclasses import dataclass
from datetime import date

from backstop.cli.book_options import as_json, book_or_json, passphrase_file
from backstop.cli.command_line import command, flag, option
from backstop.cli.loss_options import LossOptions, loss_options
from backstop.cli.options import COUNT, DAY, check_apart, check_beside
from backstop.cli.reply import Reply
from backstop.domain import message
from backstop.telling import Words


@dataclass(frozen=True)
class PlanOptions(LossOptions):
    """What `plan` is asked: for which loss, with which wishes, and where to keep or write it."""

    every_line_open: bool
    all: bool
    pin: tuple[str, ...]
    forbid: tuple[str, ...]
    avoid: tuple[str, ...]
    prefer: tuple[str, ...]
    explain: bool
    at_most: int | None
    every_step: bool
    accept: bool
    drill: bool
    dated: date | None
    pdf: str | None
    xlsx: str | None
    ics: str | None

    @property
    def is_kept(self) -> bool:
        """Whether the plan goes into the book file."""
        return self.accept or self.drill


@command(message("draft and print a plan for a loss"), PlanOptions)
@book_or_json
@passphrase_file
@loss_options
@flag("--every-line-open", message("for what falls short though nothing is lost"))
@flag("--all", message("a plan for each line and link group"))
@option(
    "--pin",
    told=message("keep this action; without day or amount, as in the plan"),
    multiple=True,
    metavar="SOURCE@DATE=AMOUNT",
)
@option(
    "--forbid",
    told=message("do not use this source, on that day or at all"),
    multiple=True,
    metavar="SOURCE@DATE",
)
@option(
    "--avoid",
    told=message("use this lender only where others cost much more"),
    multiple=True,
    metavar="LENDER",
)
@option(
    "--prefer",
    told=message("use this lender rather than others"),
    multiple=True,
    metavar="LENDER",
)
@flag("--explain", message("say the next best of each action (slower)"))
@option("--at-most", told=message("at most so many actions"), type=COUNT, metavar="N")
@flag("--every-step", message("every step that helps, however little"))
@flag("--accept", message("keep the plan in the book"))
@flag("--drill", message("begin a drill of the plan"))
@option(
    "--dated",
    told=message("the day on which it is accepted or practised, if not today"),
    type=DAY,
    metavar="DATE",
)
@option("--pdf", told=message("print to this PDF file"), metavar="OUT")
@option("--xlsx", told=message("write the plan to this XLSX file"), metavar="OUT")
@option("--ics", told=message("write its days to this calendar file"), metavar="OUT")
@as_json
def plan(asked: PlanOptions, words: Words) -> Reply:
    """A plan for one contingency or for all, in text, JSON or print."""
    check_apart(asked, "at_most", "every_step")
    check_apart(asked, "accept", "drill")
    check_beside(asked, "dated", "accept", "drill")
    check_beside(asked, "of", "preset")
    check_apart(asked, "all", "every_line_open", "preset")
    check_apart(asked, "all", "every_line_open", "close")
    from backstop.cli.answers.plan import planned

    return planned(asked, words)
