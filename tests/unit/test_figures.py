"""Amounts as owners in many countries type and paste them: read as meant, or refused with why.

What stands where is that of the Unicode Common Locale Data Repository (its number patterns for
en, de, fr, de-CH, en-IN, ar-KW) and of GB/T 15835 for 万 and 亿.
"""

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backstop.desktop.forms.reading import read_percent, read_whole
from backstop.domain import CURRENCIES, BadInput, Currency, currency_of, parse_amount
from backstop.telling import words_for

DINAR = Currency("KWD", "KWD ", 3)


def money(code: str) -> Currency:
    return DINAR if code == "KWD" else currency_of(code)


READ = [
    # a decimal comma
    ("EUR", "417,26", 41_726),
    ("EUR", "30,00", 3_000),
    ("EUR", "1,5", 150),
    ("EUR", ",5", 50),
    ("EUR", "0,05", 5),
    ("EUR", "1.234,56", 123_456),
    ("EUR", "1.234.567,89", 123_456_789),
    ("EUR", "1.234.567", 123_456_700),
    ("EUR", "1234,56", 123_456),
    # a comma before three figures divides thousands, as we write it
    ("EUR", "1,234", 123_400),
    ("EUR", "1,234,567.8", 123_456_780),
    ("EUR", "12.50", 1_250),
    ("EUR", "0.500", 50),
    ("EUR", "007", 700),
    # spaces and apostrophes
    ("EUR", "1 234,56", 123_456),
    ("EUR", "1\u00a0234\u00a0567,5", 123_456_750),
    ("EUR", "1\u202f234,56", 123_456),
    ("EUR", "1\u2009234.56", 123_456),
    ("CHF", "1'234.50", 123_450),
    ("CHF", "CHF 1’234’567.50", 123_456_750),
    # India, China, Japan
    ("INR", "12,34,567.50", 123_456_750),
    ("INR", "₹1,00,000", 10_000_000),
    ("INR", "Rs. 1,234", 123_400),
    ("CNY", "12万", 12_000_000),
    ("CNY", "1.234万", 1_234_000),
    ("CNY", "1,5万", 1_500_000),
    ("CNY", "1,234万", 1_234_000_000),
    ("CNY", "12万3456.50", 12_345_650),
    ("CNY", "1亿2000万元", 12_000_000_000),
    ("CNY", "3千", 300_000),
    ("CNY", "5千万", 5_000_000_000),
    ("CNY", "12萬", 12_000_000),
    ("CNY", "12,3456.78", 12_345_678),
    ("CNY", "1,2345,6789", 1_234_567_890_0),
    ("CNY", "１２，０００", 1_200_000),
    ("CNY", "１２．５０", 1_250),
    ("CNY", "12。5", 1_250),
    ("CNY", "￥1,234.50", 123_450),
    ("CNY", "¥1,234.50", 123_450),
    ("CNY", "RMB 1,234.50", 123_450),
    ("CNY", "12块", 1_200),
    ("JPY", "JP¥1,234", 1_234),
    ("JPY", "¥１，２３４", 1_234),
    ("JPY", "1,234円", 1_234),
    ("JPY", "5.00", 5),
    # three decimals
    ("KWD", "1.234", 1_234),
    ("KWD", "1,234", 1_234_000),
    ("KWD", "1.234,567", 1_234_567),
    ("KWD", "0,123", 123),
    # signs
    ("EUR", "-5", -500),
    ("EUR", "−5", -500),
    ("EUR", "－５", -500),
    ("EUR", "–5", -500),
    ("EUR", "- 5", -500),
    ("EUR", "＋５", 500),
    ("EUR", "(1,234.50)", -123_450),
    ("EUR", "（５）", -500),
    ("EUR", "€-5", -500),
    ("EUR", "-€5", -500),
    ("EUR", "(€5)", -500),
    # currencies before and after, and what comes along with a paste
    ("EUR", "1.234,56 €", 123_456),
    ("EUR", "eur 12", 1_200),
    ("EUR", "12 EUR", 1_200),
    ("EUR", "\t12,50\n", 1_250),
    ("EUR", "\u202a12,50\u202c", 1_250),
    ("USD", "US$12", 1_200),
    ("HKD", "$12", 1_200),
    ("SEK", "1 234,50 kr", 123_450),
    ("AED", "١٢٣", 12_300),
]

MISPLACED = "neither"
TWO_WAYS = "can mean"
UNSURE = "more than one way"
DECIMALS = "more decimals than"
OTHER = "another currency"
NO_AMOUNT = "is not an amount"

