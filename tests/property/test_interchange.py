"""`book.json`: byte-identical on the round trip, and one sentence for everything wrong."""

import json
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from backstop.domain import BOOK_VERSION, BadInput, Book
from backstop.store import book_from_json, book_to_json, json_schema
from backstop.telling import words_for
from backstop.telling.labels import field_labels
from examples import times
from strategies import books

BOOK: dict[str, Any] = {"version": BOOK_VERSION, "title": "Shop", "as_of": "2026-01-05"}
LINE: dict[str, Any] = {"id": "jiebei", "name": "借呗"}
DRAW: dict[str, Any] = {"id": "d", "name": "October", "principal": 5, "next_due": "2026-02-01"}
FLOW: dict[str, Any] = {
    "id": "rent",
    "name": "Rent",
    "first_date": "2026-02-01",
    "direction": "payment",
    "amount": 100,
}
PLANNED: dict[str, Any] = {"id": "p", "name": "Stock", "first_date": "2026-02-01", "amount": 100}


def text(document: object) -> bytes:
    """As UTF-8; half a letter, which it cannot hold, as JSON writes it."""
    return json.dumps(document, ensure_ascii=False).encode(errors="backslashreplace")


def with_line(**fields: object) -> bytes:
    return text(BOOK | {"facilities": [LINE | fields]})


def with_draw(**fields: object) -> bytes:
    return text(BOOK | {"facilities": [LINE | {"tranches": [DRAW | fields]}]})


def with_flow(**fields: object) -> bytes:
    return text(BOOK | {"cash_flows": [FLOW | fields]})


def refusal(data: bytes) -> str:
    with pytest.raises(BadInput) as refused:
        book_from_json(data)
    return words_for("en").tell(refused.value.message)


def outcome(data: bytes) -> Book | str:
    """The book, or the sentence; anything else is a failure of ours."""
    try:
        return book_from_json(data)
    except BadInput as refused:
        return words_for("zh_CN").tell(refused.message)


def test_a_document_of_version_1_is_read_and_its_change_of_a_rate_kept() -> None:
    changing = LINE | {"rate_from": "2026-02-01", "rate_then_percent": "12.50"}
    fixed = {"id": "other", "name": "Other", "rate_from": None, "rate_then_percent": "0"}
    book = book_from_json(text(BOOK | {"version": 1, "facilities": [changing, fixed]}))
    first, second = book.facilities
    assert [(str(c.from_day), str(c.percent)) for c in first.rate_changes] == [
        ("2026-02-01", "12.50")
    ]
    assert (second.rate_changes, book.version) == ((), BOOK_VERSION)


def test_what_version_1_alone_had_is_no_field_of_version_2() -> None:
    changing = LINE | {"rate_from": "2026-02-01"}
    said = refusal(text(BOOK | {"version": 2, "facilities": [changing]}))
    assert "Backstop has no such field" in said


def test_what_is_wrong_in_version_1_is_said_as_of_any_other() -> None:
    said = refusal(text(BOOK | {"version": 1, "facilities": [LINE | {"limit": "much"}, 7]}))
    assert "“Credit limit” in “借呗”: a whole number is needed" in said


@times(0.4)
@given(books())
def test_export_import_export_is_byte_identical(book: Book) -> None:
    exported = book_to_json(book)
    again = book_from_json(exported)
    assert again == book
    assert book_to_json(again) == exported
    assert exported.endswith(b"}\n")


@times(0.25)
@given(books())
def test_what_is_exported_fits_the_schema(book: Book) -> None:
    jsonschema.validate(json.loads(book_to_json(book)), json_schema())


def test_the_schema_is_itself_valid_and_names_every_field() -> None:
    schema = json_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    assert "$id" not in schema
    assert set(schema["required"]) == {"version", "title", "as_of"}
    structs = [schema, *(each for each in schema["$defs"].values() if "properties" in each)]
    titles = {name: field["title"] for s in structs for name, field in s["properties"].items()}
    assert titles == {name: field_labels()[name] for name in titles}
    assert all(each["description"] and not each["additionalProperties"] for each in structs)


def test_a_minimal_book_is_enough() -> None:
    book = book_from_json(text(BOOK))
    assert (book.title, book.currency, book.facilities) == ("Shop", "CNY", ())


