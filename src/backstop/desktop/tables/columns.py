"""What a column of a table shows of a row, and how it sorts, looks and is read aloud."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from backstop.telling import Words

Row = TypeVar("Row")


def no_tone(row: object) -> str:
    """The colour of ordinary text."""
    return ""


@dataclass(frozen=True)
class TableColumn(Generic[Row]):
    """One column of rows of one kind.

    `title` is an English key of `words.say`. `tone` names a colour of the theme (fine, careful,
    danger, muted), or is empty for ordinary text. `spoken` is what a screen reader says where the
    text alone would not do. Where a table is too narrow for all, columns with the lowest `spare`
    are served first; those with 0 always stay, and those above 3 come behind whole names. One
    column of a table, that of the names, may `stretch`. What is typed into a cell goes to `typed`,
    which raises `BadInput` where it cannot be read.
    """

    title: str
    text: Callable[[Row, Words], str]
    sort: Callable[[Row], Any]
    figures: bool = False
    tone: Callable[[Row], str] = no_tone
    spoken: Callable[[Row, Words], str] | None = None
    tip: Callable[[Row, Words], str] | None = None
    spare: int = 0
    stretch: bool = False
    typed: Callable[[Row, str], None] | None = None


def money_column(
    title: str,
    amount: Callable[[Row], int | None],
    currency: Callable[[], str],
    *,
    spare: int = 0,
    tone: Callable[[Row], str] = no_tone,
    typed: Callable[[Row, str], None] | None = None,
) -> TableColumn[Row]:
    """A column of amounts in minor units, right-aligned, without the currency's sign."""

    def text(row: Row, words: Words) -> str:
        minor = amount(row)
        return "" if minor is None else words.money(minor, currency(), sign=False)

    def spoken(row: Row, words: Words) -> str:
        minor = amount(row)
        return "" if minor is None else words.money(minor, currency())

    return TableColumn(
        title,
        text,
        sort=amount,
        figures=True,
        tone=tone,
        spoken=spoken,
        spare=spare,
        typed=typed,
    )
