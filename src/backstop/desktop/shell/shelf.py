"""The pages of the open book, each in its frame; those that nobody sees stand aside while the
window is dressed anew.

Qt dresses a window with all that it holds. Of six pages one is seen: the others take up another
language or other colours when they are next shown.

A page is made when it is first wanted. To make one and to put it into the window takes two or three
times as long as to paint it, so beside a large book, whose own rows take long enough, all are made
beforehand, in pieces: each keeps the window up for little longer than a paint.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QStackedWidget, QWidget

from backstop.desktop.look.fonts import wear_marks
from backstop.desktop.shell.pageframe import PageFrame
from backstop.desktop.shell.rail_entries import RAIL_ENTRIES
from backstop.desktop.state.gate import SCREENS, brought_in

if TYPE_CHECKING:
    from backstop.desktop.state.context import Context
    from backstop.desktop.widgets.page import Page, RailEntry

_OFTEN_WANTED = [each for each in RAIL_ENTRIES if each.key != "statements"]


class PageShelf:
    """`stack` shows one frame at a time. `pages` by their keys, in the order they were made; those
    that do not show the book as it is now are `stale`, those that nobody saw yet are `unseen`."""

    def __init__(self, context: Context, stack: QStackedWidget) -> None:
        self._context, self._stack = context, stack
        self.pages: dict[str, Page] = {}
        self.frames: dict[str, PageFrame] = {}
        self.stale: set[str] = set()
        self.unseen: set[str] = set()
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

    def page(self, entry: RailEntry) -> Page:
        """The page of this entry; made now if nobody did before."""
        if entry.key not in self.pages:
            page: Page = brought_in(SCREENS).PAGES[entry.key](self._context)
            page.entry = entry
            page.retranslate()
            self.pages[entry.key], self.frames[entry.key] = page, PageFrame(page)
            self.frames[entry.key].setParent(self._beside_the_window())
            self.stale.add(entry.key)
            self.unseen.add(entry.key)
        return self.pages[entry.key]

    @property
    def is_whole(self) -> bool:
        """Whether every page that is often wanted was made."""
        return all(each.key in self.pages for each in _OFTEN_WANTED)

    def in_pieces(self) -> Iterator[None]:
        """Make what is not there yet of every page, and put it into the window."""
        for entry in _OFTEN_WANTED:
            page = self.page(entry)
            yield
            self.ready(entry.key)
            yield
            yield from page.in_pieces()

    def ready(self, key: str) -> PageFrame:
        """The frame of a page that is about to be shown, with all it has missed."""
        page, frame = self.pages[key], self.frames[key]
        is_new = self._stack.indexOf(frame) < 0
        if is_new:
            self._stack.addWidget(frame)
        if is_new or key in self._unspoken:
            wear_marks(frame)
        if key in self._unspoken:
            self._unspoken.discard(key)
            page.retranslate()
        if key in self._undressed:
            self._undressed.discard(key)
            page.restyle()
        return frame

    def stand_aside(self) -> None:
        """The window is about to be dressed anew: leave only what is seen in it."""
        aside = self._beside_the_window()
        for key, page in self.pages.items():
            if page is not self.shown and self._stack.indexOf(self.frames[key]) >= 0:
                self._stack.removeWidget(self.frames[key])
                self.frames[key].setParent(aside)

    def _beside_the_window(self) -> QWidget:
        if self._aside is None:
            self._aside = QWidget()
        return self._aside

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
        marks = self.stale, self.unseen, self._unspoken, self._undressed
        for each in (self.pages, self.frames, *marks):
            each.clear()
