"""`stress`: what each loss does, and further questions about it."""

from dataclasses import dataclass

from backstop.cli.book_options import as_json, book_or_json, passphrase_file
from backstop.cli.command_line import command, flag
from backstop.cli.loss_options import LossOptions, loss_options
from backstop.cli.options import check_apart, check_beside
from backstop.cli.reply import Reply
from backstop.domain import message
from backstop.telling import Words


@dataclass(frozen=True)
class StressOptions(LossOptions):
    """What `stress` is asked: which losses, in which manner, and what else about them."""

    saved: bool
    groups: bool
    accounts: bool
    presets: bool
    pairs: bool
    sweep: bool
    standing: bool
    receipts: bool
    customers: bool
    payments: bool
    proved: bool


@command(message("close each line, and rank the losses"), StressOptions)
@book_or_json
@passphrase_file
@loss_options
@flag("--saved", message("the losses kept in the book"))
@flag(
    "--groups",
    message("groups by lender, funder, holder, platform, kind and customer too"),
)
@flag("--accounts", message("the accounts, each of them frozen"))
@flag("--presets", message("list the causes"))
@flag("--pairs", message("the worst pairs of single losses"))
@flag("--sweep", message("the worst day to lose each"))
@flag("--standing", message("with the standing draws of the book"))
@flag("--receipts", message("how much worse receipts may get"))
@flag("--customers", message("what each customer owes, and what if they do not pay"))
@flag("--payments", message("each payment and the loss that hurts it most"))
@flag("--proved", message("of a large book, wait for the plans of the gravest losses"))
@as_json
def stress(asked: StressOptions, words: Words) -> Reply:
    """Every loss, or one, ranked; further questions when asked."""
    check_apart(asked, "preset", "saved", "groups", "accounts")
    check_beside(asked, "of", "preset")
    from backstop.cli.answers.stress import stressed

    return stressed(asked, words)
