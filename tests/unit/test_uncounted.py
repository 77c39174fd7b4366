"""Lines that no plan counts on: named with the reason, and mended in one undoable change."""

from datetime import date

import pytest

from backstop.contingency.counted import Lacking, lacking
from backstop.domain import Book, Facility, FacilityKind, UnsureSources
from backstop.plan import answer
from backstop.services.commands import unverified, verify
from backstop.services.samples import load_sample
from backstop.services.session import BookSession
from backstop.telling import Narrator, words_for
from backstop.telling.uncounted import uncounted_sentences

DAY = date(2026, 11, 30)
WORDS = words_for("en")


def untried() -> Book:
    """A book as it is when all of its lines are new."""
    book = load_sample("contractor")
    for each in book.facilities:
        book = book.put(each.changed(last_verified=None))
    return book


def test_what_a_line_lacks_is_what_keeps_plans_from_it() -> None:
    book = untried()
    known = answer(book)
    situation = known.situation(known.losses[0])
    for each in book.facilities:
        assert Lacking.LAST_VERIFIED in lacking(each, book.unsure_sources)
        assert not situation.usable(each)


@pytest.mark.parametrize("unsure", UnsureSources)
def test_each_way_to_count_asks_for_its_own_facts(unsure: UnsureSources) -> None:
    line = Facility(id="a", name="A", kind=FacilityKind.OTHER, limit=1, lead_days=None)
    found = lacking(line, unsure)
    assert Lacking.LEAD_DAYS in found
    assert (Lacking.LAST_VERIFIED in found) is (unsure is not UnsureSources.COUNTED)
    assert (Lacking.COMMITTED in found) is (unsure is UnsureSources.LEFT_OUT)


def test_one_click_mends_it_for_all_and_is_undone_as_one() -> None:
    session = BookSession(untried())
    before = session.book
    assert uncounted_sentences(Narrator(before, WORDS))
    session.apply(verify(before, unverified(before), DAY))
    assert {each.last_verified for each in session.book.facilities} == {DAY}
    assert not any(
        "Last verified" in each for each in uncounted_sentences(Narrator(session.book, WORDS))
    )
    said = session.undo_message
    assert said is not None
    assert WORDS.tell(said) == f"look at {len(before.facilities)} lines on 30 Nov 2026"
    session.undo()
    assert session.book == before


@pytest.mark.parametrize("code", ["en", "zh_CN"])
def test_every_reason_names_its_lines(code: str) -> None:
    book = untried()
    first, second, *_ = book.facilities
    book = book.put(first.changed(lead_days=None, limit=0, tranches=()))
    said = uncounted_sentences(Narrator(book, words_for(code)))
    reasons = {
        "en": "no limit is entered yet, how long the money",
        "zh_CN": "还没有填写额度，不知道",
    }
    (alone,) = [each for each in said if first.name in each]
    assert reasons[code] in alone
    assert second.name not in alone
    for line in book.facilities:
        assert sum(line.name in each for each in said) == 1, "no line is named twice"
    for each in said:  # one remedy for each fact, once
        assert each.count(words_for(code).say("Last verified")) == 1
