"""A session: changes that know their names, undone and redone, saved as they are made."""

import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from backstop.domain import BadInput, Book, Defect, EnvironmentFault
from backstop.services.commands import Change, change_facts, put_record, remove_record
from backstop.services.older_state import OlderState
from backstop.services.session import (
    BookInUse,
    BookSession,
    NotABook,
    NotSaved,
    ReadOnlyBook,
    book_to_json,
    prepare_writing,
    read_book,
)
from backstop.store import BookFile
from backstop.telling import words_for
from store.example import small_book


@pytest.fixture
def book() -> Book:
    return small_book()


@pytest.fixture
def path(tmp_path: Path, book: Book) -> Path:
    path = tmp_path / "shop.backstop"
    BookFile.create(path, book).close()
    return path


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BACKSTOP_DATA_DIR", str(tmp_path / "data"))


def raise_limit(book: Book, limit: int = 9_000_000) -> Change:
    return put_record(book, book.facilities[0].changed(limit=limit))


def on_disk(path: Path) -> Book:
    return read_book(path)


def test_a_change_is_on_disk_when_apply_returns(path: Path) -> None:
    with BookSession.open(path) as session:
        change = session.apply(raise_limit(session.book))
        assert change.records == {"jiebei"}
        assert on_disk(path).facilities[0].limit == 9_000_000
        assert session.is_saved


def test_undo_and_redo_go_back_and_forth_on_disk_too(path: Path, book: Book) -> None:
    with BookSession.open(path) as session:
        session.apply(raise_limit(session.book))
        session.apply(remove_record(session.book, "spring"))
        changed = session.book
        assert session.undo().records == {"spring"}
        assert session.undo().records == {"jiebei"}
        assert session.book == on_disk(path) == book
        assert not session.can_undo
        session.redo()
        session.redo()
        assert session.book == on_disk(path) == changed
        assert not session.can_redo


def test_a_new_change_forgets_what_was_undone(path: Path) -> None:
    with BookSession.open(path) as session:
        session.apply(raise_limit(session.book))
        session.undo()
        session.apply(change_facts(session.book, title="Other"))
        assert session.redo_message is None
        with pytest.raises(Defect):
            session.redo()


DESCRIBED: list[tuple[Callable[[Book], Change], str, str]] = [
    (raise_limit, "change “Credit limit” in “借呗”", "修改“借呗”的“授信额度”"),
    (
        lambda b: put_record(b, b.facilities[0].changed(limit=1, lead_days=2)),
        "change “借呗”",
        "修改“借呗”",
    ),
    (
        lambda b: put_record(b, b.facilities[0].changed(name="网商贷")),
        "rename “借呗” to “网商贷”",
        "将“借呗”改名为“网商贷”",
    ),
    (
        lambda b: put_record(b, b.facilities[0].changed(id="new", name="新", tranches=())),
        "add “新”",
        "添加“新”",
    ),
    (lambda b: remove_record(b, "huabei"), "remove “花呗”", "删除“花呗”"),
    (
        lambda b: change_facts(b, minimum_cash=100),
        "change “Minimum cash” in the book",
        "修改账本的“现金底线”",
    ),
    (
        lambda b: change_facts(b, title="T", horizon_days=30),
        "change the settings of the book",
        "修改账本设置",
    ),
]


@pytest.mark.parametrize(("make", "english", "chinese"), DESCRIBED, ids=[d[1] for d in DESCRIBED])
def test_a_change_says_what_it_does(
    book: Book, make: Callable[[Book], Change], english: str, chinese: str
) -> None:
    said = make(book).description
    assert words_for("en").tell(said) == english
    assert words_for("zh_CN").tell(said) == chinese


def test_removing_a_facility_tells_all_that_was_mended(book: Book) -> None:
    assert remove_record(book, "huabei").records == {"huabei", "stock", "ant"}


def test_a_change_that_does_not_hold_together_is_refused_before_it_is_one(book: Book) -> None:
    flow = book.cash_flows[0]
    with pytest.raises(BadInput, match="lends cash and does not pay purchases"):
        put_record(book, flow.changed(through="jiebei"))
    with pytest.raises(BadInput, match="is used twice"):
        put_record(book, flow.changed(id="jiebei", through=""))


def test_changing_nothing_leaves_nothing_to_undo(path: Path) -> None:
    with BookSession.open(path) as session:
        session.apply(put_record(session.book, session.book.facilities[0]))
        assert not session.can_undo


def test_a_change_made_for_an_older_book_is_refused_in_words(path: Path) -> None:
    with BookSession.open(path) as session:
        stale = raise_limit(session.book)
        session.apply(change_facts(session.book, title="Other"))
        with pytest.raises(OlderState):
            session.apply(stale)
        assert session.book.title == "Other"