WRONG: list[tuple[str, bytes, str]] = [
    ("empty", b"", "This is not JSON: something is wrong at line 1, column 1."),
    ("cut short", b'{"version": 1,\n "title": "x"', "is wrong at line 2, column 14."),
    ("byte-order mark", b"\xef\xbb\xbf{}", "begins with a byte-order mark"),
    ("UTF-16", '{"version": 1}'.encode("utf-16"), "begins with a byte-order mark"),
    ("GB18030", text(BOOK | {"title": "x"}).replace(b"x", b"\xbd\xe8"), "is not UTF-8 (byte "),
    ("list", b"[]", "This JSON is not a book: it must begin with “{”."),
    ("NaN", b'{"version": NaN}', "“NaN” is not a number that JSON has."),
    ("Infinity", b'{"version": -Infinity}', "“-Infinity” is not a number"),
    ("no version", b"{}", f'does not say which version it has. Add "version": {BOOK_VERSION}.'),
    ("version as text", b'{"version": "1"}', "version of this book is not a whole number"),
    ("version as yes", b'{"version": true}', "version of this book is not a whole number"),
    (
        "newer, and more",
        b'{"version": 99, "x": []}',
        f"has version 99; this program reads version {BOOK_VERSION}",
    ),
    ("version 0", b'{"version": 0}', f"has version 0; this program reads version {BOOK_VERSION}"),
    ("no title", b'{"version": 1}', "“Title” in “the book”: this is missing. Add “title”."),
    ("twice", b'{"version": 1, "version": 1}', "“version” is written twice in one record"),
    ("unknown", text(BOOK | {"zz": 1}), "“zz” in “Shop”: Backstop has no such field. Remove it."),
    (
        "misspelt",
        with_line(limt=1),
        "“limt” in “借呗”: Backstop has no such field. Perhaps “limit”",
    ),
    ("no name", text(BOOK | {"facilities": [{"id": "a"}]}), "“Name” in “Sources, number 1”: this"),
    ("no record", text(BOOK | {"facilities": [LINE, 3]}), "“Sources, number 2”: a record is"),
    ("no list", text(BOOK | {"facilities": {}}), "“Sources” in “Shop”: a list is needed."),
    (
        "text for figures",
        with_line(limit="5"),
        "“Credit limit” in “借呗”: a whole number is needed.",
    ),
    ("decimals", with_line(limit=5.0), "“Credit limit” in “借呗”: a whole number is needed."),
    ("below zero", with_line(limit=-1), "“Credit limit” in “借呗”: an amount below zero."),
    ("10¹⁵", with_line(limit=10**15), "“Credit limit” in “借呗”: an amount too large to be true."),
    ("60 digits", with_line(limit=10**60), "“Credit limit” in “借呗”: an amount too large"),
    ("figures for text", with_line(lender=5), "“Lender” in “借呗”: text is needed."),
    ("figure for a flag", with_line(committed=1), "“Committed” in “借呗”: yes or no is needed."),
    ("null for a flag", with_line(committed=None), "“Committed” in “借呗”: yes or no is needed."),
    ("tag", with_line(tags=["a", 1]), "“Tags” in “借呗”: text is needed."),
    (
        "rate in words",
        with_line(rate_percent="low"),
        "“Rate (%)” in “借呗”: this is not a percentage",
    ),
    ("rate of 900", with_line(rate_percent="900"), "900 % is outside what is possible. Enter a"),
    ("rate NaN", with_line(rate_percent="NaN"), "NaN % is outside what is possible."),
    ("many zeros", with_line(rate_percent="0E+99999"), "0E+99999 % is outside what is possible."),
    ("9 decimals", with_line(rate_percent="0.123456789"), "too many decimals. Use at most 8."),
    ("due day 32", with_line(due_day=32), "“Due day” in “借呗”: 32 is outside what is possible."),
    (
        "kind",
        with_line(kind="loan shark"),
        "“Kind” in “借呗”: “loan shark” is not one of its values.",
    ),
    ("dates reversed", with_line(usage_until="2026-03-01", contract_until="2026-02-01"), "lies"),
    (
        "30 February",
        with_draw(next_due="2026-02-30"),
        "“Next due date” in “October”: this is not a",
    ),
    ("date as number", with_draw(next_due=20260201), "“Next due date” in “October”: this is not a"),
    ("year 1", with_draw(next_due="0001-01-01"), "is not a day we can use. Enter a date from"),
    ("priority 7", with_flow(priority=7), "“Priority” in “Rent”: “7” is not one of its values."),
    ("not there", with_flow(through="x"), "“Paid through” in “Rent”: “x” is not in this book."),
    ("currency", text(BOOK | {"currency": "XXX"}), "“XXX” is not a currency that Backstop knows."),
    ("country", text(BOOK | {"country": "C1"}), "“Country for holidays” in “Shop”: this is not a"),
    ("control", with_line(holder="a\u0000b"), "“Holder” in “借呗”: there is an invisible control"),
    (
        "half a letter",
        text(BOOK | {"title": "x\ud800"}),
        "“Title” in “x ”: there is an invisible control character. Type the text again.",
    ),
    (
        "half a letter further in",
        with_draw(name="\udfff"),
        "“Name” in “Outstanding draws, number 1”: there",
    ),
    ("half a letter in a list", with_line(tags=["a", "\udc00b"]), "“Tags” in “借呗”: there is an"),
    (
        "half a letter as a field",
        text(BOOK | {"\ud800": 1}),
        "A field without a readable name in “Shop”: there is an invisible control character.",
    ),
    (
        "nameless field",
        with_line(**{" ": 1}),
        "A field without a readable name in “借呗”: Backstop",
    ),
    (
        "no identifier",
        with_flow(through="X Y"),
        "“Paid through” in “Rent”: “X Y” is not an identifier",
    ),
    (
        "draw on no identifier",
        text(BOOK | {"planned_draws": [PLANNED | {"facility": "X Y"}]}),
        "“Source” in “Stock”: “X Y” is not an identifier",
    ),
    ("1e999", with_line().replace(b'"id"', b'"limit": 1e999, "id"'), "a number too large to be"),
    (
        "same id",
        text(BOOK | {"facilities": [LINE], "cash_flows": [FLOW | {"id": "jiebei"}]}),
        "“Identifier” in “Rent”: “jiebei” is used twice.",
    ),
    ("markup for an id", with_line(id="<b>x</b>"), "“<b>x</b>” is not an identifier. Use up to"),
]


