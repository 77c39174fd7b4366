"""Columns of the Stress page: each loss left alone, by the standing rule, and with the plan; and
each payment with the loss that hurts it most."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from backstop.contingency import title_of
from backstop.desktop.tables import TableColumn
from backstop.desktop.tables.answer_columns import (
    AnswerCells,
    deadline_of,
    first_of,
    gap_of,
    line_column,
    missed_of,
    plan_tone,
    severity,
)
from backstop.telling import Narrator, Words
from backstop.telling.sentences import bounces_cell

if TYPE_CHECKING:
    from backstop.contingency import Standing, Threat
    from backstop.plan import Loss

LOST_ON, STANDING = "Lost on", "With standing draws"


class LossCells(AnswerCells):
    """Cells of a loss; `standing` is what the standing rule makes of each, by its id."""

    def __init__(self) -> None:
        self.standing: dict[str, Standing] = {}

    def columns(self) -> list[TableColumn[Any]]:
        """The columns of losses, for the question that is asked."""
        return [
            line_column(),
            TableColumn(LOST_ON, self.lost_on, sort=lambda loss: loss.contingency.loss_day),
            TableColumn(
                "Short at first",
                self.before,
                sort=first_of,
                figures=True,
                tone=severity,
                spare=4,  # where it is all there is, the next one says it
            ),
            TableColumn("At the worst", self.most, sort=gap_of, figures=True, tone=severity),
            TableColumn(
                STANDING,
                self.with_standing,
                sort=self._left,
                figures=True,
                tone=self._standing_tone,
            ),
            TableColumn("With the plan", self.with_plan, sort=missed_of, tone=plan_tone),
            TableColumn("Act by", self.act_by, sort=deadline_of),
            TableColumn("What bounces", self.bounces, sort=_bounced, spare=2),
        ]

    def lost_on(self, loss: Loss, words: Words) -> str:
        """The day on which a line closes."""
        return self.day(loss.contingency.loss_day, words)

    def with_standing(self, loss: Loss, words: Words) -> str:
        """What is missing with the draws that the standing rule makes."""
        left = self._left(loss)
        if left is None:
            return "…"
        return words.money(-left, self.book.currency) if left else "–"

    def bounces(self, loss: Loss, words: Words) -> str:
        """What bounces under a loss, in a cell."""
        return bounces_cell(loss, Narrator(self.book, words))

    def _left(self, loss: Loss) -> int | None:
        """The largest gap that the standing draws leave."""
        found = self.standing.get(loss.contingency.id)
        return None if found is None else max(0, -int(found.low.min()))

    def _standing_tone(self, loss: Loss) -> str:
        left = self._left(loss)
        return "muted" if left is None else "danger" if left else "fine"


def threat_columns(cells: ThreatCells) -> list[TableColumn[Any]]:
    """The columns of payments, with the loss that hurts each most."""
    return [
        TableColumn("Day", cells.when, sort=lambda t: t.obligation.day),
        TableColumn("Payment", cells.payment, sort=_name, tip=cells.payment, stretch=True),
        TableColumn("Priority", _priority, sort=lambda t: int(t.obligation.priority), spare=2),
        TableColumn(
            "Amount", cells.amount, sort=lambda t: t.obligation.amount, figures=True, spare=1
        ),
        TableColumn(
            "Hurt most by", cells.by_what, sort=lambda t: t.contingency.id, tip=cells.by_what
        ),
        TableColumn(
            "Not paid", cells.not_paid, sort=lambda t: t.missed, figures=True, tone=_danger
        ),
        TableColumn("Also hurt by", _others, sort=lambda t: t.others, figures=True, spare=3),
    ]


class ThreatCells(AnswerCells):
    """Cells of a payment that some loss endangers."""

    def when(self, threat: Threat, words: Words) -> str:
        """The day on which the payment is due."""
        return self.due_day(threat.obligation, words)

    def payment(self, threat: Threat, words: Words) -> str:
        """What is to be paid."""
        return self.title(threat.obligation, words)

    def amount(self, threat: Threat, words: Words) -> str:
        """How much is due."""
        return self.amount_due(threat.obligation, words)

    def by_what(self, threat: Threat, words: Words) -> str:
        """The loss that endangers the payment most."""
        return words.tell(title_of(self.book, threat.contingency.identity))

    def not_paid(self, threat: Threat, words: Words) -> str:
        """How much of it that loss leaves unpaid."""
        return words.money(threat.missed, self.book.currency)


def threat_key(threat: Threat) -> tuple[str, str, int]:
    """What tells one payment from another."""
    owed = threat.obligation
    return owed.record, owed.kind, owed.day


def _bounced(loss: Loss) -> int:
    return len(loss.outcome.added)


def _name(threat: Threat) -> str:
    return threat.obligation.name


def _priority(threat: Threat, words: Words) -> str:
    return words.label(threat.obligation.priority)


def _others(threat: Threat, words: Words) -> str:
    return words.count(threat.others, "one other", "{n} others") if threat.others else "–"


def _danger(row: object) -> str:
    return "danger"
