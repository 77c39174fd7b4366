"""The window: rail, top bar, banner, one page at a time, status line."""

from __future__ import annotations

from functools import cached_property, partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QPaintEvent, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QHBoxLayout,
    QMainWindow,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from backstop.desktop.look.style import apply_theme
from backstop.desktop.look.theme import Space
from backstop.desktop.shell.actions import Actions
from backstop.desktop.shell.age_bar import AgeBar
from backstop.desktop.shell.banner import Banner
from backstop.desktop.shell.commands import all_commands
from backstop.desktop.shell.filling import Filling
from backstop.desktop.shell.leaving import Leaving
from backstop.desktop.shell.menus import Menus
from backstop.desktop.shell.pageframe import PageFrame
from backstop.desktop.shell.pieces import Pieces
from backstop.desktop.shell.place import place_of, take_place
from backstop.desktop.shell.rail import Rail
from backstop.desktop.shell.rail_entries import RAIL_ENTRIES, number_of
from backstop.desktop.shell.shelf import PageShelf
from backstop.desktop.shell.start import StartScreen
from backstop.desktop.shell.statusline import StatusLine
from backstop.desktop.shell.topbar import TopBar
from backstop.desktop.state.aside import is_soon_read
from backstop.desktop.state.context import Context
from backstop.desktop.state.gate import SCREENS, brought_in
from backstop.desktop.state.notices import Notice
from backstop.desktop.widgets.command import Command, Typing
from backstop.desktop.widgets.dialog_lifetimes import ends_with_book
from backstop.desktop.widgets.page import Page
from backstop.desktop.widgets.record_places import SINCE
from backstop.desktop.widgets.room import fit_to_screen, room_for

if TYPE_CHECKING:
    from backstop.desktop.books.desk import BookDesk
    from backstop.desktop.plan.page import PlanPage
    from backstop.plan import Answers

SIZE = (1240, 820)
SMALLEST = (640, 420)
ROOM_FOR_NAMES = 980
"""In a window less wide, the rail shows icons alone; their names stand in the tooltips."""


