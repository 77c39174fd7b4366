"""The catalogue: each template makes a facility, and says of every value where it comes from."""

import re
from datetime import date

import pytest

from backstop.domain import Book, Facility, FacilityKind, Measure, MeasureKind, RepaymentMethod
from backstop.projection import draw_schedule
from backstop.services.catalogue import (
    AnyTemplate,
    MeasureTemplate,
    Template,
    facility_from,
    measure_template,
    measure_templates,
    measure_values,
    products,
    provenance_of,
    templates_for,
)
from backstop.telling import words_for

NAMES = (
    "借呗 花呗 信用卡 网商贷 微粒贷 京东白条 京东金条 度小满 "
    "美团月付 银行经营贷 税贷 保理 票据贴现 典当 亲友借款"
)
ENGLISH, CHINESE = words_for("en"), words_for("zh_CN")
BY_ID = {each.id: each for market in ("china", "general") for each in products(market)}
TEMPLATES = pytest.mark.parametrize("chosen", BY_ID.values(), ids=lambda each: each.id)
BEGINNINGS = pytest.mark.parametrize("chosen", measure_templates(), ids=lambda each: each.id)
ALL = pytest.mark.parametrize(
    "chosen", [*BY_ID.values(), *measure_templates()], ids=lambda each: each.id
)


def book(currency: str, country: str = "") -> Book:
    return Book(title="Mine", as_of=date(2026, 11, 30), currency=currency, country=country)


def test_the_usual_products_are_there() -> None:
    chinese = templates_for(book("CNY"))
    assert set(NAMES.split()) <= {CHINESE.say(each.name) for each in chinese}
    assert len({each.id for each in chinese}) == len(chinese)


def test_a_book_that_is_not_chinese_is_offered_ten_general_products() -> None:
    assert [each.name for each in templates_for(book("USD", "US"))] == [
        "Credit card",
        "Arranged overdraft",
        "Bank line of credit",
        "Term loan",
        "Home-equity line",
        "Pay in four",
        "Merchant cash advance",
        "Platform working capital",
        "Invoice factoring",
        "Family and friends",
    ]
    assert templates_for(book("EUR", "CN")) == templates_for(book("CNY", ""))


def test_general_products_hold_nothing_chinese_and_say_when_they_were_looked_up() -> None:
    for chosen in templates_for(book("GBP", "GB")):
        assert not re.search(r"[\u4e00-\u9fff]|China", repr(chosen))
        assert chosen.looked_up == date(2026, 11, 30)


def test_no_lender_is_named_who_may_be_another() -> None:
    """Which bank funds Jiebei or Huabei stands in the owner's contract alone."""
    assert not any("蚂蚁" in repr(chosen) for chosen in BY_ID.values())


@TEMPLATES
def test_a_template_makes_a_facility_that_is_not_yet_counted_on(chosen: Template) -> None:
    facility = facility_from(chosen, "line", CHINESE)
    assert (facility.id, facility.name, facility.kind) == (
        "line",
        CHINESE.say(chosen.name),
        chosen.kind,
    )
    assert facility.limit == 0
    assert facility.last_verified is None
    assert not facility.committed
    assert facility_from(chosen, "line", ENGLISH).name == chosen.name


def test_every_kind_of_measure_has_a_beginning() -> None:
    assert {each.kind for each in measure_templates()} == set(MeasureKind)
    assert len({each.id for each in measure_templates()}) == len(measure_templates())


@BEGINNINGS
def test_a_beginning_leaves_amount_and_target_to_the_owner(chosen: MeasureTemplate) -> None:
    assert measure_values(chosen).keys() == chosen.values.keys()
    assert not {"amount", "target", "name"} & chosen.values.keys()
    assert measure_template(chosen.id) is chosen


@ALL
def test_every_value_has_its_date_its_source_and_how_sure_we_are(chosen: AnyTemplate) -> None:
    kind = Facility if isinstance(chosen, Template) else Measure
    assert set(chosen.values) == set(chosen.provenance)
    assert set(chosen.values) <= set(kind.__struct_fields__)
    assert all(re.fullmatch(r"20\d\d-\d\d", each.as_of) for each in chosen.provenance.values())


@ALL
def test_notes_are_in_both_languages_and_point_nowhere(chosen: AnyTemplate) -> None:
    for english in (chosen.note, *(each.note for each in chosen.provenance.values())):
        chinese = CHINESE.say(english)
        assert bool(english) == (chinese != english)
        assert not re.search(r"https?:|www\.|\.(com|cn)\b", english + chinese)
        assert not english or english.endswith(".")
        assert not chinese or chinese.endswith("。")


def test_pay_later_lines_pay_purchases_by_statement_or_in_four() -> None:
    later = [each for each in BY_ID.values() if each.kind is FacilityKind.PAY_LATER]
    lines = {each.id: facility_from(each, "line", ENGLISH) for each in later}
    in_four = lines.pop("pay-in-4")
    made = draw_schedule(in_four, 10_000, date(2026, 3, 1), in_four.periods)
    assert [((each.due - date(2026, 3, 1)).days, each.total) for each in made] == [
        (0, 2_500),
        (14, 2_500),
        (28, 2_500),
        (42, 2_500),
    ]
    assert len(lines) >= 3
    assert in_four.purchases_only
    assert all(each.purchases_only for each in lines.values())
    assert {each.method for each in lines.values()} == {RepaymentMethod.STATEMENT_CYCLE}


def test_where_a_value_comes_from_is_said_in_the_owners_language() -> None:
    jiebei = BY_ID["jiebei"]
    assert provenance_of(jiebei, "rate_percent", ENGLISH).startswith(
        "Typical: as of 2025-04, calculated from a source, fairly sure. About the middle of"
    )
    assert provenance_of(jiebei, "rate_percent", CHINESE).startswith(
        "典型值：数据截至 2025-04，由来源数据推算，可信度中。取每日"
    )
    assert provenance_of(jiebei, "limit", CHINESE) == ""
    assert provenance_of(BY_ID["card"], "rate_percent", ENGLISH).startswith(
        "Typical: as of 2026-02, looked up on 30 Nov 2026, seen in a source, quite sure."
    )
