"""What every page knows: the open book, its latest answers, the words, the colours.

One `Context` belongs to one window and is handed to whoever needs it; nothing is global. Pages
never compute and never touch files: they read `answers`, and change the book by `apply`.

The identity of a state is its book, a value. What was worked out carries the book that it is of,
and `is_current` tells whether that is the open book as it is now. `answers` are of the present
state or not there; background work ends with the state it is about (`tasks.About`); what acts on
something that was worked out asks `refuses_older` first.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QObject, Signal

from backstop.desktop.look.theme import Theme, theme_for
from backstop.desktop.state.afterwards import Afterwards
from backstop.desktop.state.chart_library import ChartLibrary
from backstop.desktop.state.garbage import Garbage
from backstop.desktop.state.gate import ENGINE, brought_in
from backstop.desktop.state.notices import Notice, notice_of
from backstop.desktop.state.saving import Saving
from backstop.desktop.state.tasks import About, Tasks
from backstop.domain.errors import EnvironmentFault, Fault, Message, message
from backstop.services.older_state import OlderState
from backstop.services.settings import Settings, save_settings
from backstop.telling import Words, words_for

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from backstop.contingency import Contingency
    from backstop.desktop.state.all_plans import AllPlans
    from backstop.desktop.state.engine import Engine
    from backstop.domain import Book
    from backstop.plan import Answers
    from backstop.services.commands import Change
    from backstop.services.session import Act, BookSession
    from backstop.services.settling import InWork


class Context(QObject):
    """Shared state of one window, with a signal for each thing that can change.

    `loss_day` is the day (offset) on which Stress and Plan let a line close; None is today.

    - `dressing()`: the window is about to be dressed anew, in another language or theme.
    - `language_changed()`: `words` is another; say everything again.
    - `theme_changed()`: `theme` is another; style sheet and palette are already set.
    - `session_changed()`: another book is open (or none: `session is None`).
    - `book_changed(change)`: the book changed; the `Change`, or None for undo, redo, another book.
    - `answers_changed(answers)`: fresh `Answers`, first without cures, later assessed; None when
      no book is open.
    - `saved()`: the file holds the book as it is now.
    - `noticed(notice)`: a sentence for the banner.
    - `page_wanted(key, record_id)`: somebody asks for a page ("plan"), and for what on it.
    - `typing_ends()`: what is being typed is to be taken now: the book, or its view, goes away.
    - `leave_wanted(go)`: somebody wants to leave the book; `go()` once nothing typed is lost.
    - `command_wanted(key)`: somebody asks for what a menu offers ("facts").
    - `settling_changed()`: `settling` is another: found for a book that is behind, or answered.
    """

    dressing = Signal()
    language_changed = Signal()
    theme_changed = Signal()
    session_changed = Signal()
    book_changed = Signal(object)
    answers_changed = Signal(object)
    noticed = Signal(object)
    saved = Signal()
    page_wanted = Signal(str, str)
    command_wanted = Signal(str)
    typing_ends = Signal()
    leave_wanted = Signal(object)
    settling_changed = Signal()

    def __init__(
        self, settings: Settings, language: str = "", *, whole_lists: bool = False
    ) -> None:
        super().__init__()
        self.settings = settings
        language = language or settings.language or QLocale.system().name()
        self.words: Words = words_for(language, whole_lists=whole_lists)
        self.theme: Theme = theme_for(settings.theme)
        self.session: BookSession | None = None
        self._latest: Answers | None = None
        self._waiting: list[Callable[[Answers], None]] = []
        self.loss_day: int | None = None
        self.garbage = Garbage(self)
        self.tasks = Tasks(self.tell_error, self)
        self.afterwards = Afterwards(self.tasks, self)
        self.charts = ChartLibrary(self.tasks, self)
        self._saving = Saving(self.tasks, self.saved.emit, self.tell_error)

    @cached_property
    def _engine(self) -> Engine:
        """Comes through the gate with the first book."""
        engine = brought_in(ENGINE).Engine
        made: Engine = engine(
            self.tasks, self.take_answers, self.settling_changed.emit, self.afterwards, self
        )
        return made

    @property
    def all_plans(self) -> AllPlans:
        """Plans for every loss, drafted in the background."""
        return self._engine.all_plans

    # the book

    @property
    def book(self) -> Book:
        """The open book; only to be asked while one is open."""
        assert self.session is not None
        return self.session.book

    @property
    def may_edit(self) -> bool:
        """Whether a book is open that can be changed."""
        return self.session is not None and not self.session.read_only

    def is_current(self, book: Book) -> bool:
        """Whether this is the open book as it is now, or one that equals it: an edit and its
        opposite lead back to the same state."""
        return self.session is not None and book == self.session.book

    @property
    def answers(self) -> Answers | None:
        """The answers of the book as it is now; None until they are there."""
        known = self._latest
        return known if known is not None and self.is_current(known.book) else None

    @property
    def latest_answers(self) -> Answers | None:
        """The newest answers, maybe of an older state of this book: to be shown only as such."""
        return self._latest

    @property
    def is_working(self) -> bool:
        """Whether the answers of the book as it is now are still being worked out."""
        return self.session is not None and self.answers is None

    def when_answered(self, then: Callable[[Answers], None]) -> None:
        """Call this with the answers of the book as it is when they are there: now, or after what
        changes it next. Nothing is called once another book is open."""
        answers = self.answers
        if answers is not None:
            then(answers)
        elif self.session is not None:
            self._waiting.append(then)

    def refuses_older(self, book: Book) -> bool:
        """Whether what is wanted is about an older state of the book, which the banner then says:
        nothing is done with figures that are over."""
        if self.is_current(book):
            return False
        self.tell(OlderState().message)
        return True

    @property
    def plannable(self) -> Answers | None:
        """The answers with all else that can be planned for: losses that the book keeps by name,
        what falls short anyway, and the loss asked for last."""
        known = self.answers
        return None if known is None else self._engine.plannable(known)

    @property
    def settling(self) -> InWork | None:
        """What was due since the as-of date of a book that is behind, and what is said of it so
        far; None where it is not behind, or not found yet."""
        return None if self.session is None else self._engine.settling.work

    def settle(self, work: InWork) -> None:
        """Go on with this state of the settling."""
        self._engine.settling.put(work)

    def ask_for_plan(self, contingency: Contingency | None, name: str = "") -> None:
        """Let this loss be planned for, though the book does not keep it, until another is asked
        for; None for none but those it keeps."""
        self._engine.ask_for(contingency, name)

    def open_session(self, session: BookSession | None) -> None:
        """Show another book, or none."""
        self.typing_ends.emit()
        if self.session is not None:
            self._saving.settle(self.session)
            self.garbage.search_all_soon()
        self.tasks.end(About.BOOK)
        self._engine.answering.stop()
        self._engine.settling.forget()
        self.all_plans.forget()
        self._waiting.clear()
        self.session = session
        self.loss_day = None
        if session is not None:
            session.saves_later = True
            if not session.read_only:
                self._engine.get_ready_to_write()
            self.afterwards.begin_soon()
        self.take_answers(None)
        self.session_changed.emit()
        self._changed(None)

    def apply(self, change: Change, act: Act | None = None) -> bool:
        """Change the book; whether it was possible. A refusal is said in the banner. `act` is what
        the history calls it, if it is no ordinary edit."""
        assert self.session is not None
        try:
            if act is None:
                self.session.apply(change)
            else:
                self.session.apply(change, act)
        except Fault as fault:
            self._tell_refusal(fault)
            return False
        self._changed(change)
        return True

    def undo(self) -> None:
        """Take back the newest change: what is being typed, if anything is."""
        self.typing_ends.emit()
        if self.session is not None and self.session.can_undo:
            self._attempt(self.session.undo)

    def redo(self) -> None:
        """Do again what was undone last."""
        self.typing_ends.emit()
        if self.session is not None and self.session.can_redo:
            self._attempt(self.session.redo)

    def tell(self, fault: EnvironmentFault | Message) -> None:
        """Say something in the banner; nothing is interrupted."""
        self.noticed.emit(notice_of(fault))

    def tell_written(self, path: Path) -> None:
        """Say that a file was written, and, where that is so, that the book's lock does not
        cover it."""
        written = message("Written to {file}.", file=path.name)
        book = self.session.path if self.session is not None else None
        remark = self._engine.remark_on_copy(book, path)
        both = message("{written} {remark}", written=written, remark=remark)
        said = both if remark else written
        self.noticed.emit(Notice(said, serious=False, written=path))

    def tell_error(self, error: Exception) -> None:
        """Say what went wrong, whatever it is; what nobody foresaw is logged as well."""
        self.noticed.emit(notice_of(error))

    # words and colours

    def set_language(self, code: str) -> None:
        """Speak another language, in every window part at once."""
        self._speak(words_for(code, whole_lists=self.words.whole_lists))
        self.remember(language=self.words.language.code)

    def name_all(self, whole: bool) -> None:
        """Name everything in lists until the program ends, or again the first ten of each."""
        self._speak(words_for(self.words.language.code, whole_lists=whole))

    def speak_as_asked(self, language: str, *, whole_lists: bool) -> None:
        """As a further start asks: in another language (empty: the same) until the program ends,
        with whole lists."""
        now = self.words
        words = words_for(language or now.language.code, whole_lists=now.whole_lists or whole_lists)
        if (words.language, words.whole_lists) != (now.language, now.whole_lists):
            self._speak(words)

    def _speak(self, words: Words) -> None:
        self.typing_ends.emit()
        self.dressing.emit()
        self.words = words
        self.language_changed.emit()

    def set_theme(self, choice: str) -> None:
        """`system`, `light` or `dark`."""
        self.remember(theme=choice)
        self.follow_system()

    def follow_system(self) -> None:
        """Take up the appearance that the choice now means."""
        theme = theme_for(self.settings.theme)
        if theme is not self.theme:
            self.dressing.emit()
            self.theme = theme
            self.theme_changed.emit()

    def remember(self, **fields: object) -> None:
        """Change the settings and write them down; where they cannot be, they last till the end."""
        self.settings = self.settings.changed(**fields)
        save_settings(self.settings)

    def show_page(self, key: str, record_id: str = "") -> None:
        """Ask the window for a page, and the page for a record or contingency on it."""
        self.page_wanted.emit(key, record_id)

    def money(self, minor: int, *, sign: bool = True) -> str:
        """An amount of the open book, in full."""
        return self.words.money(minor, self.book.currency, sign=sign)

    def secure_count(self, answers: Answers) -> str:
        """How many of its losses the book survives, in words."""
        return self._engine.secure_count(answers, self.words)

    def round_money(self, minor: int) -> str:
        """An amount for a sentence."""
        return self.words.round_money(minor, self.book.currency)

    def save(self) -> None:
        """Write what is not on disk yet, in the background; `saved` follows."""
        if self.session is not None:
            self._saving.ask(self.session)

    def save_now(self) -> None:
        """Write what is not on disk yet, and be back only then."""
        if self.session is not None:
            self._saving.write(self.session)

    def close(self) -> None:
        """End all background work and leave the book saved."""
        if self.session is not None:
            self._engine.answering.stop()
        self.tasks.close()
        self.garbage.end()
        if self.session is not None:
            self._saving.settle(self.session)

    def _tell_refusal(self, fault: Fault) -> None:
        if isinstance(fault, OlderState):
            self.tell(fault.message)
        else:
            self.tell_error(fault)

    def _attempt(self, step: Callable[[], object]) -> None:
        try:
            step()
        except Fault as fault:
            self.tell_error(fault)
            return
        self._changed(None)

    def _changed(self, change: Change | None) -> None:
        self.all_plans.ask(None)  # they make room for the answers to this change
        self.tasks.end(About.STATE)
        if self.session is not None and self.loss_day is not None:
            self.loss_day = min(self.loss_day, self.session.book.horizon_days)
        self.book_changed.emit(change)
        if self.session is not None:
            self._engine.answering.ask(self.session.book, self.answers)
            self._engine.settling.ask(self.session.book)
            self.save()

    def take_answers(self, answers: Answers | None) -> None:
        """These are the newest answers; everybody hears of them."""
        self._latest = answers
        self.all_plans.ask(answers)
        self.answers_changed.emit(answers)
        if answers is not None and answers.assessed:
            self.afterwards.begin()
        if answers is not None:
            waiting, self._waiting = self._waiting, []
            for then in waiting:
                then(answers)