@pytest.mark.parametrize(("data", "words"), [each[1:] for each in WRONG], ids=[w[0] for w in WRONG])
def test_what_is_wrong_is_said_in_one_sentence_with_a_remedy(data: bytes, words: str) -> None:
    said = refusal(data)
    assert words in said
    assert "\n" not in said
    assert len(said) < 400


HUGE = "x" * 10**6
MONSTERS = {
    "deep lists": b"[" * 10**5,
    "deep lists in a field": text(BOOK)[:-1] + b', "facilities": ' + b"[" * 10**5,
    "deep records": b'{"a":' * 10**5,
    "deep and closed": text(BOOK)[:-1] + b', "zz": ' + b"[" * 10**5 + b"]" * 10**5 + b"}",
    "huge name": text(BOOK | {"facilities": [{"id": "a", "name": HUGE}]}),
    "huge id": text(BOOK | {"facilities": [{"id": HUGE, "name": "n"}]}),
    "huge currency": text(BOOK | {"currency": HUGE}),
    "huge field": text(BOOK | {HUGE: 1}),
    "huge enum": with_line(kind=HUGE),
    "huge integer": text(BOOK)[:-1] + b', "horizon_days": ' + b"9" * 10**5 + b"}",
    "large integer": text(BOOK)[:-1] + b', "horizon_days": ' + b"9" * 4000 + b"}",
    "huge decimal": with_line(rate_percent="1" * 10**5),
    "huge exponent": with_line(rate_percent="1E+999999"),
    "huge reference": text(BOOK | {"standing_draws": [HUGE]}),
    "path as a field": text(BOOK | {"a` - at `$.title.x[7]": 1}),
}


@pytest.mark.parametrize("data", MONSTERS.values(), ids=MONSTERS)
def test_monsters_are_refused_without_a_crash(data: bytes) -> None:
    assert len(refusal(data)) < 600


@times(3)
@given(st.binary(max_size=200))
def test_any_bytes_are_a_book_or_bad_input(data: bytes) -> None:
    assert isinstance(outcome(data), Book | str)


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=5,
)


@times(3)
@given(st.data())
def test_any_value_in_any_field_is_accepted_or_bad_input(data: st.DataObject) -> None:
    document = json.loads(FULL)
    where = data.draw(st.sampled_from([None, "facilities", "cash_flows", "accounts"]))
    record = document[where][0] if where else document
    record[data.draw(st.sampled_from(sorted(record)))] = data.draw(ANYTHING)
    found = outcome(text(document))
    if isinstance(found, Book):
        assert outcome(book_to_json(found)) == found
    else:
        assert len(found) < 600


FULL = book_to_json(
    book_from_json(
        text(
            BOOK
            | {
                "facilities": [LINE | {"tranches": [DRAW]}],
                "cash_flows": [FLOW],
                "accounts": [{"id": "cash", "name": "Cash"}],
            }
        )
    )
)
