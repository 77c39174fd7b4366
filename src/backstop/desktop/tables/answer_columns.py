"""Columns of the tables that show answers. What they import comes with the first answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from backstop.desktop.tables import TableColumn
from backstop.telling import Narrator, Words
from backstop.telling.phrases import obligation_title
from backstop.telling.sentences import (
    MARKS,
    act_by_cell,
    first_cell,
    plan_cell,
    severity_word,
    worst_cell,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from backstop.contingency import Bounced, Obligation
    from backstop.domain import Book
    from backstop.plan import Loss


def severity(loss: Loss) -> str:
    """The colour of a loss, named by how grave it is."""
    return loss.severity.value


def marked_name(loss: Loss, words: Words) -> str:
    """`■ Jiebei`: the shape says what the colour says."""
    return f"{MARKS[loss.severity]}  {loss.name}"


def plain_name(loss: Loss, words: Words) -> str:
    """The name of a loss without its mark."""
    return loss.name


def spoken_name(loss: Loss, words: Words) -> str:
    """The name of a loss, with how grave it is in words."""
    return f"{loss.name}, {severity_word(loss.severity, words)}"


def line_column() -> TableColumn[Any]:
    """The column of names of losses."""
    return TableColumn(
        "Line",
        marked_name,
        sort=_name,
        tone=severity,
        spoken=spoken_name,
        tip=plain_name,
        stretch=True,
    )


def light_columns(cells: AnswerCells) -> list[TableColumn[Any]]:
    """Overview: each line with its light and what its loss does."""
    return [
        line_column(),
        TableColumn(
            "Short at first", cells.before, sort=first_of, figures=True, tone=severity, spare=1
        ),
        TableColumn("At the worst", cells.most, sort=gap_of, figures=True, tone=severity),
    ]


def deadline_columns(cells: AnswerCells) -> list[TableColumn[Any]]:
    """The columns of payments that are due."""
    return [
        TableColumn("Line", plain_name, sort=_name, stretch=True, tip=plain_name),
        TableColumn("Act by", cells.act_by, sort=deadline_of, figures=True),
        TableColumn("With the plan", cells.with_plan, sort=missed_of, figures=True, tone=plan_tone),
    ]


def due_columns(cells: AnswerCells) -> list[TableColumn[Any]]:
    """Obligations of the next days."""
    return [
        TableColumn("Day", cells.due_day, sort=lambda o: o.day),
        TableColumn("Payment", cells.title, sort=lambda o: o.name, stretch=True, tip=cells.title),
        TableColumn(
            "Priority", lambda o, w: w.label(o.priority), sort=_priority, spare=1, tone=_muted
        ),
        TableColumn("Amount", cells.amount_due, sort=lambda o: o.amount, figures=True),
    ]


def bounced_columns(
    cells: AnswerCells, title: Callable[[Bounced, Words], str] | None = None
) -> list[TableColumn[Any]]:
    """What is not paid; `title` names a payment where its own name alone does not do."""
    named = title or cells.bounced_title
    return [
        TableColumn("Day", cells.bounced_day, sort=lambda b: b.left_on),
        TableColumn("Payment", named, sort=lambda b: b.obligation.name, stretch=True, tip=named),
        TableColumn(
            "Priority",
            lambda b, w: w.label(b.priority),
            sort=lambda b: int(b.priority),
            tone=_muted,
            spare=1 if title is None else 4,  # a name that says more comes first
        ),
        TableColumn("Not paid", cells.missed, sort=lambda b: b.missed, figures=True, tone=_danger),
    ]


class AnswerCells:
    """Cells that need the book: its currency, and the names behind ids. `book` is the one that the
    rows are of, which may not be the one that is open now: to be set before they are shown."""

    book: Book

    def first(self, loss: Loss, words: Words) -> str:
        """What is missing on the first day, in a cell."""
        return first_cell(loss, Narrator(self.book, words))

    def before(self, loss: Loss, words: Words) -> str:
        """The same, where more is missing later."""
        short = loss.outcome.shortfall
        return self.first(loss, words) if short is not None and short.grows else ""

    def most(self, loss: Loss, words: Words) -> str:
        """The most that is missing; the first of it, where that is all there is."""
        short = loss.outcome.shortfall
        grows = short is not None and short.grows
        return self.worst(loss, words) if grows else self.first(loss, words)

    def worst(self, loss: Loss, words: Words) -> str:
        """The most that is missing, and by when, in a cell."""
        return worst_cell(loss, Narrator(self.book, words))

    def act_by(self, loss: Loss, words: Words) -> str:
        """The day by which to act, in a cell."""
        return act_by_cell(loss, Narrator(self.book, words))

    def with_plan(self, loss: Loss, words: Words) -> str:
        """What the plan leaves of a loss, in a cell."""
        return plan_cell(loss, Narrator(self.book, words))

    def due_day(self, due: Obligation, words: Words) -> str:
        """The day on which a payment is due."""
        return words.say("overdue") if due.overdue else self.day(due.day, words)

    def title(self, due: Obligation, words: Words) -> str:
        """What a payment is called."""
        return obligation_title(due, Narrator(self.book, words))

    def amount_due(self, due: Obligation, words: Words) -> str:
        """How much is due."""
        return words.money(due.amount, self.book.currency)

    def bounced_day(self, bounced: Bounced, words: Words) -> str:
        """The day on which a payment bounces, or a purchase is left."""
        return self.day(bounced.left_on, words)

    def bounced_title(self, bounced: Bounced, words: Words) -> str:
        """What bounces."""
        return self.title(bounced.obligation, words)

    def missed(self, bounced: Bounced, words: Words) -> str:
        """How much of a payment is missing."""
        return words.money(bounced.missed, self.book.currency)

    def day(self, offset: int, words: Words) -> str:
        """The date of an offset, short."""
        return Narrator(self.book, words).brief_day(offset)


def _name(loss: Loss) -> str:
    return loss.name


def gap_of(loss: Loss) -> int:
    """The most that is missing because of a loss, for sorting."""
    short = loss.outcome.shortfall
    return 0 if short is None else short.most


def first_of(loss: Loss) -> int | None:
    """The first day on which something is missing, for sorting."""
    short = loss.outcome.shortfall
    return None if short is None else short.day


def deadline_of(loss: Loss) -> int | None:
    """The last day to act, for sorting."""
    return loss.cure.deadline if loss.cure is not None else None


def missed_of(loss: Loss) -> int | None:
    """What its plan leaves unpaid because of it, for sorting."""
    return sum(loss.left) if loss.cure is not None else None


def _priority(due: Obligation) -> int:
    return int(due.priority)


def plan_tone(loss: Loss) -> str:
    """The colour of what a plan leaves."""
    if loss.cure is None:
        return "muted"
    return "danger" if any(loss.left) else "fine"


def _muted(row: object) -> str:
    return "muted"


def _danger(row: object) -> str:
    return "danger"
