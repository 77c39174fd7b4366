"""The calendar that opens below a day: weeks from Monday, quiet, in the colours of the theme."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QDate, QLocale, QPoint, Qt
from PySide6.QtGui import QPalette, QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QMenu, QToolButton, QWidget, QWidgetAction

from backstop.desktop.look.icons import icon
from backstop.desktop.look.theme import CORNER

SIZE = (300, 260)
_ARROWS = {"qt_calendar_prevmonth": "earlier", "qt_calendar_nextmonth": "later"}


class DayPicker(QCalendarWidget):
    """Shows the month of `chosen`. Its colours come from the palette, which the theme makes."""

    def __init__(self, chosen: date | None, language: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setLocale(QLocale(language))
        self.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        self.setVerticalHeaderFormat(self.VerticalHeaderFormat.NoVerticalHeader)
        self.setHorizontalHeaderFormat(self.HorizontalHeaderFormat.SingleLetterDayNames)
        self.setMinimumSize(*SIZE)
        self._dress()
        if chosen is not None:
            self.setSelectedDate(QDate(chosen.year, chosen.month, chosen.day))

    def _dress(self) -> None:
        colours, role = self.palette(), QPalette.ColorRole
        text, muted = colours.color(role.Text), colours.color(role.PlaceholderText)
        head, day = QTextCharFormat(), QTextCharFormat()
        head.setForeground(muted)
        head.setBackground(colours.color(role.Base))
        day.setForeground(text)
        self.setHeaderTextFormat(head)
        for weekend in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            self.setWeekdayTextFormat(weekend, day)
        for name, drawing in _ARROWS.items():
            button = self.findChild(QToolButton, name)
            if button is not None:
                button.setIcon(icon(drawing, text.name()))
        accent, on_accent = colours.color(role.Accent), colours.color(role.BrightText)
        base = colours.color(role.Base)
        self.setStyleSheet(f"""
            QCalendarWidget QWidget#qt_calendar_navigationbar {{ background: {base.name()}; }}
            QCalendarWidget QToolButton {{ color: {text.name()}; background: transparent; }}
            QCalendarWidget QTableView {{ background: {base.name()};
                selection-background-color: {accent.name()};
                selection-color: {on_accent.name()}; border-radius: {CORNER}px; }}
            QCalendarWidget QTableView::item {{ padding: 0; }}
            QCalendarWidget QTableView::item:selected {{ background: {accent.name()};
                color: {on_accent.name()}; }}
        """)


def pick_day(
    parent: QWidget,
    at: QPoint,
    chosen: date | None,
    language: str,
    picked: Callable[[date], None],
) -> None:
    """Open a calendar at a point of the screen; `picked` is told the day."""
    menu = QMenu(parent)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    calendar = DayPicker(chosen, language, menu)
    action = QWidgetAction(menu)
    action.setDefaultWidget(calendar)
    menu.addAction(action)
    for done in (calendar.activated, calendar.clicked):
        done.connect(lambda day: picked(date(day.year(), day.month(), day.day())))
        done.connect(menu.close)
    menu.popup(at)
    calendar.setFocus()
