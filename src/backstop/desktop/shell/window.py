"""The window: rail, top bar, banner, one page at a time, status line."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
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
from backstop.desktop.shell.banner import Banner
from backstop.desktop.shell.dialog_lifetimes import ends_with_book
from backstop.desktop.shell.leaving import Leaving
from backstop.desktop.shell.menus import Menus
from backstop.desktop.shell.notices import Notice
from backstop.desktop.shell.page import Page
from backstop.desktop.shell.pageframe import PageFrame
from backstop.desktop.shell.place import place_of, take_place
from backstop.desktop.shell.rail import Rail
from backstop.desktop.shell.sections import SECTIONS, number_of
from backstop.desktop.shell.start import StartScreen
from backstop.desktop.shell.statusline import StatusLine
from backstop.desktop.shell.topbar import TopBar
from backstop.desktop.state.context import Context

if TYPE_CHECKING:
    from backstop.plan import Answers

SIZE = (1240, 820)
NEED_A_BOOK = (
    *("save_as", "export_json", "export_csv", "export_pdf", "export_xlsx", "export_ics"),
    "print",
    *("backups", "history", "passphrase", "lock"),
)
LEAVE_THE_BOOK = ("new", "open", "import_json", "lock")
NEED_A_BOOK_TO_CHANGE = ("facts", "import_json")
SMALLEST = (640, 420)
ROOM_FOR_NAMES = 980
"""In a window less wide, the rail shows icons alone; their names stand in the tooltips."""


class Window(QMainWindow):
    """Shows one book. `asked(name)` hands on what the window cannot do itself (files, paper)."""

    asked = Signal(str)
    painted = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self.pages: dict[str, Page] = {}
        self._frames: dict[str, PageFrame] = {}
        self._stale: set[str] = set()
        self._section = 0
        self._expecting = self._holds_book = False
        self._was_painted = False
        self.leaving = Leaving(context, self)
        self._is_let_go = False
        self.actions_by_name = Actions(self, self._do)
        self.menus = Menus(self.actions_by_name, self.show_section)
        self.rail = Rail(SECTIONS)
        self.top = TopBar(self.actions_by_name, self.menus.bar)
        self.menus.add_appearance(self.top.appearance_menu)
        self.banner = Banner(context.words)
        self.start = StartScreen(self.actions_by_name, self.menus.samples)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.start)
        self.status = StatusLine(context)
        self._lay_out()
        self._connect()
        self.setMinimumSize(*SMALLEST)
        self.resize(*SIZE)
        take_place(self, context.settings.window)
        self.retranslate()
        self.restyle()
        self._show_session()

    def _lay_out(self) -> None:
        banner = QVBoxLayout()
        banner.setContentsMargins(Space.HUGE, Space.SMALL, Space.HUGE, 0)
        banner.addWidget(self.banner)
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
        context.language_changed.connect(self.retranslate)
        context.theme_changed.connect(self.restyle)
        context.session_changed.connect(self._session_changed)
        context.book_changed.connect(self._book_changed)
        context.answers_changed.connect(self._answers_changed)
        context.noticed.connect(self._notice)
        context.saved.connect(self.status.refresh)
        context.page_wanted.connect(self._page_wanted)
        context.action_wanted.connect(self._do)
        self.rail.chosen.connect(self.show_section)
        self.top.language_chosen.connect(context.set_language)
        self.top.theme_chosen.connect(context.set_theme)
        hints = QApplication.styleHints()
        hints.colorSchemeChanged.connect(context.follow_system)
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self.banner)
        escape.setContext(Qt.ShortcutContext.WindowShortcut)
        escape.activated.connect(self.banner.dismiss)

    # pages

    @property
    def page(self) -> Page | None:
        """The page that is shown, once there is one."""
        shown = self.stack.currentWidget()
        return next((page for page in self.pages.values() if self._frames[page.key] is shown), None)

    def expect_book(self, expected: bool) -> None:
        """Show the frame of the first page while a book is on its way, else the start screen."""
        self._expecting = expected
        self._show_session()

    def show_section(self, number: int) -> None:
        """Show a page of the rail; it is made now if nobody saw it before."""
        if self.context.session is None and not self._expecting:
            return
        self._section = number
        section = SECTIONS[number]
        page = self.pages.get(section.key) or self._make(number)
        self._turn_to(self._frames[section.key])
        self.rail.check(number)
        if section.key in self._stale:
            self._refresh(page)

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

    def _make(self, number: int) -> Page:
        section = SECTIONS[number]
        page = section.make(self.context)
        self.pages[section.key] = page
        self._stale.add(section.key)
        page.retranslate()
        self._frames[section.key] = PageFrame(page)
        self.stack.addWidget(self._frames[section.key])
        return page

    def _forget_pages(self) -> None:
        """Let go of every page and dialog with what it shows: another book is open, or none."""
        for dialog in self.findChildren(QDialog):
            if ends_with_book(dialog):
                dialog.done(QDialog.DialogCode.Rejected)
        self.banner.stand(None, self.context.words)
        for frame in self._frames.values():
            self.stack.removeWidget(frame)
            frame.deleteLater()
        self.pages.clear()
        self._frames.clear()
        self._stale.clear()

    def _refresh(self, page: Page) -> None:
        answers = self.context.answers
        page.show_working(self.context.is_working)
        if answers is not None:
            self._stale.discard(page.key)
            page.refresh(answers)

    def _page_wanted(self, key: str, record: str) -> None:
        self.show_section(number_of(key))
        if record and self.page is not None:
            self.page.show_record(record)

    # what changed

    def _session_changed(self) -> None:
        """No page, dialog or sentence of the book before is taken over."""
        if self._holds_book:
            self._forget_pages()
            self._section = 0
        self._holds_book = self.context.session is not None
        self._show_session()

    def _show_session(self) -> None:
        is_open = self.context.session is not None
        self._expecting = self._expecting and not is_open
        self.rail.setEnabled(is_open)
        for name in NEED_A_BOOK:
            self.actions_by_name.enable(name, is_open)
        for name in NEED_A_BOOK_TO_CHANGE:
            self.actions_by_name.enable(name, self.context.may_edit)
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
        self._stale.update(self.pages)
        for page in self.pages.values():
            page.show_working(self.context.is_working)
        self._name_steps()
        self.status.refresh()
        session = self.context.session
        title = session.book.title if session is not None else ""
        self.top.set_title(title)
        self.setWindowTitle(f"{title} – Backstop" if title else "Backstop")

    def _answers_changed(self, answers: Answers | None) -> None:
        self._stale.update(self.pages)
        self.status.refresh()
        if answers is not None and self.page is not None:
            self._refresh(self.page)

    def _notice(self, notice: Notice) -> None:
        self.banner.show_notice(notice, self.context.words)
        if self._expecting and self.context.session is None:
            self.expect_book(False)

    def _name_steps(self) -> None:
        session, say = self.context.session, self.context.words.say
        can_undo = session is not None and session.can_undo
        can_redo = session is not None and session.can_redo
        self.actions_by_name.enable("undo", can_undo)
        self.actions_by_name.enable("redo", can_redo)
        undo, redo = say("Undo"), say("Redo")
        if session is not None and can_undo:
            undo = say("Undo: {what}", what=session.undo_message)
        if session is not None and can_redo:
            redo = say("Redo: {what}", what=session.redo_message)
        self.actions_by_name.name_step("undo", undo)
        self.actions_by_name.name_step("redo", redo)

    def do_on_plan(self, name: str) -> None:
        """Print or export the plan that the plan page shows."""
        self.show_section(number_of("plan"))
        page = self.pages.get("plan")
        if page is not None:
            page.do(name)

    def _do(self, name: str) -> None:
        match name:
            case "undo":
                self.context.undo()
            case "redo":
                self.context.redo()
            case "quit":
                self.close()
            case _ if name in LEAVE_THE_BOOK:
                self.leaving.when_kept(partial(self.asked.emit, name))
            case _:
                self.leaving.take_typed()
                self.asked.emit(name)

    # words and colours

    def retranslate(self) -> None:
        words = self.context.words
        self.actions_by_name.retranslate(words)
        self._name_steps()
        for part in (self.menus, self.rail, self.top, self.banner, self.start):
            part.retranslate(words)
        for page in self.pages.values():
            page.retranslate()
        self.status.refresh()
        self._answers_changed(self.context.answers)

    def restyle(self) -> None:
        theme = self.context.theme
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        apply_theme(app, theme)
        self.top.check_theme(self.context.settings.theme)
        for part in (self.rail, self.top, self.banner, self.start):
            part.restyle(theme)
        for page in self.pages.values():
            page.restyle()
        self._answers_changed(self.context.answers)

    # the window itself

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        self.rail.set_narrow(event.size().width() < ROOM_FOR_NAMES)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        super().paintEvent(event)
        if not self._was_painted:
            self._was_painted = True
            QTimer.singleShot(0, self.painted.emit)

    def let_go(self) -> None:
        """Close, with all that was typed and cannot be kept."""
        self._is_let_go = True
        self.close()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802
        if not self._is_let_go and not self.leaving.may_go(self.let_go):
            event.ignore()
            return
        self.context.remember(window=place_of(self))
        self.context.close()
        super().closeEvent(event)
