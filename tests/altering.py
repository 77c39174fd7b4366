"""Valid `book.json` documents with something in them altered: values, and what holds them.

Unlike altered bytes, nearly all of them are still JSON, so they reach what checks the fields.
"""

import json
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from backstop.resources import resource
from backstop.services.samples import sample_names
from backstop.store import book_to_json
from strategies import books

Holder = dict[str, Any] | list[Any]
Place = tuple[Holder, Any]
"""What holds a value, and its key or position there."""

ODD_TEXT = (
    *(
        "",
        " ",
        "\u3000",
        "a" * 41,
        "x" * 201,
        "九" * 25_000,
        "a\nb",
        "a\x00b",
        "\x1b[31m",
        "\u2028",
    ),
    *(
        "\ud800",
        "\U0010ffff",
        "\ue000",
        "\u202eabc",
        "e\u0301",
        "ﷺ",
        "１２３",
        "Ａ",
        "👩‍👩‍👧",
        "\ufeff",
    ),
    *("{field}", "%s", "<b>x</b>", "=1+1", "` - at `$.title.x[7]", "../..", "NaN", "1e400", "-0"),
    *("2026-02-30", "0001-01-01", "9999-12-31", "1989-12-31", "2026-1-1", "２０２６-０１-０１"),
    *("2026-01-05T00:00:00", "14.60", "0.123456789", "1_000", "-1", "1E+5", "nobody", "Infinity"),
)
ODD_NUMBERS = (
    0,
    -1,
    1,
    3,
    31,
    366,
    10**6,
    -(10**15),
    10**15,
    2**53,
    2**63,
    2**64,
    10**60,
    -(10**60),
)
ODD_VALUES: SearchStrategy[Any] = (
    st.sampled_from(ODD_TEXT)
    | st.sampled_from(ODD_NUMBERS)
    | st.sampled_from((None, True, False, 0.5, -0.0, 1e300, [], {}, [[]], [None], [{}], {"id": 1}))
    | st.text(max_size=8)
    | st.integers()
)


@cache
def _samples() -> tuple[dict[str, Any], ...]:
    texts = (resource("samples", f"{name}.json").read_bytes() for name in sample_names())
    return tuple(json.loads(each) for each in texts)


@dataclass(frozen=True, repr=False)
class Altered:
    """A document as text, and what was done to it: where, and how."""

    text: bytes
    done: tuple[str, ...]

    def __repr__(self) -> str:
        return f"Altered({', '.join(self.done)})"


@st.composite
def altered_books(draw: DrawFn) -> Altered:
    """A sample or, less often, a generated book, altered at one to three random places."""
    generated = books().map(lambda book: json.loads(book_to_json(book)))
    samples = st.sampled_from(_samples()).map(deepcopy)
    document = draw(st.one_of(samples, samples, generated))
    done = []
    for _ in range(draw(st.integers(1, 3))):
        path, place = draw(places(document))
        alter = draw(st.sampled_from(ALTERATIONS))
        alter(draw, document, place)
        done.append(f"{path}: {alter.__name__}")
    return Altered(json.dumps(document).encode(), tuple(done))


@st.composite
def places(draw: DrawFn, document: dict[str, Any]) -> tuple[str, Place]:
    """Any value of the document: down from the top, by chance further where there is more."""
    holder: Holder = document
    path = ""
    while True:
        key = draw(st.sampled_from(_keys(holder)))
        path += f"/{str(key)[:20]}"
        inner = holder[key]
        if not isinstance(inner, dict | list) or not inner or draw(st.integers(0, 5)) == 0:
            return path, (holder, key)
        holder = inner


def _keys(holder: Holder) -> list[Any]:
    return sorted(holder) if isinstance(holder, dict) else list(range(len(holder)))


def _another_value(draw: DrawFn, document: dict[str, Any], place: Place) -> None:
    holder, key = place
    holder[key] = draw(ODD_VALUES)


def _value_of_elsewhere(draw: DrawFn, document: dict[str, Any], place: Place) -> None:
    """Dangling references, ids used twice, dates reversed, records in the wrong list."""
    holder, key = place
    wanted = type(holder[key])
    alike = [each for each in _values(document) if type(each) is wanted and each != holder[key]]
    if alike:
        holder[key] = deepcopy(draw(st.sampled_from(alike)))


def _values(value: Any) -> Iterator[Any]:
    yield value
    if isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _values(each)


def _gone(draw: DrawFn, document: dict[str, Any], place: Place) -> None:
    holder, key = place
    del holder[key]


def _unknown_field(draw: DrawFn, document: dict[str, Any], place: Place) -> None:
    holder, key = place
    if isinstance(holder, dict):
        holder[draw(st.sampled_from((f"{key}s", str(key)[:-1], *ODD_TEXT)))] = holder[key]


def _twice(draw: DrawFn, document: dict[str, Any], place: Place) -> None:
    holder, key = place
    if isinstance(holder, list):
        holder.append(deepcopy(holder[key]))


def _emptied(draw: DrawFn, document: dict[str, Any], place: Place) -> None:
    holder, key = place
    holder[key] = type(holder[key])()


def _moved(draw: DrawFn, document: dict[str, Any], place: Place) -> None:
    """Another day where there is one, another amount where there is one."""
    holder, key = place
    value = holder[key]
    if isinstance(value, str):
        try:
            day = date.fromisoformat(value)
        except ValueError:
            return
        holder[key] = str(day + timedelta(days=draw(st.integers(-20_000, 80_000))))
    elif type(value) is int:
        holder[key] = value * draw(st.sampled_from((-1, 10, 10**6, 10**18))) + draw(
            st.integers(-1, 1)
        )


ALTERATIONS: tuple[Callable[[DrawFn, dict[str, Any], Place], None], ...] = (
    *(_another_value, _value_of_elsewhere, _moved),
    *(_gone, _unknown_field, _twice, _emptied),
)
