"""Amounts in capital numerals, against the examples of the payment rules and counted by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backstop.telling.languages.capitals import capital_numerals

FIGURES = {figure: value for value, figure in enumerate("零壹贰叁肆伍陆柒捌玖")}
UNITS = {"拾": 10, "佰": 100, "仟": 1000}


@pytest.mark.parametrize(
    ("minor", "words"),
    [
        (0, "零元整"),
        (1, "壹分"),
        (10, "壹角整"),
        (105, "壹元零伍分"),
        (1_000, "壹拾元整"),
        (140_950, "壹仟肆佰零玖元伍角整"),  # 支付结算办法, annex 1
        (600_714, "陆仟零柒元壹角肆分"),
        (168_032, "壹仟陆佰捌拾元叁角贰分"),
        (1_640_902, "壹万陆仟肆佰零玖元零贰分"),
        (32_504, "叁佰贰拾伍元零肆分"),
        (1_050_000, "壹万零伍佰元整"),
        (10_000_000, "壹拾万元整"),
        (10_000_001_000, "壹亿零壹拾元整"),
        (1_000_100_000_000, "壹佰亿零壹佰万元整"),
        (10**14, "壹万亿元整"),
        (-2_500, "负贰拾伍元整"),
    ],
)
def test_amounts_are_written_as_the_rules_say(minor: int, words: str) -> None:
    assert capital_numerals(minor, "CNY") == "人民币" + words


def test_currencies_have_their_chinese_name_or_no_such_form() -> None:
    assert capital_numerals(1_200, "JPY") == "日元壹仟贰佰元整"
    assert capital_numerals(1_200, "HKD") == "港币壹拾贰元整"
    assert capital_numerals(1_200, "CZK") == ""


@given(st.integers(0, 10**14))
def test_what_is_written_reads_back_as_the_amount(minor: int) -> None:
    text = capital_numerals(minor, "CNY").removeprefix("人民币").removesuffix("整")
    assert read(text) == minor
    assert "零零" not in text


def read(text: str) -> int:
    """The amount in fen that a form says: an independent reading, from the left."""
    whole, _, rest = text.partition("元") if "元" in text else ("", "", text)
    fen = 0
    for figure, unit in zip(rest.lstrip("零")[::2], rest.lstrip("零")[1::2], strict=False):
        fen += FIGURES[figure] * {"角": 10, "分": 1}[unit]
    return 100 * _yuan(whole) + fen


def _yuan(text: str) -> int:
    if "亿" in text:
        head, _, rest = text.rpartition("亿")
        return _yuan(head) * 10**8 + _yuan(rest)
    if "万" in text:
        head, _, rest = text.partition("万")
        return _yuan(head) * 10**4 + _yuan(rest)
    total, figure = 0, 0
    for character in text:
        if character in UNITS:
            total += figure * UNITS[character]
            figure = 0
        else:
            figure = FIGURES[character]
    return total + figure
