"""What a name may do to the page it stands on."""

from backstop.domain.unseen import in_reading_order
from backstop.paper.letters import lacking
from backstop.services.documents import unprintable
from printed import EN, reader, text_of
from unit.test_report_book import assessed, plan_of, shop

TURNED = "Bank \u202eeht fo"


def test_a_mark_of_direction_turns_nothing_on_paper() -> None:
    """Field input 23: the sentence ran backwards from the name on."""
    book = shop()
    book = book.put(book.by_id["jiebei"].changed(name=TURNED))
    text = text_of(reader(assessed(book), [plan_of()]), 0)
    assert "\u202e" not in text
    assert "Bank eht fo" in text
    assert in_reading_order("a\u2066b\u2069\u200fc") == "abc"


def test_letters_that_the_typeface_lacks_are_named_before_printing() -> None:
    book = shop()
    assert unprintable(book) is None
    assert lacking("𠮷 Bank 🏦 中国 \u202e") == ("𠮷", "🏦")
    said = unprintable(book.put(book.by_id["jiebei"].changed(name="𠮷田")))
    assert said is not None
    assert "lacks 𠮷: boxes" in EN.tell(said)
