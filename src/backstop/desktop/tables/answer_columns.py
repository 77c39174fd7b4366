"""Columns of the tables that show answers. What they import comes with the first answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from backstop.desktop.tables import Column
from backstop.telling import Narrator, Words

if TYPE_CHECKING:
    from collections.abc import Callable

    from backstop.contingency import Bounced, Obligation
    from backstop.domain import Book
    from backstop.plan import Loss


def severity(loss: Loss) -> str:
    return loss.severity.value


def marked_name(loss: Loss, words: Words) -> str:
    """`■ Jiebei`: the shape says what the colour says."""
    from backstop.telling.sentences import MARKS

    return f"{MARKS[loss.severity]}  {loss.name}"


def plain_name(loss: Loss, words: Words) -> str:
    return loss.name


def spoken_name(loss: Loss, words: Words) -> str:
    from backstop.telling.sentences import severity_word

    return f"{loss.name}, {severity_word(loss.severity, words)}"


def line_column() -> Column[Any]:
    return Column(
        "Line",
        marked_name,
        sort=_name,
        tone=severity,
        spoken=spoken_name,
        tip=plain_name,
        stretch=True,
    )


def light_columns(cells: Cells) -> list[Column[Any]]:
    """Overview: each line with its light and what its loss does."""
    return [
        line_column(),
        Column("If you do nothing", cells.gap, sort=gap_of, figures=True, tone=severity),
    ]


def deadline_columns(cells: Cells) -> list[Column[Any]]:
    return [
        Column("Line", plain_name, sort=_name, stretch=True, tip=plain_name),
        Column("Act by", cells.act_by, sort=deadline_of, figures=True),
        Column("With the plan", cells.with_plan, sort=missed_of, figures=True, tone=plan_tone),
    ]


def due_columns(cells: Cells) -> list[Column[Any]]:
    """Obligations of the next days."""
    return [
        Column("Day", cells.due_day, sort=lambda o: o.day),
        Column("Payment", cells.title, sort=lambda o: o.name, stretch=True, tip=cells.title),
        Column("Priority", lambda o, w: w.label(o.priority), sort=_priority, spare=1, tone=_muted),
        Column("Amount", cells.amount_due, sort=lambda o: o.amount, figures=True),
    ]


def bounced_columns(
    cells: Cells, title: Callable[[Bounced, Words], str] | None = None
) -> list[Column[Any]]:
    """What is not paid; `title` names a payment where its own name alone does not do."""
    named = title or cells.bounced_title
    return [
        Column("Day", cells.bounced_day, sort=lambda b: b.day),
        Column("Payment", named, sort=lambda b: b.obligation.name, stretch=True, tip=named),
        Column(
            "Priority",
            lambda b, w: w.label(b.priority),
            sort=lambda b: int(b.priority),
            tone=_muted,
            spare=1 if title is None else 4,  # a name that says more comes first
        ),
        Column("Not paid", cells.missed, sort=lambda b: b.missed, figures=True, tone=_danger),
    ]


class Cells:
    """Cells that need the book: its currency, and the names behind ids. `book` is the one that the
    rows are of, which may not be the one that is open now: to be set before they are shown."""

    book: Book

    def gap(self, loss: Loss, words: Words) -> str:
        from backstop.telling.sentences import gap_cell

        return gap_cell(loss, Narrator(self.book, words))

    def act_by(self, loss: Loss, words: Words) -> str:
        from backstop.telling.sentences import act_by_cell

        return act_by_cell(loss, Narrator(self.book, words))

    def with_plan(self, loss: Loss, words: Words) -> str:
        from backstop.telling.sentences import plan_cell

        return plan_cell(loss, Narrator(self.book, words))

    def due_day(self, due: Obligation, words: Words) -> str:
        return words.say("overdue") if due.overdue else self.day(due.day, words)

    def title(self, due: Obligation, words: Words) -> str:
        from backstop.telling.phrases import obligation_title

        return obligation_title(due, Narrator(self.book, words))

    def amount_due(self, due: Obligation, words: Words) -> str:
        return words.money(due.amount, self.book.currency)

    def bounced_day(self, bounced: Bounced, words: Words) -> str:
        return self.day(bounced.day, words)

    def bounced_title(self, bounced: Bounced, words: Words) -> str:
        return self.title(bounced.obligation, words)

    def missed(self, bounced: Bounced, words: Words) -> str:
        return words.money(bounced.missed, self.book.currency)

    def day(self, offset: int, words: Words) -> str:
        return Narrator(self.book, words).brief_day(offset)


def _name(loss: Loss) -> str:
    return loss.name


def gap_of(loss: Loss) -> int:
    return loss.outcome.largest_gap


def deadline_of(loss: Loss) -> int | None:
    return loss.cure.deadline if loss.cure is not None else None


def missed_of(loss: Loss) -> int | None:
    return sum(loss.cure.missed) if loss.cure is not None else None


def _priority(due: Obligation) -> int:
    return int(due.priority)


def plan_tone(loss: Loss) -> str:
    if loss.cure is None:
        return "muted"
    return "fine" if loss.cure.complete else "danger"


def _muted(row: object) -> str:
    return "muted"


def _danger(row: object) -> str:
    return "danger"
