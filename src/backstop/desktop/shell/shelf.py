"""The pages of the open book, each in its frame; those that nobody sees stand aside while the
window is dressed anew.

Qt dresses a window with all that it holds. Of six pages one is seen: the others take up another
language or other colours when they are next shown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QStackedWidget, QWidget

from backstop.desktop.look.fonts import wear_marks
from backstop.desktop.shell.pageframe import PageFrame

if TYPE_CHECKING:
    from backstop.desktop.widgets.page import Page


class PageShelf:
    """`stack` shows one frame at a time. `pages` by their keys, in the order they were made."""

    def __init__(self, stack: QStackedWidget) -> None:
        self._stack = stack
        self.pages: dict[str, Page] = {}
        self.frames: dict[str, PageFrame] = {}
        self._aside: QWidget | None = None
        self._unspoken: set[str] = set()
        self._undressed: set[str] = set()

    @property
    def shown(self) -> Page | None:
        """The page in sight, if one is."""
        frame = self._stack.currentWidget()
        return next((page for key, page in self.pages.items() if self.frames[key] is frame), None)

    def places(self) -> list[QWidget]:
        """Whatever holds pages apart from the window."""
        return [] if self._aside is None else [self._aside]

    def put(self, page: Page) -> None:
        """Take in a new page."""
        self.pages[page.key] = page
        self.frames[page.key] = PageFrame(page)
        self._stack.addWidget(self.frames[page.key])

    def ready(self, key: str) -> PageFrame:
        """The frame of a page that is about to be shown, with all it has missed."""
        page, frame = self.pages[key], self.frames[key]
        if self._stack.indexOf(frame) < 0:
            self._stack.addWidget(frame)
        if key in self._unspoken:
            self._unspoken.discard(key)
            wear_marks(frame)
            page.retranslate()
        if key in self._undressed:
            self._undressed.discard(key)
            page.restyle()
        return frame

    def stand_aside(self) -> None:
        """The window is about to be dressed anew: leave only what is seen in it."""
        if self._aside is None:
            self._aside = QWidget()
        for key, page in self.pages.items():
            if page is not self.shown and self._stack.indexOf(self.frames[key]) >= 0:
                self._stack.removeWidget(self.frames[key])
                self.frames[key].setParent(self._aside)

    def retranslate(self) -> None:
        """Say the page in sight again; the others when they are shown."""
        self._unspoken.update(self.pages)
        if self.shown is not None:
            self.ready(self.shown.key)

    def restyle(self) -> None:
        """Give the page in sight its new colours; the others theirs when they are shown."""
        self._undressed.update(self.pages)
        if self.shown is not None:
            self.ready(self.shown.key)

    def end(self) -> None:
        """The window closes: nothing stands beside it any more."""
        for each in self.places():
            each.deleteLater()
        self._aside = None

    def forget(self) -> None:
        """Let go of every page."""
        for frame in self.frames.values():
            self._stack.removeWidget(frame)
            frame.deleteLater()
        for each in (self.pages, self.frames, self._unspoken, self._undressed):
            each.clear()
