"""Columns of the Stress page: each loss left alone, by the standing rule, and with the plan; and
each payment with the loss that hurts it most."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from backstop.desktop.tables import Column
from backstop.desktop.tables.answer_columns import (
    Cells,
    deadline_of,
    gap_of,
    line_column,
    missed_of,
    plan_tone,
    severity,
)
from backstop.telling import Narrator, Words

if TYPE_CHECKING:
    from backstop.contingency import Standing, Threat
    from backstop.plan import Loss

LOST_ON, STANDING = "Lost on", "With standing draws"


class LossCells(Cells):
    """Cells of a loss; `standing` is what the standing rule makes of each, by its id."""

    def __init__(self) -> None:
        self.standing: dict[str, Standing] = {}

    def columns(self) -> list[Column[Any]]:
        return [
            line_column(),
            Column(LOST_ON, self.lost_on, sort=lambda loss: loss.contingency.loss_day),
            Column("First shortfall", self.first_shortfall, sort=_first),
            Column("Largest gap", self.largest_gap, sort=gap_of, figures=True, tone=severity),
            Column(
                STANDING,
                self.with_standing,
                sort=self._left,
                figures=True,
                tone=self._standing_tone,
            ),
            Column("With the plan", self.with_plan, sort=missed_of, tone=plan_tone),
            Column("Act by", self.act_by, sort=deadline_of),
            Column("What bounces", self.bounces, sort=_bounced, spare=2),
        ]

    def lost_on(self, loss: Loss, words: Words) -> str:
        return self.day(loss.contingency.loss_day, words)

    def first_shortfall(self, loss: Loss, words: Words) -> str:
        day = loss.outcome.first_shortfall
        return "–" if day is None else self.day(day, words)

    def largest_gap(self, loss: Loss, words: Words) -> str:
        gap = loss.outcome.largest_gap
        return "–" if not gap else words.money(-gap, self.book.currency)

    def with_standing(self, loss: Loss, words: Words) -> str:
        left = self._left(loss)
        if left is None:
            return "…"
        return words.money(-left, self.book.currency) if left else "–"

    def bounces(self, loss: Loss, words: Words) -> str:
        from backstop.telling.sentences import bounces_cell

        return bounces_cell(loss, Narrator(self.book, words))

    def _left(self, loss: Loss) -> int | None:
        """The largest gap that the standing draws leave."""
        found = self.standing.get(loss.contingency.id)
        return None if found is None else max(0, -int(found.low.min()))

    def _standing_tone(self, loss: Loss) -> str:
        left = self._left(loss)
        return "muted" if left is None else "danger" if left else "fine"


def threat_columns(cells: ThreatCells) -> list[Column[Any]]:
    return [
        Column("Day", cells.when, sort=lambda t: t.obligation.day),
        Column("Payment", cells.payment, sort=_name, tip=cells.payment, stretch=True),
        Column("Priority", _priority, sort=lambda t: int(t.obligation.priority), spare=2),
        Column("Amount", cells.amount, sort=lambda t: t.obligation.amount, figures=True, spare=1),
        Column("Hurt most by", cells.by_what, sort=lambda t: t.contingency.id, tip=cells.by_what),
        Column("Not paid", cells.not_paid, sort=lambda t: t.missed, figures=True, tone=_danger),
        Column("Also hurt by", _others, sort=lambda t: t.others, figures=True, spare=3),
    ]


class ThreatCells(Cells):
    """Cells of a payment that some loss endangers."""

    def when(self, threat: Threat, words: Words) -> str:
        return self.due_day(threat.obligation, words)

    def payment(self, threat: Threat, words: Words) -> str:
        return self.title(threat.obligation, words)

    def amount(self, threat: Threat, words: Words) -> str:
        return self.amount_due(threat.obligation, words)

    def by_what(self, threat: Threat, words: Words) -> str:
        from backstop.contingency import title_of

        return words.tell(title_of(self.book, threat.contingency.id))

    def not_paid(self, threat: Threat, words: Words) -> str:
        return words.money(threat.missed, self.book.currency)


def threat_key(threat: Threat) -> tuple[str, str, int]:
    owed = threat.obligation
    return owed.record, owed.kind, owed.day


def _first(loss: Loss) -> int | None:
    return loss.outcome.first_shortfall


def _bounced(loss: Loss) -> int:
    return len(loss.outcome.bounced)


def _name(threat: Threat) -> str:
    return threat.obligation.name


def _priority(threat: Threat, words: Words) -> str:
    return words.label(threat.obligation.priority)


def _others(threat: Threat, words: Words) -> str:
    return words.count(threat.others, "one other", "{n} others") if threat.others else "–"


def _danger(row: object) -> str:
    return "danger"
