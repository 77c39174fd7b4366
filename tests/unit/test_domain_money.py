"""Money is whole minor units, read from what owners type."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backstop.domain import CURRENCIES, BadInput, Currency, currency_of, parse_amount
from backstop.language import words_for

YUAN, YEN = currency_of("CNY"), currency_of("JPY")


@pytest.mark.parametrize(
    ("text", "minor"),
    [
        ("1234.56", 123_456),
        ("1,234.56", 123_456),
        ("¥1 234", 123_400),
        ("１２３４．５", 123_450),
        ("−5", -500),
        ("-5", -500),
        ("+.5", 50),
        ("5.", 500),
        ("12元", 1200),
        ("CNY 7", 700),
        ("0", 0),
    ],
)
def test_an_amount_is_read_as_it_is_typed(text: str, minor: int) -> None:
    assert parse_amount(text, YUAN) == minor


@pytest.mark.parametrize("text", ["", " ", "abc", "1.2.3", "1e5", "NaN", "--5", "1-2", "=1+1"])
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(BadInput, match="is not an amount"):
        parse_amount(text, YUAN)


def test_more_decimals_than_the_currency_has_are_refused() -> None:
    with pytest.raises(BadInput, match="has more decimals than CNY has"):
        parse_amount("1.234", YUAN)
    with pytest.raises(BadInput, match="Use at most 0"):
        parse_amount("1.5", YEN)


@given(st.integers(-(10**14), 10**14), st.sampled_from(list(CURRENCIES.values())))
def test_what_is_shown_is_read_back(minor: int, currency: Currency) -> None:
    shown = words_for("en").money(minor, currency.code)
    assert parse_amount(shown, currency) == minor


def test_an_unknown_currency_is_refused_with_those_we_know() -> None:
    with pytest.raises(BadInput, match="Use one of: AED, AUD") as refused:
        currency_of("X" * 10_000)
    assert len(str(refused.value)) < 300
