"""The catalogue: each template makes a facility, and says of every value where it comes from."""

import re
from datetime import date

import pytest

from backstop.domain import Facility, FacilityKind, Measure, MeasureKind, RepaymentMethod
from backstop.projection import draw_schedule
from backstop.services.catalogue import (
    AnyTemplate,
    MeasureTemplate,
    Template,
    facility_from,
    measure_template,
    measure_templates,
    measure_values,
    provenance_of,
    template,
    templates,
)
from backstop.telling import words_for

NAMES = (
    "借呗 花呗 信用卡 网商贷 微粒贷 京东白条 京东金条 度小满 "
    "美团月付 银行经营贷 税贷 保理 票据贴现 典当 亲友借款"
)
ENGLISH, CHINESE = words_for("en"), words_for("zh_CN")
TEMPLATES = pytest.mark.parametrize("chosen", templates(), ids=lambda each: each.id)
BEGINNINGS = pytest.mark.parametrize("chosen", measure_templates(), ids=lambda each: each.id)
ALL = pytest.mark.parametrize(
    "chosen", [*templates(), *measure_templates()], ids=lambda each: each.id
)


def test_the_usual_products_are_there() -> None:
    assert set(NAMES.split()) <= {CHINESE.say(each.name) for each in templates()}
    assert len({each.id for each in templates()}) == len(templates())


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
    later = [each for each in templates() if each.kind is FacilityKind.PAY_LATER]
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
    assert provenance_of(template("jiebei"), "rate_percent", ENGLISH).startswith(
        "As of 2025-04, calculated from a source, fairly sure. About the middle of"
    )
    assert provenance_of(template("jiebei"), "rate_percent", CHINESE).startswith(
        "数据截至 2025-04，由来源数据推算，可信度中。取每日"
    )
    assert provenance_of(template("jiebei"), "limit", CHINESE) == ""
