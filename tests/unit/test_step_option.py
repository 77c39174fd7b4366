"""A step's action as the book file writes it: the text is part of the format."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backstop.domain.step_option import StepOption, read_step_option

names = st.text("abc-0123", min_size=1, max_size=8)


@pytest.mark.parametrize(
    ("option", "text"),
    [
        (StepOption("draw", "jiebei", periods=6), "draw:jiebei::6:"),
        (StepOption("sell_asset", "van"), "sell_asset:van:::"),
        (StepOption("purchase", "card", "rent", 1, (0, 31)), "purchase:card:rent:1:0,31"),
        (StepOption("cut", "gym", gaps=(0, 7, 7, 7)), "cut:gym:::0,7*3"),
    ],
)
def test_it_is_written_as_books_have_it(option: StepOption, text: str) -> None:
    assert str(option) == text
    assert read_step_option(text) == option


@given(
    st.builds(
        StepOption,
        names,
        names,
        st.just("") | names,
        st.integers(0, 360),
        st.lists(st.integers(-40, 400), max_size=6).map(tuple),
    )
)
def test_what_is_written_is_read_again(option: StepOption) -> None:
    assert read_step_option(str(option)) == option


@pytest.mark.parametrize("text", ["", "draw", "draw:a:b:c", "draw:a::x:", "draw:a:::0*x"])
def test_anything_else_is_no_action(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        read_step_option(text)
