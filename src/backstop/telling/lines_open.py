"""What is said of the book without a loss, by which of its lines are open then."""

from enum import Enum

from backstop.domain import Book
from backstop.domain.lines import is_gone


class LinesOpen(Enum):
    """Which lines are open where none is lost: all of the book, those that are not gone, or none
    that could be."""

    ALL = "all"
    LEFT = "left"
    NONE = "none"


def lines_open(book: Book) -> LinesOpen:
    """Which lines the figures without a loss count on."""
    left = [each for each in book.facilities if not is_gone(each, book.as_of)]
    if not left:
        return LinesOpen.NONE
    return LinesOpen.ALL if len(left) == len(book.facilities) else LinesOpen.LEFT


WITH = {
    LinesOpen.ALL: "With every line open",
    LinesOpen.LEFT: "With every line that is left",
    LinesOpen.NONE: "As things stand",
}
EVEN_WITH = {
    LinesOpen.ALL: "Even with every line open",
    LinesOpen.LEFT: "Even with every line that is left",
    LinesOpen.NONE: "As things stand",
}
ALL_PAID = {
    LinesOpen.ALL: "With every line open, every payment can be made.",
    LinesOpen.LEFT: "With every line that is left, every payment can be made.",
    LinesOpen.NONE: "Every payment can be made.",
}
UNPAID = {
    LinesOpen.ALL: "Even with every line open, {what} cannot be paid.",
    LinesOpen.LEFT: "Even with every line that is left, {what} cannot be paid.",
}
BELOW_ZERO = {
    LinesOpen.ALL: "Even with every line open, cash is below zero from {day}.",
    LinesOpen.LEFT: "Even with every line that is left, cash is below zero from {day}.",
}
TOO_LOW = {
    LinesOpen.ALL: "Even with every line open, cash is lower than it may fall from {day}.",
    LinesOpen.LEFT: "Even with every line that is left, cash is lower than it may fall from {day}.",
}
