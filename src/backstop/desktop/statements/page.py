"""Import: a statement read, looked at and taken in; what it suggests; what the book keeps."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QHBoxLayout

from backstop.desktop.forms.choose_file import choose_statement
from backstop.desktop.forms.control import CalmCombo
from backstop.desktop.forms.records_page import card_around
from backstop.desktop.forms.segments import Segments
from backstop.desktop.look.theme import Space
from backstop.desktop.state.tasks import Cancelled
from backstop.desktop.statements.dialogs import ColumnsDialog
from backstop.desktop.statements.long_work import LongWork
from backstop.desktop.statements.reader import Reader, read_by
from backstop.desktop.statements.rows import (
    KeptRowShown,
    kept_columns,
    pair_columns,
    rule_columns,
    statement_columns,
    suggestion_columns,
)
from backstop.desktop.statements.sentences import (
    KEPT,
    LEARNT,
    PAIRS,
    ROWS,
    SUGGESTED,
    nothing_text,
    preview_detail,
    preview_said,
)
from backstop.desktop.tables import RowsView
from backstop.desktop.widgets.one_of import OneOf
from backstop.desktop.widgets.page import Page
from backstop.desktop.widgets.record_places import SINCE
from backstop.desktop.widgets.text import as_typed, button, plain_label
from backstop.services import clock
from backstop.services.learning import unlearnt
from backstop.services.looking import Looked, beginning
from backstop.services.mappings import remember
from backstop.services.matching import (
    Matching,
    filled,
    filled_said,
    matching,
    stage_of_matching,
)
from backstop.services.pairing import joined, parted
from backstop.services.session import Act
from backstop.services.statements import Mapping, Preview, forget, look_at, take_in
from backstop.services.suggesting import taken

if TYPE_CHECKING:
    from backstop.desktop.state.context import Context
    from backstop.domain import Book
    from backstop.plan import Answers
    from backstop.services.commands import Change
    from backstop.services.statements import PairSaid

PARTS = (
    (ROWS, "statement|Rows"),
    (SUGGESTED, "Suggestions"),
    (PAIRS, "Pairs"),
    (LEARNT, "Learnt names"),
    (KEPT, "Statements"),
)


class StatementsPage(Page):
    """Nothing is written until it is taken in; one step of undo takes it back."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.looked: Looked | None = None
        self._is_old = True
        self.work = LongWork(context, self)
        self.reader = Reader(context, self, self.work)
        self.setAcceptDrops(True)
        self.open = button("primary")
        self.tools.addWidget(self.open)
        self.parts = Segments(context, "Show", PARTS)
        self.account = CalmCombo()
        self.account.setMinimumContentsLength(14)
        self.take, self.columns, self.leave = button("primary"), button(), button("quiet")
        self.add, self.forget, self.fill = button(), button(), button()
        self.join, self.part, self.unlearn = button(), button(), button()
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        context = self.context
        self.rows = RowsView(context, statement_columns(context), lambda row: row.line)
        self.suggested = RowsView(
            context, suggestion_columns(), lambda row: (str(row.said), row.rows)
        )
        self.pairs = RowsView(context, pair_columns(context), lambda row: row.key)
        self.learnt = RowsView(context, rule_columns(), lambda row: row.name)
        self.kept = RowsView(context, kept_columns(), lambda row: row.file.key)
        self.tables = dict(
            zip(
                (ROWS, SUGGESTED, PAIRS, LEARNT, KEPT),
                (self.rows, self.suggested, self.pairs, self.learnt, self.kept),
                strict=True,
            )
        )
        self.nothing = plain_label("muted", wrap=True)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self.nothing.setMargin(Space.MEDIUM)
        self.stack = OneOf(*self.tables.values(), self.nothing)
        tools = QHBoxLayout()
        tools.setSpacing(Space.SMALL)
        tools.addWidget(self.parts)
        tools.addStretch(1)
        for widget in (
            self.account,
            self.columns,
            self.leave,
            self.add,
            self.join,
            self.part,
            self.unlearn,
            self.forget,
            self.fill,
            self.take,
        ):
            tools.addWidget(widget)
        self.body.addLayout(tools)
        self.body.addWidget(self.work)
        self.body.addWidget(card_around(self.stack), 1)

    def _connect(self) -> None:
        self.open.clicked.connect(lambda: choose_statement(self, self.context, self.reader.read))
        self.parts.chosen.connect(lambda _: self._show_part())
        self.account.activated.connect(
            lambda _: self.reader.of_account(str(self.account.currentData()))
        )
        self.take.clicked.connect(self._take_in)
        self.columns.clicked.connect(self._ask_columns)
        self.leave.clicked.connect(lambda: self.reader.put(None))
        self.add.clicked.connect(self._add)
        self.suggested.row_opened.connect(lambda _: self._add())
        self.forget.clicked.connect(self._forget)
        self.join.clicked.connect(lambda: self._decide(joined))
        self.part.clicked.connect(lambda: self._decide(parted))
        self.pairs.row_opened.connect(lambda _: self._decide(joined))
        self.pairs.row_deleted.connect(lambda _: self._decide(parted))
        self.unlearn.clicked.connect(self._unlearn)
        self.learnt.row_deleted.connect(lambda _: self._unlearn())
        for each in self.tables.values():
            each.row_chosen.connect(lambda _: self._show_part())
        self.fill.clicked.connect(self._fill_in)
        self.work.changed.connect(self._show_part)
        self.reader.came.connect(self._show)
        self.context.settling_changed.connect(self._show_part)
        self.context.book_changed.connect(self._look_again)

    # a file comes

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802
        for url in event.mimeData().urls()[:1]:
            if url.isLocalFile():
                event.acceptProposedAction()
                self.reader.read(Path(url.toLocalFile()))

    def _look_again(self, _: object) -> None:
        """At once where it is seen, else when it is next shown."""
        self._is_old = True
        if self.isVisible():
            self._look()

    def _look(self) -> None:
        self._is_old = False
        self.reader.look()

    # what is seen

    def _show(self, found: Looked) -> None:
        is_new = found.preview is not None and (
            self.looked is None
            or self.looked.preview is None
            or self.looked.preview.key != found.preview.key
        )
        self.looked = found
        if is_new:
            self.parts.show_chosen(ROWS)
        elif found.preview is None and self.parts.value == ROWS:
            self.parts.show_chosen(KEPT)
        self.parts.offer(ROWS, found.preview is not None)
        self.rows.set_rows(found.shown)
        _put(self.suggested, found.suggested, lambda row: (str(row.said), row.rows))
        _put(self.pairs, found.pairs, lambda row: row.key)
        self.learnt.set_rows(found.rules)
        self.kept.set_rows([KeptRowShown(each, found.rows_of(each.key)) for each in found.files])
        self._say()

    def _show_part(self) -> None:
        found, part = self.looked, self.parts.value
        preview = found.preview if found else None
        may_edit = self.context.may_edit
        table = self.tables[part]
        self.stack.show_only(table if table.rows.rows else self.nothing)
        self.nothing.setText(nothing_text(part, self.context.words))
        self.account.setVisible(preview is not None)
        self.leave.setVisible(preview is not None)
        self.columns.setVisible(preview is not None and preview.is_mapped)
        self.take.setVisible(preview is not None)
        self.take.setEnabled(may_edit and bool(preview and preview.new) and not self.work.running)
        is_behind = self.context.settling is not None and bool(found and found.files)
        self.fill.setVisible(is_behind and preview is None)
        self.fill.setEnabled(may_edit)
        self.add.setVisible(part == SUGGESTED and bool(table.rows.rows))
        chosen = self.suggested.current()
        self.add.setEnabled(may_edit and not self.work.running and bool(chosen and chosen.record))
        asked = self.pairs.current()
        self.join.setVisible(part == PAIRS and bool(table.rows.rows))
        self.join.setEnabled(may_edit and asked is not None and not asked.is_decided)
        self.part.setVisible(part == PAIRS and bool(table.rows.rows))
        self.part.setEnabled(may_edit and asked is not None)
        self.unlearn.setVisible(part == LEARNT and bool(table.rows.rows))
        self.unlearn.setEnabled(may_edit and self.learnt.current() is not None)
        self.forget.setVisible(part == KEPT and bool(table.rows.rows))
        self.forget.setEnabled(may_edit and self.kept.current() is not None)

    def _say(self) -> None:
        found = self.looked
        preview = found.preview if found else None
        if preview is not None:
            self.set_answer(
                preview_said(preview, self.context.words),
                preview_detail(preview, self.context.words),
            )
        elif found is not None and found.files:
            rows = sum(found.rows_of(each.key) for each in found.files)
            newest = max(each.last_day for each in found.files)
            self.set_answer(
                self.context.words.count(
                    len(found.files),
                    "The book keeps {rows} rows of one statement, up to {day}.",
                    "The book keeps {rows} rows of {n} statements, up to {day}.",
                    rows=rows,
                    day=newest,
                )
            )
        else:
            self.set_answer(self.say("No statement has been taken in yet."))
        self._fill_accounts()
        self._show_part()

    def _fill_accounts(self) -> None:
        if self.context.session is None:
            return
        book, file = self.context.book, self.reader.file
        chosen = file.account if file else ""
        self.account.clear()
        self.account.addItem(self.say("Of which account?"), "")
        for each in (*book.accounts, *book.facilities):
            self.account.addItem(each.name, each.id)
        self.account.setCurrentIndex(max(0, self.account.findData(chosen)))

    # what is done

    def _ask_columns(self) -> None:
        file, found = self.reader.file, self.looked
        if file is None or found is None or found.preview is None:
            return
        book, first = self.context.book, beginning(file)

        def look(mapping: Mapping) -> Preview:
            return look_at(first.data, file.name, book, found.kept, read_by(file, mapping).asked)

        dialog = ColumnsDialog(
            self.context, self, first, found.preview, look, self.reader.by_mapping
        )
        dialog.open()

    def _take_in(self) -> None:
        found, book = self.looked, self.context.book
        if found is None or found.preview is None:
            return
        change = found.change
        if change is None or change.before is not book:
            change = take_in(book, found.preview, clock.today())
        remember(found.preview)
        self.reader.file = None
        if self.context.apply(change, Act.IMPORT):
            self.parts.show_chosen(SUGGESTED if found.suggested else KEPT)

    def _add(self) -> None:
        row = self.suggested.current()
        if row is None or self.work.running or not self.context.may_edit:
            return  # what is suggested may rest on an older state of the book
        change = taken(self.context.book, row)
        if change is not None:
            self.context.apply(change)

    def _decide(self, said: Callable[[Book, PairSaid], Change]) -> None:
        row = self.pairs.current()
        if row is None or not self.context.may_edit or (row.is_decided and said is joined):
            return
        self.context.apply(said(self.context.book, row.pair))

    def _unlearn(self) -> None:
        row, found = self.learnt.current(), self.looked
        if row is not None and found is not None and self.context.may_edit:
            self.context.apply(unlearnt(self.context.book, found.kept, row))

    def _forget(self) -> None:
        row, found = self.kept.current(), self.looked
        if row is not None and found is not None:
            self.context.apply(forget(self.context.book, found.kept, row.file.key))

    def _fill_in(self) -> None:
        """Answer what was due as the statements tell it, and show that list."""
        session, work = self.context.session, self.context.settling
        if session is None or work is None:
            return

        def match(cancelled: Cancelled) -> Matching:
            return matching(work, session.statements())

        def done(found: Matching) -> None:
            now = self.context.settling
            if now is None:
                return
            self.context.settle(filled(now, found))
            self.context.tell(filled_said(found, now))
            self.context.show_page("cash_flow", SINCE)

        self.work.start(match, done, self.context.tell_error, stage_of_matching, lambda: None)

    # the window

    def refresh(self, answers: Answers) -> None:
        """Look again where the book is another one than was looked at."""
        if self._is_old:
            self._look()

    def retranslate(self) -> None:
        """Say everything in the words of the context."""
        super().retranslate()
        for each, text in (
            (self.open, "Open a statement…"),
            (self.take, "Take in"),
            (self.columns, "Columns…"),
            (self.leave, "Put aside"),
            (self.add, "Add to the book"),
            (self.join, "Count as one"),
            (self.part, "They are two"),
            (self.unlearn, "Forget this name"),
            (self.forget, "Forget this statement"),
            (self.fill, "Fill in what was due"),
        ):
            each.setText(as_typed(self.say(text)))
        self.account.setAccessibleName(self.say("Account of the statement"))
        self.rows.setAccessibleName(self.say("Rows of the statement"))
        self.suggested.setAccessibleName(self.say("Suggestions"))
        self.pairs.setAccessibleName(self.say("Pairs"))
        self.learnt.setAccessibleName(self.say("Learnt names"))
        self.kept.setAccessibleName(self.say("Statements"))
        self.parts.speak()
        self.work.speak()
        self._say()


def _put(table: RowsView, rows: Sequence[Any], key: Callable[[Any], Hashable]) -> None:
    """The rows, the first one chosen unless another is: they are decided one by one."""
    table.set_rows(rows)
    if rows and table.current() is None:
        table.choose(key(rows[0]), tell=False)
