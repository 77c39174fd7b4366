"""A valid `book.json` in which something was altered is still a book, or refused in a sentence."""

from collections.abc import Iterator

import pytest
from hypothesis import event, given

from altering import Altered, altered_books
from backstop.domain import BadInput
from backstop.services.importing import import_book
from backstop.services.session import BookSession, read_book
from backstop.store import BookFile, book_from_json, book_to_json
from backstop.telling import words_for
from backstop.telling.labels import field_labels
from examples import times
from store.example import small_book

OURS = ("Traceback", "msgspec", "Expected `", "object at 0x", "Error")
"""What only a programmer would write."""

NAMELESS = (
    "A field without a readable name",
    "a record is needed. Write its fields in braces.",
)


@given(altered_books())
def test_an_altered_book_is_a_book_or_refused_in_a_sentence_that_names_the_field(
    altered: Altered,
) -> None:
    try:
        book = book_from_json(altered.text)
    except BadInput as refused:
        event(f"refused by {judge_of(refused)}")
        for language in ("en", "zh_CN"):
            assert_said_to_its_owner(refused, language)
    else:
        event("a book")
        assert book_from_json(book_to_json(book)) == book


def assert_said_to_its_owner(refused: BadInput, language: str) -> None:
    """One short sentence that names the field by its label, where it has a name."""
    words = words_for(language)
    said = words.tell(refused.message)
    assert "\n" not in said
    assert len(said) < 500
    assert not any(each in said for each in OURS)
    if refused.field in field_labels():
        assert words.field(refused.field).lower() in said.lower()
    elif not refused.field.strip():
        assert any(words.say(each) in said for each in NAMELESS)


def judge_of(refused: BadInput) -> str:
    """Who refused: the text, the shape of its records, or the checks of a record or book."""
    trace = refused.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    module = trace.tb_frame.f_globals["__name__"] if trace else ""
    judges = {"backstop.store.json_text": "the text", "backstop.store.interchange": "the shape"}
    return judges.get(module, "the checks")


@pytest.fixture(scope="module")
def open_book(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BookSession]:
    folder = tmp_path_factory.mktemp("altered")
    path = folder / "shop.backstop"
    BookFile.create(path, small_book()).close()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BACKSTOP_DATA_DIR", str(folder / "data"))
        with BookSession.open(path) as session:
            yield session


@times(0.25)
@given(altered=altered_books())
def test_an_open_book_becomes_the_altered_one_whole_or_stays_as_it_was(
    open_book: BookSession, altered: Altered
) -> None:
    before, path = open_book.book, open_book.path
    assert path is not None
    source = path.with_name("altered.json")
    source.write_bytes(altered.text)
    try:
        import_book(open_book, source)
    except BadInput:
        assert open_book.book is before
    else:
        assert open_book.book == book_from_json(altered.text)
    assert read_book(path) == open_book.book
