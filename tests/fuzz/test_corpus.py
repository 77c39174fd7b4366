"""What fuzzing found interesting: each is taken, or refused in a sentence, again and again."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backstop.resources import resource
from examples import times
from fuzz.targets import CORPUS, try_file, try_json, try_repair, try_statement

KEPT = Path(__file__).parents[1] / "upgrade"


@pytest.mark.parametrize("folder", ["json", "file", "statement"])
def test_the_corpus_is_there(folder: str) -> None:
    assert any((CORPUS / folder).iterdir())


def test_every_kept_json_is_taken_or_refused_in_words() -> None:
    for each in sorted((CORPUS / "json").iterdir()):
        try_json(each.read_bytes())


def test_every_kept_file_is_taken_or_refused_in_words() -> None:
    for each in sorted((CORPUS / "file").iterdir()):
        try_file(each.read_bytes())
        try_repair(each.read_bytes())


def test_every_kept_statement_is_read_or_refused_in_words() -> None:
    for each in sorted((CORPUS / "statement").iterdir()):
        try_statement(each.read_bytes())


@times(0.6)
@given(st.data())
def test_a_sample_altered_anywhere_is_taken_or_refused_in_words(data: st.DataObject) -> None:
    text = bytearray(resource("samples", "household.json").read_bytes())
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(text)))
        end = data.draw(st.integers(start, min(start + 40, len(text))))
        text[start:end] = data.draw(st.binary(max_size=12) | st.sampled_from(SPLICES))
    try_json(bytes(text))


SPLICES = (
    b"1e999",
    b"NaN",
    b"-0",
    b"\xef\xbb\xbf",
    b"\x00",
    "１２３".encode(),
    "元".encode("gb18030"),
    b'"\\ud800"',
    b"[" * 50,
    b'{"id":',
    b"99999999999999999999999",
    b'"0001-01-01"',
    b'"9999-12-31"',
    b"null",
    b"true",
)


@times(0.3)
@given(st.data())
def test_a_file_altered_anywhere_is_taken_or_refused_in_words(data: st.DataObject) -> None:
    kept = data.draw(st.sampled_from(sorted(KEPT.glob("*.backstop"))))
    content = bytearray(kept.read_bytes())
    for _ in range(data.draw(st.integers(1, 3))):
        start = data.draw(st.integers(0, len(content)))
        content[start : start + 8] = data.draw(st.binary(max_size=16))
    try_file(bytes(content))
    try_repair(bytes(content))
