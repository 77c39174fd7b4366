"""Every loss of a question, ranked; or every payment, with the loss that hurts it most."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from backstop.contingency import threats, with_standing_draws
from backstop.desktop.forms.segments import Segments
from backstop.desktop.state.aside import Aside
from backstop.desktop.state.tasks import Cancelled
from backstop.desktop.stress.columns import (
    LOST_ON,
    STANDING,
    LossCells,
    ThreatCells,
    threat_columns,
    threat_key,
)
from backstop.desktop.tables import RowsView
from backstop.desktop.tables.whole import RowsInPage
from backstop.desktop.widgets.card import Card
from backstop.desktop.widgets.one_of import OneOf

if TYPE_CHECKING:
    from backstop.contingency import Standing, Threat
    from backstop.desktop.state.context import Context
    from backstop.plan import Answers, Loss

BY_LOSS, BY_PAYMENT = "loss", "payment"
RANKED = ((BY_LOSS, "Losses, worst first"), (BY_PAYMENT, "Payments at risk"))
LEAST_ROWS = 3


class LossTables(Card):
    """`loss_chosen(loss)` when another one is chosen, or more is known of it; `loss_opened(loss)`
    and `loss_deleted(loss)` as of a table. What the standing rule makes of the losses, and what
    endangers each payment, is worked out aside, and only while it is shown. `fields` stand beside
    the choice of the table."""

    loss_chosen = Signal(object)
    loss_opened = Signal(object)
    loss_deleted = Signal(object)

    def __init__(self, context: Context, fields: QWidget) -> None:
        self._answers: Answers | None = None
        self._nothing = ""
        self._context = context
        self._cells, self._threat_cells = LossCells(), ThreatCells()
        self.losses = RowsView(context, self._cells.columns(), key=_loss_id)
        self.threats = RowsView(context, threat_columns(self._threat_cells), key=threat_key)
        self._losses_place = RowsInPage(context, self.losses, LEAST_ROWS)
        self._threats_place = RowsInPage(context, self.threats, LEAST_ROWS)
        self._tables = OneOf(self._losses_place, self._threats_place)
        super().__init__(self._tables)
        self.ranked = Segments(context, "Ranked", RANKED)
        self.head.insertWidget(0, self.ranked)
        self._fields = fields
        self.set_narrow(False)
        self._standing: Aside[dict[str, Standing]] = Aside(context.tasks, self._show_standing)
        self._threats: Aside[list[Threat]] = Aside(context.tasks, self._show_threats)
        self.losses.row_chosen.connect(self.loss_chosen)
        self.losses.row_opened.connect(self.loss_opened)
        self.losses.row_deleted.connect(self.loss_deleted)
        self.threats.row_chosen.connect(self._threat_chosen)
        self.ranked.chosen.connect(lambda _: self._turn())

    def set_narrow(self, narrow: bool) -> None:
        """Where there is little room, the fields have a row of their own."""
        if narrow:
            self.rows.insertWidget(1, self._fields)
        else:
            self.head.insertWidget(1, self._fields, 1, Qt.AlignmentFlag.AlignVCenter)

    def retranslate(self) -> None:
        say = self._context.words.say
        self.ranked.speak()
        self.losses.setAccessibleName(say("Losses, the worst first"))
        self.threats.setAccessibleName(say("Each payment, and the loss that hurts it most"))
        self._turn()

    @property
    def current(self) -> Loss | None:
        """The loss that is chosen."""
        loss: Loss | None = self.losses.current()
        return loss

    @property
    def standing(self) -> Standing | None:
        """What the standing rule makes of the chosen loss, once that is known."""
        return self._cells.standing.get(_loss_id(self.current)) if self.current else None

    def choose(self, contingency_id: str) -> bool:
        """Choose a loss as if clicked; whether it is there. None is, where the id is unknown."""
        return self.losses.choose(contingency_id, tell=self.losses.rows.row_of(contingency_id) >= 0)

    def bring_into_sight(self) -> None:
        """Scroll the page to the chosen loss."""
        self._losses_place.bring_into_sight()

    def show_answers(self, answers: Answers, *, dated: bool, nothing: str) -> None:
        """Show these losses; the chosen one stays chosen, else the worst is: whoever asks shows
        `current` then. `dated` shows on which day each is lost; `nothing` is said where there is
        none."""
        self._answers, self._nothing = answers, nothing
        self._cells.book = answers.book
        rule = bool(answers.book.standing_draws)
        left_out = {LOST_ON: dated, STANDING: rule}
        self.losses.leave_out(title for title, shown in left_out.items() if not shown)
        if rule:
            self._ask_standing(answers)
        chosen = self.current
        self.losses.set_rows(answers.losses)
        kept = chosen is not None and self.losses.choose(_loss_id(chosen), tell=False)
        if not kept and answers.losses:
            self.losses.choose(_loss_id(answers.losses[0]), tell=False)
        self._turn()

    def _turn(self) -> None:
        """Show the table that is wanted."""
        by_payment = self.ranked.value == BY_PAYMENT
        self._tables.show_only(self._threats_place if by_payment else self._losses_place)
        self.say_empty("" if self._answers is None or self._answers.losses else self._nothing)
        if by_payment and self._answers is not None and self._answers.losses:
            self._ask_threats(self._answers)

    # aside

    def _ask_standing(self, answers: Answers) -> None:
        asked = [each.contingency for each in answers.losses]
        projection = answers.projection

        def work(cancelled: Cancelled) -> dict[str, Standing]:
            found = with_standing_draws(projection, asked)
            return {each.id: made for each, made in zip(asked, found, strict=True)}

        self._cells.standing = {}
        self._standing.ask((answers.book, frozenset(asked)), work)

    def _show_standing(self, found: dict[str, Standing]) -> None:
        self._cells.standing = found
        if self._answers is not None:
            self.losses.set_rows(self._answers.losses)
            self.loss_chosen.emit(self.current)

    def _ask_threats(self, answers: Answers) -> None:
        def work(cancelled: Cancelled) -> list[Threat]:
            return threats(each.outcome for each in answers.losses)

        asked = frozenset(each.contingency for each in answers.losses)
        if not self._threats.ask((answers.book, asked), work):
            self.say_empty(self._context.words.say("Being worked out…"))

    def _show_threats(self, found: list[Threat]) -> None:
        assert self._answers is not None
        self._threat_cells.book = self._answers.book
        self.threats.set_rows(found)
        if self.ranked.value == BY_PAYMENT:
            self.say_empty("" if found else self._context.words.say("Nothing is missed."))

    def _threat_chosen(self, threat: Threat | None) -> None:
        if threat is not None:
            self.losses.choose(threat.contingency.id)


def _loss_id(loss: Loss) -> str:
    return loss.contingency.id
