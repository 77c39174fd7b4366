"""Random edits, undos, redos, reopenings and real kills: file and a plain list of books agree."""

import shutil
import tempfile
from contextlib import ExitStack
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import invariant, precondition, rule

from backstop.domain import Account, Book, Record
from backstop.services.session import book_from_json, book_to_json, read_book
from backstop.store import BookFile
from crash.owner import serve
from putting import SOME_IDS, Putting
from store.children import child
from strategies import DAY_0, accounts

SOME_SECONDS = 60


class KilledOwner(Putting):
    """The model is the list of books that undo walks through, and a place in it."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.path = self.folder / "book.backstop"
        book = Book(title="Model", as_of=DAY_0)
        BookFile.create(self.path, book).close()
        self.history, self.place, self.changes = [book], 0, 0
        self.start()

    def start(self) -> None:
        self.stack = ExitStack()
        self.process, self.connection = self.stack.enter_context(child(serve, self.path))
        assert self.answer() == self.history[self.place]

    def answer(self) -> Book:
        assert self.connection.poll(SOME_SECONDS)
        return book_from_json(self.connection.recv())

    def tell(self, word: str, data: bytes = b"") -> Book:
        self.connection.send((word, data))
        self.changes += 1
        return self.answer()

    def after(self, record: Record) -> Book | None:
        """The book with the record; None where that changes nothing."""
        book = self.history[self.place]
        changed = book.put(record)
        return None if changed == book else changed

    def put(self, record: Record) -> None:
        if changed := self.after(record):
            assert self.tell("put", book_to_json(changed)) == changed
            self.history[self.place + 1 :] = [changed]
            self.place += 1

    @precondition(lambda self: self.place > 0)
    @rule()
    def undo(self) -> None:
        self.place -= 1
        assert self.tell("undo") == self.history[self.place]

    @precondition(lambda self: self.place < len(self.history) - 1)
    @rule()
    def redo(self) -> None:
        self.place += 1
        assert self.tell("redo") == self.history[self.place]

    @rule()
    def reopen(self) -> None:
        self.connection.send(("close", b""))
        assert self.connection.poll(SOME_SECONDS)
        self.connection.recv()
        self.begin_again(self.history[self.place])

    @rule()
    def kill(self) -> None:
        self.process.kill()
        self.begin_again(self.history[self.place])

    @rule(record=accounts(SOME_IDS.map("a-{}".format)), wait=st.floats(0, 0.03))
    def kill_in_the_middle_of_an_edit(self, record: Account, wait: float) -> None:
        changed = self.after(record)
        if changed is None:
            return
        self.connection.send(("put", book_to_json(changed)))
        told = self.connection.poll(wait)
        self.process.kill()
        self.process.join()
        found = read_book(self.path)
        assert found == changed or (found == self.history[self.place] and not told)
        self.changes += found == changed
        self.begin_again(found)

    def begin_again(self, book: Book) -> None:
        self.stack.close()
        self.history, self.place = [book], 0
        self.start()

    @invariant()
    def the_file_holds_the_book_and_all_that_happened(self) -> None:
        assert read_book(self.path) == self.history[self.place]
        with BookFile.open(self.path, read_only=True) as file:
            assert len({each.change for each in file.history()}) == self.changes

    def teardown(self) -> None:
        self.stack.close()
        shutil.rmtree(self.folder)


TestKilledOwner = KilledOwner.TestCase
TestKilledOwner.settings = settings(max_examples=8, stateful_step_count=14, deadline=None)
