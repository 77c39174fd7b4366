"""Whatever an owner does in whatever order, session, file and a plain list of books agree."""

import shutil
import tempfile
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import invariant, precondition, rule

from backstop.domain import Book, Record
from backstop.services.commands import change_facts, put_record, remove_record
from backstop.services.session import BookSession, read_book
from putting import Putting
from strategies import DAY_0


class Owner(Putting):
    """The model is the list of books that undo walks through, and a place in it."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.path = self.folder / "book.backstop"
        book = Book(title="Model", as_of=DAY_0)
        self.history, self.place = [book], 0
        self.session = BookSession.create(self.path, book)

    def done(self) -> None:
        self.history[self.place + 1 :] = [self.session.book]
        self.place += 1

    def put(self, record: Record) -> None:
        change = put_record(self.session.book, record)
        if not change.changes_nothing:
            self.session.apply(change)
            self.done()

    @rule(title=st.sampled_from(("Model", "Other", "Third")))
    def rename(self, title: str) -> None:
        change = change_facts(self.session.book, title=title)
        if not change.changes_nothing:
            self.session.apply(change)
            self.done()

    @precondition(lambda self: self.session.book.by_id)
    @rule(data=st.data())
    def remove(self, data: st.DataObject) -> None:
        chosen = data.draw(st.sampled_from(sorted(self.session.book.by_id)))
        self.session.apply(remove_record(self.session.book, chosen))
        self.done()

    @precondition(lambda self: self.session.can_undo)
    @rule()
    def undo(self) -> None:
        self.session.undo()
        self.place -= 1

    @precondition(lambda self: self.session.can_redo)
    @rule()
    def redo(self) -> None:
        self.session.redo()
        self.place += 1

    @rule()
    def reopen(self) -> None:
        self.session.close()
        self.session = BookSession.open(self.path)
        self.history, self.place = [self.history[self.place]], 0

    @invariant()
    def all_agree(self) -> None:
        assert self.session.book == self.history[self.place]
        assert self.session.can_undo == (self.place > 0)
        assert self.session.can_redo == (self.place < len(self.history) - 1)
        assert read_book(self.path) == self.history[self.place]

    def teardown(self) -> None:
        self.session.abandon()
        shutil.rmtree(self.folder)


TestOwner = Owner.TestCase
TestOwner.settings = settings(max_examples=12, stateful_step_count=15, deadline=None)
