"""How the limit of a line went over time, as a step line; part of the history of changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from backstop.desktop.charts.chart import CashChart
from backstop.desktop.charts.curves import Curve, Picture, Role
from backstop.desktop.forms.control import CalmCombo
from backstop.desktop.look.theme import Space
from backstop.desktop.widgets.text import plain_label
from backstop.services.history import LimitCourse

if TYPE_CHECKING:
    from collections.abc import Sequence

    from backstop.desktop.state.context import Context

HEIGHT = 150


class LimitsView(QWidget):
    """A line to choose, and the course of its limit; a sentence where no limit ever changed."""

    def __init__(self, context: Context, currency: str, courses: Sequence[LimitCourse]) -> None:
        super().__init__()
        self._context, self._currency, self.courses = context, currency, courses
        say = context.words.say
        self.empty = plain_label("muted", wrap=True, text=say("No limit has changed yet."))
        self.line = CalmCombo()
        self.line.addItems([each.name for each in courses])
        self.line.setAccessibleName(say("Credit limit of"))
        self.chart = CashChart(context, height=HEIGHT)
        self.row = QWidget()
        row = QHBoxLayout(self.row)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.SMALL)
        label = plain_label(text=say("Credit limit of"))
        label.setBuddy(self.line)
        row.addWidget(label)
        row.addWidget(self.line, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(Space.SMALL)
        for each in (self.row, self.chart, self.empty):
            layout.addWidget(each)
        for each in (self.row, self.chart):
            each.setVisible(bool(courses))
        self.empty.setVisible(not courses)
        self.line.currentIndexChanged.connect(self._show)
        context.theme_changed.connect(self.chart.restyle)
        if courses:
            self._show(0)

    def _show(self, number: int) -> None:
        course, words = self.courses[number], self._context.words
        label = words.say("Limit")
        curve = Curve(Role.BASE, label, np.array(course.limits, dtype=np.int64))
        self.chart.show_picture(Picture(course.start, self._currency, (curve,)))
        self.chart.describe(label, self._sentence(course))

    def _sentence(self, course: LimitCourse) -> str:
        """The course in words, for who cannot see it."""
        words = self._context.words
        first, last = (
            words.money(each, self._currency) for each in (course.limits[0], course.limits[-1])
        )
        return words.say(
            "The limit of “{name}” went from {first} to {last}.",
            name=course.name,
            first=first,
            last=last,
        )
