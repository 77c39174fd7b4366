"""Each language writes money, days and sentences its own way."""

import re
from datetime import date
from decimal import Decimal

import pytest

from backstop.domain import (
    Account,
    FacilityKind,
    FieldName,
    Message,
    Money,
    Priority,
    RepaymentMethod,
    message,
)
from backstop.domain import kinds as kinds_module
from backstop.telling import LANGUAGES, Words, words_for
from backstop.telling.labels import ENUM_LABELS, field_labels

ENGLISH, CHINESE = words_for("en"), words_for("zh_CN")
DAY = date(2026, 1, 5)
SENTENCES_WITH_FIELDS = [
    text
    for text in CHINESE.translations
    if re.search(r"{(first_)?field}", text) and "{field}” is written twice" not in text
]


@pytest.mark.parametrize(
    ("asked", "language"),
    [
        ("en", "en"),
        ("en_GB.UTF-8", "en"),
        ("zh_CN", "zh_CN"),
        ("zh-CN", "zh_CN"),
        ("zh_TW", "zh_CN"),
        ("zh", "zh_CN"),
        ("C", "en"),
        ("", "en"),
        ("fr_FR", "en"),
    ],
)
def test_a_language_falls_back_on_its_relatives_then_on_english(asked: str, language: str) -> None:
    assert words_for(asked).language.code == language
    assert language in LANGUAGES


@pytest.mark.parametrize(
    ("minor", "currency", "text"),
    [
        (123_456, "CNY", "¥1,234.56"),
        (-5, "CNY", "−¥0.05"),
        (123_456, "JPY", "JP¥123,456"),
        (10**14, "EUR", "€1,000,000,000,000.00"),
    ],
)
def test_money_has_its_sign_its_commas_and_a_true_minus(
    minor: int, currency: str, text: str
) -> None:
    assert ENGLISH.money(minor, currency) == CHINESE.money(minor, currency) == text
    assert ENGLISH.shown(Money(minor, currency)) == text


def test_round_money_leaves_zeros_out() -> None:
    assert ENGLISH.round_money(123_400, "CNY") == "¥1,234"
    assert ENGLISH.round_money(123_450, "CNY") == "¥1,234.50"
    assert ENGLISH.round_money(500, "JPY") == "JP¥500"


def test_days_are_written_as_each_language_does() -> None:
    assert (ENGLISH.day(DAY), CHINESE.day(DAY)) == ("5 Jan 2026", "2026年1月5日")
    assert (ENGLISH.short_day(DAY), CHINESE.short_day(DAY)) == ("5 Jan", "1月5日")
    assert (ENGLISH.month(DAY), CHINESE.month(DAY)) == ("Jan 2026", "2026年1月")


@pytest.mark.parametrize(
    ("value", "text"),
    [("14.60", "14.6"), ("0.0400", "0.04"), ("1E+2", "100"), ("0", "0"), ("100", "100")],
)
def test_decimals_lose_only_zeros_that_mean_nothing(value: str, text: str) -> None:
    assert ENGLISH.number(Decimal(value)) == text


def test_values_in_a_sentence_are_put_into_its_language() -> None:
    said = message(
        "{field} in “{name}”: {problem}",
        field=FieldName("limit"),
        name="借呗",
        problem=Message("this is too long. Use at most {most} characters.", {"most": 5}),
    )
    assert ENGLISH.tell(said).startswith("“Credit limit” in “借呗”: this is too long.")
    assert CHINESE.tell(said) == "“借呗”的“授信额度”：内容太长。最多 5 个字符。"


@pytest.mark.parametrize("words", [ENGLISH, CHINESE], ids=lambda words: words.language.code)
@pytest.mark.parametrize("sentence", SENTENCES_WITH_FIELDS)
def test_a_label_stands_quoted_in_a_sentence_and_repeats_none_of_its_words(
    words: Words, sentence: str
) -> None:
    for name in field_labels():
        values = dict.fromkeys(re.findall(r"{(\w+)}", sentence), "7")
        field = next(each for each in values if each.endswith("field"))
        said = words.say(sentence, **{**values, field: FieldName(name)})
        assert f"“{words.field(name)}”" in said
        assert not re.search(r"\b([^\W\d]+)\W+\1\b", said, re.IGNORECASE), said
        assert not re.search("““|的的", said)


def test_a_field_that_backstop_does_not_know_is_named_as_it_stands() -> None:
    assert ENGLISH.shown(FieldName("{zz}")) == CHINESE.shown(FieldName("{zz}")) == "“{zz}”"


def test_braces_in_values_are_only_text() -> None:
    assert ENGLISH.say("change “{name}”", name="{x} {0} {") == "change “{x} {0} {”"


def test_counting_says_one_and_many() -> None:
    assert ENGLISH.count(1, "{n} day", "{n} days") == "1 day"
    assert ENGLISH.count(2, "{n} day", "{n} days") == "2 days"


@pytest.mark.parametrize(
    ("parts", "english", "chinese"),
    [
        ([], "", ""),
        (["a"], "a", "a"),
        (["a", "b"], "a and b", "a和b"),
        (["a", "b", "c"], "a, b and c", "a、b和c"),
    ],
)
def test_lists_are_joined_as_each_language_does(
    parts: list[str], english: str, chinese: str
) -> None:
    assert ENGLISH.listing(parts) == english
    assert CHINESE.listing(parts) == chinese


def test_every_member_of_every_kind_has_a_label() -> None:
    for kind, labels in ENUM_LABELS.items():
        assert set(labels) == {member.name for member in kind}
        assert all(ENGLISH.label(member) and CHINESE.label(member) for member in kind)
    defined = {value for value in vars(kinds_module).values() if isinstance(value, type)}
    assert {k for k in defined if k.__module__ == kinds_module.__name__} == set(ENUM_LABELS)


def test_members_equal_as_text_keep_their_own_labels() -> None:
    assert CHINESE.label(FacilityKind.OTHER) == "其他来源"
    assert CHINESE.shown(RepaymentMethod.ANNUITY) == "等额本息"
    assert CHINESE.shown(Priority.MUST) == "必须支付"
    assert CHINESE.shown(Account(id="a", name="b").kind) == "银行账户"


def test_yes_no_and_percentages() -> None:
    assert (CHINESE.shown(True), ENGLISH.shown(False)) == ("是", "no")
    assert (CHINESE.percent(Decimal("6.50")), ENGLISH.percent(Decimal(7))) == ("6.5%", "7 %")
