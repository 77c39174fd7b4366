"""What moves on one day, as planned or under a loss, and the balances around it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from backstop.contingency import projection_under
from backstop.desktop.projection.day_flows import FlowRow, flow_columns, flows_compared, flows_of
from backstop.desktop.tables import RowsView
from backstop.desktop.tables.whole import RowsInPage
from backstop.desktop.widgets.card import Card
from backstop.desktop.widgets.text import plain_label
from backstop.telling.words import MINUS

if TYPE_CHECKING:
    from backstop.desktop.state.context import Context
    from backstop.plan import Loss
    from backstop.projection import Projection

WIDTH = 300
JOINER = "\N{WORD JOINER}"


class DayCard(Card):
    """Shows a day of a projection; beside a loss, also what it takes away and brings."""

    def __init__(self, context: Context) -> None:
        self.flows = RowsView(context, flow_columns(context), key=_flow_key)
        super().__init__(RowsInPage(context, self.flows))
        self._context = context
        self._under: tuple[object, Projection] | None = None
        self.flows.horizontalHeader().hide()
        self._balance = plain_label("muted", wrap=True)
        self.rows.insertWidget(1, self._balance)
        self.setMinimumWidth(WIDTH)

    def retranslate(self) -> None:
        self.flows.setAccessibleName(self._context.words.say("What moves on the day"))

    def show_day(self, projection: Projection, loss: Loss | None, day: int) -> None:
        """Show what happens on one day."""
        words = self._context.words
        said = [self._balances(projection, day)]
        if loss is None:
            rows = flows_of(projection, day, words)
        else:
            under = self._projection_under(projection, loss)
            rows = flows_compared(projection, under, day, words)
            what = self._balances(under, day)
            said.append(words.say("{line}: {what}", line=loss.name, what=what))
        self.flows.set_rows(rows)
        self.set_title(words.day(projection.date_of(day)))
        self._balance.setText("\n".join(said))
        self.say_empty("" if rows else words.say("Nothing moves on this day."))

    def _projection_under(self, projection: Projection, loss: Loss) -> Projection:
        """The projection of the loss, kept until another one is chosen or the book changes."""
        key = projection.book, loss.contingency
        if self._under is None or self._under[0] != key:
            self._under = key, projection_under(projection, loss.contingency)
        return self._under[1]

    def _balances(self, projection: Projection, day: int) -> str:
        return self._context.words.say(
            "Lowest {low}, at the end of the day {close}",
            low=self._whole(int(projection.low[day])),
            close=self._whole(int(projection.closing[day])),
        )

    def _whole(self, minor: int) -> str:
        """An amount that no line break parts from its minus."""
        return self._context.round_money(minor).replace(MINUS, MINUS + JOINER)


def _flow_key(row: FlowRow) -> int:
    return row.number
