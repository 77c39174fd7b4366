"""The instalments still to be paid on a tranche: dates, principal, interest, and their sums."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from backstop.desktop.forms.form import RecordForm
from backstop.desktop.look.theme import Space
from backstop.desktop.sources.lists import schedule_columns
from backstop.desktop.sources.schedule_bars import ScheduleBars
from backstop.desktop.tables import RowsView
from backstop.desktop.tables.look import ROW_HEIGHT
from backstop.desktop.widgets.text import as_typed, button, plain_label
from backstop.domain import Record, Tranche
from backstop.projection.flows import schedule_in

if TYPE_CHECKING:
    from backstop.desktop.state.context import Context
    from backstop.projection import Instalment


class ScheduleView(QWidget):
    """A button that shows and hides the schedule of the tranche being edited."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._tranche: Tranche | None = None
        self.show_button = button()
        self.show_button.setCheckable(True)
        self.table = RowsView(context, schedule_columns(context), key=lambda each: each.due)
        self.table.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.table.setSortingEnabled(False)
        self.total = plain_label("muted", wrap=True)
        self.bars = ScheduleBars(context)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.SMALL)
        column.addWidget(self.show_button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.bars)
        column.addWidget(self.total)
        column.addWidget(self.table)
        self.show_button.toggled.connect(self._fill)
        self._fill()

    def follow(self, form: RecordForm) -> None:
        """Show the schedule of the tranche in this form, also while it is typed."""
        form.begun.connect(self._forget)
        form.previewed.connect(self._take)

    def _forget(self) -> None:
        self._tranche = None
        self._fill()

    def _take(self, values: object, record: Record | None) -> None:
        if isinstance(record, Tranche):
            self._tranche = record
            self._fill()

    def _fill(self) -> None:
        shown = self.show_button.isChecked() and self._tranche is not None
        self.table.setVisible(shown)
        self.total.setVisible(shown)
        self.bars.setVisible(shown)
        say = self._context.words.say
        self.show_button.setEnabled(self._tranche is not None)
        text = say("Hide the schedule") if shown else say("Show the schedule")
        self.show_button.setText(as_typed(text))
        self.table.setAccessibleName(say("Schedule"))
        if shown and self._tranche is not None:
            self._show(schedule_in(self._context.book, self._tranche))

    def _show(self, instalments: list[Instalment]) -> None:
        self.table.set_rows(instalments)
        self.table.setFixedHeight(ROW_HEIGHT * (len(instalments) + 1) + 4)
        money = self._context.money
        self.total.setText(
            self._context.words.count(
                len(instalments),
                "One instalment: {principal} of principal and {interest} of interest, {total}.",
                "{n} instalments: {principal} of principal and {interest} of interest, {total}.",
                principal=money(sum(each.principal for each in instalments)),
                interest=money(sum(each.interest for each in instalments)),
                total=money(sum(each.total for each in instalments)),
            )
        )
        self.bars.show_schedule(instalments, self.total.text())

    def speak(self) -> None:
        self._fill()