class Window(QMainWindow):
    """Shows one book, and gives the commands that are asked for."""

    painted = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self._section = 0
        self._expecting = self._holds_book = self.has_screens = False
        self._was_painted = False
        self._filling = Filling(self._fill, self)
        self.stack = QStackedWidget()
        self.shelf = PageShelf(context, self.stack)
        self._ahead = Pieces(self)
        self.leaving = Leaving(context, self, self.shelf.places)
        self._is_let_go = False
        self.actions_by_name = Actions(self, all_commands(self), self.give)
        self.menus = Menus(self.actions_by_name)
        self.menus.samples.aboutToShow.connect(self._fill_samples)
        self.rail = Rail(RAIL_ENTRIES, self.actions_by_name)
        self.top = TopBar(self.actions_by_name, self.menus.bar)
        self.menus.add_appearance(self.top.appearance_menu)
        self.banner = Banner(context.words)
        self.age = AgeBar(context)
        self.start = StartScreen(self.actions_by_name, self.menus.samples)
        self._first = Page(context)
        self._first.entry = RAIL_ENTRIES[0]
        self._first.body.addStretch(1)
        self._waiting = PageFrame(self._first)
        for each in (self.start, self._waiting):
            self.stack.addWidget(each)
        self.status = StatusLine(context)
        self._lay_out()
        self._connect()
        self.setMinimumSize(QSize(*SMALLEST).boundedTo(room_for(self)))
        fit_to_screen(self, *SIZE)
        take_place(self, context.settings.window)
        self.retranslate()
        self.restyle()
        self._show_session()

    def _lay_out(self) -> None:
        banner = QVBoxLayout()
        banner.setContentsMargins(Space.HUGE, Space.SMALL, Space.HUGE, 0)
        banner.setSpacing(Space.SMALL)
        banner.addWidget(self.banner)
        banner.addWidget(self.age)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self.top)
        right.addLayout(banner)
        right.addWidget(self.stack, 1)
        right.addWidget(self.status)
        whole = QWidget()
        layout = QHBoxLayout(whole)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.rail)
        layout.addLayout(right, 1)
        self.setCentralWidget(whole)

    def _connect(self) -> None:
        context = self.context
        context.dressing.connect(self.shelf.stand_aside)
        context.language_changed.connect(self.retranslate)
        context.theme_changed.connect(self.restyle)
        context.session_changed.connect(self._session_changed)
        context.book_changed.connect(self._book_changed)
        context.answers_changed.connect(self._answers_changed)
        context.noticed.connect(self._notice)
        context.saved.connect(self.status.refresh)
        context.settling_changed.connect(self.age.refresh)
        context.afterwards.done.connect(self._get_ahead)
        context.settling_changed.connect(lambda: self.actions_by_name.refresh(context))
        self.age.wanted.connect(self.open_since)
        context.page_wanted.connect(self._page_wanted)
        context.command_wanted.connect(lambda key: self.actions_by_name[key].trigger())
        self.rail.chosen.connect(self.show_section)
        self.top.language_chosen.connect(context.set_language)
        self.top.theme_chosen.connect(context.set_theme)
        hints = QApplication.styleHints()
        hints.colorSchemeChanged.connect(context.follow_system)
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self.banner)
        escape.setContext(Qt.ShortcutContext.WindowShortcut)
        escape.activated.connect(self.banner.dismiss)

    # what comes through the gate

    @cached_property
    def books(self) -> BookDesk:
        """Who handles book files, and looks after the open one."""
        made: BookDesk = brought_in(SCREENS).BookDesk(self.context, self)
        return made

    def let_screens_in(self) -> None:
        """The modules of the screens are there: pages may be made."""
        self.has_screens = True
        self._show_session()

    def _fill_samples(self) -> None:
        self.books.files.fill_samples(self.menus.samples)

    # pages

    @property
    def page(self) -> Page | None:
        """The page that is shown, once there is one."""
        return self.shelf.shown

    @property
    def pages(self) -> dict[str, Page]:
        """The pages of the open book that were shown so far, by their keys."""
        return self.shelf.pages

    def expect_book(self, expected: bool) -> None:
        """Show the first page while a book is on its way, and its head alone while the modules of
        the screens are; else the start screen."""
        self._expecting = expected
        self._show_session()

    def show_section(self, number: int) -> None:
        """Show a page of the rail; it is made now if nobody saw it before."""
        if self.context.session is None and not self._expecting:
            return
        if number != self._section:
            self.banner.turn_page()
        self._section = number
        if self.context.session is None and not self.has_screens:
            self.stack.setCurrentWidget(self._waiting)
            return
        self._ahead.step_aside()
        section = RAIL_ENTRIES[number]
        page = self.shelf.page(section)
        is_new = section.key in self.shelf.unseen
        self.shelf.unseen.discard(section.key)
        self._turn_to(self.shelf.ready(section.key))
        self.rail.check(number)
        if is_new and self.context.session is not None and not is_soon_read(self.context.book):
            page.show_working(True)
            self._filling.ask()
        elif section.key in self.shelf.stale:
            self._refresh(page)

    def _get_ahead(self) -> None:
        """Nobody waits any more: make the other pages of a large book before they are wanted."""
        is_large = self.context.session is not None and not is_soon_read(self.context.book)
        if is_large and not self._ahead.is_under_way and not self.shelf.is_whole:
            self._ahead.begin(self.shelf.in_pieces())

    def _fill(self) -> None:
        if self.page is not None and self.page.key in self.shelf.stale:
            self._refresh(self.page)

    def _turn_to(self, frame: PageFrame) -> None:
        """Show a frame and let keys speak to it, unless the owner walks along the rail. Left to
        itself, Qt hands the focus to a table, which then chooses its first row."""
        focused = self.focusWidget()
        kept = focused is not None and (
            self.rail.isAncestorOf(focused) or frame.isAncestorOf(focused)
        )
        if not kept:
            self.setFocus()
        self.stack.setCurrentWidget(frame)
        if not kept:
            frame.setFocus()

    def _forget_pages(self) -> None:
        """Let go of every page and dialog with what it shows: another book is open, or none."""
        for dialog in self.findChildren(QDialog):
            if ends_with_book(dialog):
                dialog.done(QDialog.DialogCode.Rejected)
        self.banner.stand(None, self.context.words)
        self._filling.forget()
        self._ahead.forget()
        self.shelf.forget()

    def _refresh(self, page: Page) -> None:
        answers = self.context.answers
        page.show_working(self.context.is_working)
        if answers is not None:
            self.shelf.stale.discard(page.key)
            page.refresh(answers)

    def _page_wanted(self, key: str, record: str) -> None:
        self.show_section(number_of(key))
        if record and self.page is not None:
            self._filling.then(partial(self.page.show_record, record))

    # what changed

    def _session_changed(self) -> None:
        """No page, dialog or sentence of the book before is taken over."""
        if self._holds_book:
            self._forget_pages()
            self._section = 0
        self._holds_book = self.context.session is not None
        if self._holds_book:
            self.books.keeper.begin()
        self._show_session()

    def _show_session(self) -> None:
        is_open = self.context.session is not None
        self._expecting = self._expecting and not is_open
        self.rail.setEnabled(is_open)
        if is_open:  # what the banner says is of what was open before
            why = self.context.session.why_read_only if self.context.session else None
            self.banner.stand(Notice(why, serious=False) if why else None, self.context.words)
        if is_open or self._expecting:
            self.show_section(self._section)
        else:
            self.stack.setCurrentWidget(self.start)
            self.start.setFocus()
        self._book_changed(None)

    def _book_changed(self, change: object) -> None:
        self.shelf.stale.update(self.pages)
        for page in self.pages.values():
            page.show_working(self.context.is_working)
        self.actions_by_name.refresh(self.context)
        self.status.refresh()
        self.age.refresh()
        session = self.context.session
        title = session.book.title if session is not None else ""
        self.top.set_title(title)
        self._name_window()

    def _name_window(self) -> None:
        session, name = self.context.session, self.context.words.say("Backstop")
        title = session.book.title if session is not None else ""
        self.setWindowTitle(f"{title} – {name}" if title else name)

    def _answers_changed(self, answers: Answers | None) -> None:
        self.shelf.stale.update(self.pages)
        self.status.refresh()
        if answers is not None and self.page is not None:
            self._refresh(self.page)

    def _notice(self, notice: Notice) -> None:
        self.banner.show_notice(notice, self.context.words)
        if self._expecting and self.context.session is None:
            self.expect_book(False)

    # commands

    def give(self, command: Command) -> None:
        """Carry out a command, once what is being typed is seen to."""
        match command.typing:
            case Typing.KEPT:
                self.leaving.when_kept(command.run)
            case Typing.TAKEN:
                self.leaving.take_typed()
                command.run()
            case Typing.UNTOUCHED:
                command.run()

    def plan_page(self) -> PlanPage:
        """Show the Plan page; only to be asked for while a book is open."""
        self.show_section(number_of("plan"))
        self._filling.finish()
        page = self.pages["plan"]
        assert isinstance(page, brought_in(SCREENS).PLAN.bring_in())
        found: PlanPage = page
        return found

    def open_guide(self) -> None:
        """Ask for what an owner knows first, page by page."""
        brought_in(SCREENS).GUIDE(self.context, self).open()

    def open_palette(self) -> None:
        """Ask for a command, a page or a record by a few letters of its name."""
        screens = brought_in(SCREENS)
        entries = screens.ENTRIES(self.context, self.actions_by_name, self.give)
        screens.PALETTE(self.context, self, entries).open()

    def open_since(self) -> None:
        """Show what was due since the as-of date of the book."""
        self.context.show_page("cash_flow", SINCE)

    def open_shortcuts(self) -> None:
        """List all keys."""
        brought_in(SCREENS).SHORTCUTS(self.context, self, self.actions_by_name).open()

    def open_about(self) -> None:
        """Say which program and version this is."""
        brought_in(SCREENS).ABOUT(self.context, self).open()

    # words and colours

    def retranslate(self) -> None:
        """Say everything again, in the words of the context."""
        words = self.context.words
        self.actions_by_name.refresh(self.context)
        self._first.retranslate()
        self._name_window()
        for part in (self.menus, self.rail, self.top, self.banner, self.start):
            part.retranslate(words)
        self.shelf.retranslate()
        self.status.refresh()
        self.age.refresh()
        self._answers_changed(self.context.answers)

    def restyle(self) -> None:
        """Take up the colours of `context.theme`."""
        theme = self.context.theme
        apply_theme(self, theme)
        self.top.check_theme(self.context.settings.theme)
        for part in (self.rail, self.top, self.banner, self.start):
            part.restyle(theme)
        self.shelf.restyle()
        self._answers_changed(self.context.answers)

    # the window itself

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """The rail shows icons alone where the window is narrow."""
        super().resizeEvent(event)
        self.rail.set_narrow(event.size().width() < ROOM_FOR_NAMES)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Tell of the first paint: what is slow to import may come now."""
        super().paintEvent(event)
        if not self._was_painted:
            self._was_painted = True
            QTimer.singleShot(0, self.painted.emit)

    def let_go(self) -> None:
        """Close, with all that was typed and cannot be kept."""
        self._is_let_go = True
        self.close()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802
        """Close only once nothing typed is lost; remember size and place."""
        if not self._is_let_go and not self.leaving.may_go(self.let_go):
            event.ignore()
            return
        self.context.remember(window=place_of(self))
        self.context.close()
        self._ahead.forget()
        self.shelf.end()
        super().closeEvent(event)
