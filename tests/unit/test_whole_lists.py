"""Sentences name ten things and how many others there are; all of them where that is asked for."""

import pytest

from backstop.domain import message
from backstop.telling import Narrator, words_for
from backstop.telling.consequences import bounces_sentence
from backstop.telling.phrases import listed
from unit.test_report_book import answers, shop

NAMES = tuple(f"N{number}" for number in range(1, 201))
LISTED = message("Lost together: {names}", names=NAMES)


@pytest.mark.parametrize("code", ["en", "zh_CN"])
def test_of_many_names_ten_are_said_until_all_are_asked_for(code: str) -> None:
    short = words_for(code)
    cut = short.tell(LISTED)
    assert "N10" in cut
    assert "N11" not in cut
    assert cut.endswith(short.count(190, "one other", "{n} others"))
    whole = words_for(code, whole_lists=True).tell(LISTED)
    assert all(each in whole for each in NAMES)
    assert short.listing(NAMES) in whole


def test_what_tells_of_a_book_asks_for_whole_lists_as_its_words_do() -> None:
    whole = Narrator(shop(), words_for("en", whole_lists=True))
    assert Narrator(shop(), whole).few(NAMES) == whole.listing(NAMES)
    assert Narrator(shop(), words_for("en")).few(NAMES) != whole.listing(NAMES)


def test_payments_are_all_named_where_that_is_asked_for() -> None:
    short, whole = words_for("en"), words_for("en", whole_lists=True)
    assert listed(NAMES, short) == "N1, N2 and 198 other payments"
    assert listed(NAMES, whole) == short.listing(NAMES)


def test_days_on_which_something_bounces_are_all_named_where_that_is_asked_for() -> None:
    known = answers()
    outcome = max((each.outcome for each in known.losses), key=lambda each: len(each.added))
    days = sorted({each.day for each in outcome.added})
    short = Narrator(known.book, words_for("en"))
    assert "more later." in bounces_sentence(outcome, short, 1)
    said = bounces_sentence(outcome, Narrator(known.book, words_for("en", whole_lists=True)), 1)
    assert "more later" not in said
    assert len(days) > 1
    assert all(short.on_day(each) in said for each in days)