@pytest.fixture
def refusing_disk(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    def refuse(self: BookFile, after: Book, steps: object = ()) -> None:
        if after is not self.book:
            raise NotSaved(DISK_FULL)

    monkeypatch.setattr(BookFile, "save", refuse)
    return monkeypatch


DISK_FULL = change_facts(small_book(), title="x").description


def test_a_change_that_cannot_be_saved_has_not_happened(
    path: Path, book: Book, refusing_disk: pytest.MonkeyPatch
) -> None:
    session = BookSession.open(path)
    with pytest.raises(NotSaved):
        session.apply(raise_limit(session.book))
    assert session.book == book
    assert not session.can_undo
    session.close()


def test_saving_later_keeps_what_could_not_be_saved_for_a_copy_elsewhere(
    path: Path, tmp_path: Path, refusing_disk: pytest.MonkeyPatch
) -> None:
    session = BookSession.open(path)
    session.saves_later = True
    session.apply(raise_limit(session.book))
    with pytest.raises(NotSaved):
        session.save()
    assert not session.is_saved
    session.save_copy(tmp_path / "copy.backstop")
    assert on_disk(tmp_path / "copy.backstop") == session.book
    refusing_disk.undo()
    session.close()
    assert on_disk(path).facilities[0].limit == 9_000_000


@pytest.mark.parametrize("instead", ["nothing", "a folder", "text", "an empty file"])
def test_a_copy_can_be_saved_when_something_else_is_in_the_place_of_the_book(
    path: Path, tmp_path: Path, instead: str
) -> None:
    session = BookSession.open(path)
    session.saves_later = True
    session.apply(raise_limit(session.book))
    path.unlink()
    if instead == "a folder":
        path.mkdir()
    elif instead != "nothing":
        path.write_text("text" if instead == "text" else "")
    with pytest.raises(NotSaved, match="ave a copy elsewhere"):
        session.save()
    said = session.save_copy(tmp_path / "copy.backstop")
    assert "could not be read, and is not in it" in str(said)
    assert on_disk(tmp_path / "copy.backstop") == session.book
    session.abandon()


def test_a_book_in_memory_gets_its_file_later_with_all_edits(tmp_path: Path, book: Book) -> None:
    session = BookSession(book)
    assert session.path is None
    session.apply(raise_limit(session.book))
    assert not session.is_saved
    path = session.attach(tmp_path / "new" / "shop.backstop")
    assert session.path == path
    session.apply(remove_record(session.book, "spring"))
    session.close()
    assert on_disk(path) == session.book


def test_edits_made_while_a_worker_attaches_are_saved(tmp_path: Path, book: Book) -> None:
    session = BookSession(book)
    session.saves_later = True
    worker = threading.Thread(target=session.attach, args=(tmp_path / "shop.backstop",))
    worker.start()
    for limit in range(1, 200):
        session.apply(raise_limit(session.book, limit))
    worker.join()
    session.close()
    assert on_disk(tmp_path / "shop.backstop").facilities[0].limit == 199


def test_saves_on_a_worker_never_lose_the_last_change(path: Path) -> None:
    session = BookSession.open(path)
    session.saves_later = True
    workers = []
    for limit in range(1, 30):
        session.apply(raise_limit(session.book, limit))
        workers.append(threading.Thread(target=session.save))
        workers[-1].start()
    for worker in workers:
        worker.join()
    assert session.is_saved
    session.close()
    assert on_disk(path).facilities[0].limit == 29


def test_a_book_open_elsewhere_may_be_looked_at_but_not_changed(path: Path) -> None:
    with BookSession.open(path):
        with pytest.raises(BookInUse):
            BookSession.open(path)
        with BookSession.open(path, read_only=True) as onlooker:
            assert onlooker.read_only
            assert onlooker.why_read_only is not None
            with pytest.raises(ReadOnlyBook):
                onlooker.apply(raise_limit(onlooker.book))
            assert not onlooker.can_undo


def test_a_session_that_ends_in_an_error_lets_go_of_its_file(path: Path) -> None:
    with pytest.raises(ZeroDivisionError), BookSession.open(path):
        raise ZeroDivisionError
    BookSession.open(path).close()


def test_a_book_never_takes_the_place_of_another(path: Path, book: Book) -> None:
    session = BookSession(book.changed(title="Mine"))
    with pytest.raises(NotSaved, match="That is a book"):
        session.attach(path)
    assert session.path is None
    assert on_disk(path) == book
    with BookSession.open(path) as opened, pytest.raises(NotSaved, match="That is a book"):
        opened.save_copy(path)
    assert on_disk(path) == book


def test_writing_can_be_prepared_ahead() -> None:
    prepare_writing()
    assert "backstop.store.writing" in sys.modules


def test_a_session_attaches_once(tmp_path: Path, path: Path) -> None:
    with BookSession.open(path) as session, pytest.raises(Defect):
        session.attach(tmp_path / "second.backstop")


def test_a_book_is_read_from_either_kind_of_file(path: Path, tmp_path: Path, book: Book) -> None:
    as_json = tmp_path / "book.json"
    as_json.write_bytes(book_to_json(book))
    assert read_book(path) == read_book(as_json) == book


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("x.json", b"\xef\xbb\xbf{}", "byte-order mark"),
        ("x.json", b"", "is empty"),
        ("x.backstop", b"no book", "is not a book file"),
        ("x.backstop", b"{", "is not JSON"),
    ],
)
def test_a_file_that_is_no_book_is_named(
    tmp_path: Path, name: str, data: bytes, words: str
) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(EnvironmentFault, match=words):
        read_book(path)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(NotABook, match="does not exist"):
        read_book(tmp_path / "none.json")


def test_a_book_file_is_on_screen_before_any_database_toolkit(path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from backstop.services.session import BookSession;"
        "session = BookSession.open(Path(sys.argv[1]));"
        "session.saves_later = True;"
        "from backstop.services.commands import change_facts;"
        "session.apply(change_facts(session.book, title='x')); session.abandon();"
        "assert not {'sqlmodel', 'sqlalchemy', 'numpy', 'PySide6'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code, path], check=True, env={"PYTHONPATH": _paths()})


def _paths() -> str:
    return ":".join(sys.path) if sys.platform != "win32" else ";".join(sys.path)