REFUSED = [
    ("EUR", "1,,2", MISPLACED),
    ("EUR", "1,2.3", MISPLACED),
    ("EUR", "12 50", MISPLACED),
    ("EUR", "5,", MISPLACED),
    ("EUR", "1234,567", MISPLACED),
    ("EUR", "1,2345", MISPLACED),
    ("EUR", "12,34,567", MISPLACED),
    ("EUR", "0,123,456", MISPLACED),
    ("EUR", "1,234 567", MISPLACED),
    ("EUR", "1.234'567,5", MISPLACED),
    ("EUR", "1.2.3", MISPLACED),
    ("EUR", "1. 5", MISPLACED),
    ("EUR", "1234'56", MISPLACED),
    ("EUR", ",123,456", MISPLACED),
    ("EUR", "1,234,56", MISPLACED),
    ("INR", "1,2,345", MISPLACED),
    ("JPY", "417,26", MISPLACED),
    ("EUR", "1.234", TWO_WAYS),
    ("EUR", "1.000", TWO_WAYS),
    ("JPY", "12.500", TWO_WAYS),
    ("EUR", "1.2345", DECIMALS),
    ("EUR", "1,234.567", DECIMALS),
    ("EUR", "0.123", DECIMALS),
    ("KWD", "1.2345", DECIMALS),
    ("JPY", "1.5", DECIMALS),
    ("CNY", "1.23456789万", DECIMALS),
    ("CNY", "3万5", UNSURE),
    ("CNY", "12万345", UNSURE),
    ("CNY", "1.5亿2000万", UNSURE),
    ("CNY", "1.5万5000", UNSURE),
    ("CNY", "1万2亿", UNSURE),
    ("CNY", "1亿20000万", UNSURE),
    ("EUR", "$5", OTHER),
    ("EUR", "¥1,234.50", OTHER),
    ("USD", "12 EUR", OTHER),
    ("CNY", "5美元", OTHER),
    ("HKD", "US$5", OTHER),
    *(
        ("EUR", text, NO_AMOUNT)
        for text in (
            *("", " ", ".", ",", "abc", "1e5", "NaN", "--5", "1-2", "5-", "-(5)", "(5", "=1+1"),
            *("5²", "①", "⑴", "½", "万", "12万万", "0x10", "1_000", "12\t345", "12k"),
        )
    ),
]


@pytest.mark.parametrize(("code", "text", "minor"), READ)
def test_an_amount_is_read_as_it_is_meant(code: str, text: str, minor: int) -> None:
    assert parse_amount(text, money(code)) == minor


@pytest.mark.parametrize(("code", "text", "why"), REFUSED)
def test_what_cannot_be_sure_is_refused_with_the_reason(code: str, text: str, why: str) -> None:
    with pytest.raises(BadInput, match=why):
        parse_amount(text, money(code))


@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.parametrize("text", ["1,,2", "12 50", "1.234", "3万5", "$5", "1.2345", "x"])
def test_each_reason_is_said_in_both_languages_and_shows_what_was_typed(
    language: str, text: str
) -> None:
    with pytest.raises(BadInput) as refused:
        parse_amount(text, currency_of("EUR"))
    said = words_for(language).tell(refused.value.message)
    assert f"“{text}”" in said
    assert said[:1] == said[:1].upper(), "it stands alone below its field"
    assert (language == "zh_CN") is (said != str(refused.value))


@given(
    st.integers(-(10**14), 10**14),
    st.sampled_from(sorted(CURRENCIES)),
    st.sampled_from(["en", "zh_CN"]),
)
def test_what_we_write_we_read_back(minor: int, code: str, language: str) -> None:
    words, currency = words_for(language), currency_of(code)
    shown = (words.money(minor, code), words.money(minor, code, sign=False))
    for text in (*shown, words.round_money(minor, code), f"({words.money(abs(minor), code)})"):
        read = parse_amount(text, currency)
        assert abs(read) == abs(minor) if text.startswith("(") else read == minor


@given(st.integers(0, 10**14), st.sampled_from([".", " ", "'", "\u202f", "’"]))
def test_what_others_write_is_read_with_a_decimal_comma(minor: int, mark: str) -> None:
    whole, part = divmod(minor, 100)
    assert parse_amount(f"{whole:,}".replace(",", mark) + f",{part:02d}", money("EUR")) == minor


@given(st.text(alphabet="0123456789., '-()€", max_size=14))
def test_no_figure_is_dropped_and_the_last_separator_keeps_its_place(text: str) -> None:
    try:
        minor = parse_amount(text, money("EUR"))
    except BadInput:
        return
    figures = "".join(each for each in text if each.isdecimal())
    found = re.search(r"[.,]([0-9]{1,2})[^0-9]*$", text)
    decimals = len(found[1]) if found else 0
    has_more = re.search(r"[.][0-9]{3,}[^0-9]*$", text)
    assert abs(minor) == int(figures) * 10 ** (2 - decimals) or has_more


@pytest.mark.parametrize("text", ["9" * 40, "9" * 40 + "万5", "1." + "0" * 40, "1,234," * 9])
def test_endless_figures_are_refused(text: str) -> None:
    for read in (lambda typed: parse_amount(typed, money("CNY")), read_percent, read_whole):
        with pytest.raises(BadInput, match="too many figures"):
            read(text)


# percentages and whole numbers


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("14,6", "14.6"),
        ("0,05 %", "0.05"),
        ("0,035", "0.035"),
        ("4.125", "4.125"),
        ("１４．６％", "14.6"),
        ("1,2345", "1.2345"),
        ("4,125", "4.125"),  # no rate reaches a thousand
        ("−3,5%", "-3.5"),
    ],
)
def test_a_percentage_is_read_with_either_decimal_mark(text: str, value: str) -> None:
    assert read_percent(text) == Decimal(value)


@pytest.mark.parametrize(
    ("text", "why"),
    [("1,,2", MISPLACED), ("1 5", MISPLACED), ("5%%", "not a percentage")],
)
def test_a_percentage_that_is_not_sure_is_refused(text: str, why: str) -> None:
    with pytest.raises(BadInput, match=why):
        read_percent(text)


@given(st.decimals(0, 1000, places=4), st.sampled_from(["en", "zh_CN"]))
def test_a_percentage_that_we_write_we_read_back(value: Decimal, language: str) -> None:
    assert read_percent(words_for(language).percent(value)) == value


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("1,5", MISPLACED),
        ("1 2", MISPLACED),
        ("1.000", TWO_WAYS),
        ("1.5", "not a whole number"),
        ("1000000000", "not a whole number"),
    ],
)
def test_a_whole_number_has_its_separators_where_they_can_stand(text: str, why: str) -> None:
    assert read_whole("1,000") == 1000
    with pytest.raises(BadInput, match=why):
        read_whole(text)
