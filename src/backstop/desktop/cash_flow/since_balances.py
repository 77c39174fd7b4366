"""What each account holds now: as it follows from the list, beside what the bank shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from backstop.desktop.forms.reading import read_amount
from backstop.desktop.look.theme import Space
from backstop.desktop.tables.columns import TableColumn, money_column
from backstop.desktop.tables.typed import TypedRows
from backstop.desktop.widgets.text import plain_label
from backstop.settling import AccountNow
from backstop.telling import Words

if TYPE_CHECKING:
    from backstop.desktop.state.context import Context
    from backstop.services.settling import InWork


@dataclass(frozen=True)
class BalanceRow:
    """An account with its balances (minor units)."""

    name: str
    now: AccountNow

    @property
    def difference(self) -> int | None:
        """What is shown less what follows; None while nothing is said, or there is none."""
        return self.now.unexplained or None


def balance_rows(work: InWork) -> list[BalanceRow]:
    """Every account, in the order of the book."""
    return [BalanceRow(work.book.by_id[each.account].name, each) for each in work.result.accounts]


class BalancesView(QWidget):
    """The second step: one figure to type for each account whose bank shows another one."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.said = plain_label("detail", wrap=True)
        self.problem = plain_label("danger", wrap=True)
        self.problem.hide()
        self.table = TypedRows(context, self._columns(), key=lambda row: row.now.account)
        self.table.rows.refused.connect(self._refused)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.SMALL)
        column.addWidget(self.said)
        column.addWidget(self.problem)
        column.addWidget(self.table, 1)

    def _columns(self) -> list[TableColumn[BalanceRow]]:
        def currency() -> str:
            return self._context.book.currency

        return [
            TableColumn("Account", _name, sort=lambda row: row.name, stretch=True),
            money_column("Balance before", lambda row: row.now.before, currency, spare=1),
            money_column("As it follows", lambda row: row.now.computed, currency),
            money_column("The bank shows", _shown, currency, tone=_said_tone, typed=self._typed),
            money_column("Unexplained", _difference, currency, tone=_tone),
        ]

    def _typed(self, row: BalanceRow, text: str) -> None:
        self.problem.hide()
        work = self._context.settling
        if work is not None:
            shown = read_amount(text, work.book.money) if text.strip() else None
            self._context.settle(work.with_balance(row.now.account, shown))

    def _refused(self, bad: object) -> None:
        self.problem.setText(self._context.words.tell(bad.message))  # type: ignore[attr-defined]
        self.problem.show()

    def show_work(self, work: InWork) -> None:
        """Show the balances as they follow from what is said so far."""
        self.table.set_rows(balance_rows(work))
        self.speak()

    def speak(self) -> None:
        """Say what is to be done here."""
        say = self._context.words.say
        self.said.setText(
            say(
                "Type what each bank shows now, where that is another figure. A difference is kept "
                "as “unexplained” until you say what it was."
            )
        )
        self.table.setAccessibleName(say("Balances"))


def _name(row: BalanceRow, words: Words) -> str:
    return row.name


def _shown(row: BalanceRow) -> int:
    """What follows stands there until something else is said."""
    return row.now.computed if row.now.shown is None else row.now.shown


def _said_tone(row: BalanceRow) -> str:
    return "muted" if row.now.shown is None else ""


def _difference(row: BalanceRow) -> int | None:
    return row.difference


def _tone(row: BalanceRow) -> str:
    return "careful" if row.difference else ""
