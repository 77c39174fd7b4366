"""What nobody sees and what is pasted along changes no name, no day, no sentence."""

from datetime import date

import pytest

from backstop.domain import message
from backstop.domain.unseen import without_unseen
from backstop.services.day_reading import read_day
from backstop.telling import words_for

PASTED = ["\u202d{}\u202c", "\ufeff{}", "\u200b{}", "{}\u200e", "\u2066{}\u2069", "\u00ad{}"]


@pytest.mark.parametrize("pasted", PASTED)
def test_a_pasted_day_is_the_day_that_is_seen(pasted: str) -> None:
    assert read_day(pasted.format("2026-12-01")) == date(2026, 12, 1)


@pytest.mark.parametrize("pasted", PASTED)
def test_a_pasted_name_is_the_name_that_is_seen(pasted: str) -> None:
    assert without_unseen(pasted.format("wages 工资")) == "wages 工资"


def test_joiners_of_letters_and_emoji_stay() -> None:
    for text in ("👩\u200d🌾", "می\u200cخواهم"):
        assert without_unseen(text) == text


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_a_name_never_turns_the_sentence_that_tells_it(language: str) -> None:
    said = words_for(language).tell(message("“{file}” cannot be created.", file="a\u202eb\u2067c"))
    assert "abc" in said
