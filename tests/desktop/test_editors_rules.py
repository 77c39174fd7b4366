"""Recurrence rules in words of both languages."""

from datetime import date
from typing import Any

import pytest

from backstop.desktop.cash_flow.words import payment_words, receipt_words
from backstop.domain import Adjustment, CashFlow, Direction, Repeat
from backstop.telling import words_for
from backstop.telling.rules import rule_in_words, short_rule

FIRST = date(2027, 1, 10)


def rule(**fields: Any) -> CashFlow:
    values: dict[str, Any] = {"first_date": FIRST, "direction": Direction.PAYMENT, "amount": 10_000}
    return CashFlow(id="rule", name="Rule", **{**values, **fields})


@pytest.mark.parametrize(
    ("fields", "english", "chinese"),
    [
        ({}, "once", "一次"),
        ({"repeat": Repeat.DAYS}, "every day", "每天"),
        ({"repeat": Repeat.DAYS, "every": 3}, "every 3 days", "每 3 天"),
        ({"repeat": Repeat.WEEKS}, "every week on Sunday", "每周日"),
        ({"repeat": Repeat.WEEKS, "every": 2}, "every 2 weeks on Sunday", "每 2 周一次，周日"),
        ({"repeat": Repeat.MONTHS}, "every month on the 10th", "每月10日"),
        (
            {"repeat": Repeat.MONTHS, "every": 3},
            "every 3 months on the 10th",
            "每 3 个月一次，10日",
        ),
        (
            {"repeat": Repeat.MONTHS, "last_day_of_month": True},
            "every month on the last day",
            "每月最后一天",
        ),
        (
            {"repeat": Repeat.MONTHS, "first_date": date(2027, 1, 31)},
            "every month on the 31st, or the last day of a shorter month",
            "每月31日（当月没有这一天则为最后一天）",
        ),
        ({"repeat": Repeat.YEARS}, "every year on 10 January", "每年1月10日"),
        ({"repeat": Repeat.MONTHS, "count": 1}, "once", "一次"),
    ],
)
def test_how_often_a_rule_falls(fields: dict[str, Any], english: str, chinese: str) -> None:
    assert short_rule(rule(**fields), words_for("en")) == english
    assert short_rule(rule(**fields), words_for("zh_CN")) == chinese


@pytest.mark.parametrize(
    ("fields", "english", "chinese"),
    [
        ({}, "once, on 10 Jan 2027", "一次，2027年1月10日"),
        (
            {"repeat": Repeat.MONTHS, "until": date(2027, 12, 31)},
            "every month on the 10th, from 10 Jan 2027 until 31 Dec 2027",
            "每月10日，从2027年1月10日到2027年12月31日",
        ),
        (
            {"repeat": Repeat.DAYS, "count": 12},
            "every day, 12 times from 10 Jan 2027",
            "每天，从2027年1月10日起共 12 次",
        ),
        (
            {"repeat": Repeat.DAYS, "count": 12, "until": date(2027, 1, 15)},
            "every day, 12 times from 10 Jan 2027, but not after 15 Jan 2027",
            "每天，从2027年1月10日起共 12 次，最迟到2027年1月15日",
        ),
        (
            {"repeat": Repeat.MONTHS, "adjustment": Adjustment.PRECEDING},
            (
                "every month on the 10th, from 10 Jan 2027; "
                "when banks are closed, on the working day before"
            ),
            "每月10日，从2027年1月10日起；遇休息日提前至上一个工作日",
        ),
    ],
)
def test_the_whole_rule(fields: dict[str, Any], english: str, chinese: str) -> None:
    assert rule_in_words(rule(**fields), words_for("en")) == english
    assert rule_in_words(rule(**fields), words_for("zh_CN")) == chinese


def test_ordinals_and_months() -> None:
    english, chinese = (words_for(each).language for each in ("en", "zh_CN"))
    said = [english.ordinal(day) for day in (1, 2, 3, 4, 11, 12, 13, 21, 31)]
    assert said == ["1st", "2nd", "3rd", "4th", "11th", "12th", "13th", "21st", "31st"]
    assert english.full_month(FIRST) == "January 2027"
    assert chinese.full_month(FIRST) == "2027年1月"


def test_how_a_payment_gives_way_and_how_sure_a_receipt_is() -> None:
    english, chinese = words_for("en"), words_for("zh_CN")
    payment = rule(deferrable_days=14, cuttable_percent=20)
    assert payment_words(payment, english) == (
        "It is important, and gives way only to what must be paid. "
        "It can be put off by up to 14 days. It can be cut by 20 %."
    )
    receipt = rule(direction=Direction.RECEIPT, usual_lateness_days=1, haircut_percent=10)
    assert receipt_words(receipt, english, "CNY") == (
        "Expected one day after its date; of it, ¥90 is counted on."
    )
    assert receipt_words(receipt, chinese, "CNY") == "预计比约定日期晚 1 天到账，其中按 ¥90 计算。"
