"""What a loss is called at the head of a sentence, and when a day carries its year."""

from dataclasses import replace

import pytest

from backstop.contingency import Bounced, Contingency, ContingencyKind, Obligation
from backstop.contingency.applying import applied
from backstop.contingency.identity import OfRecord
from backstop.contingency.presets import BY_KEY
from backstop.domain import LossMode, Priority, SavedContingency
from backstop.projection import FlowKind
from backstop.telling import Narrator, Words
from backstop.telling.phrases import (
    condition,
    dated_names,
    first_day,
    listed,
    names_of,
)
from printed import EN, ZH
from unit.test_report_book import answers, shop

SINGLE, GROUP = ContingencyKind.SINGLE, ContingencyKind.GROUP
LIMIT_CUT = EN.label(LossMode.LIMIT_CUT)
FROZEN = EN.label(LossMode.ACCOUNT_FROZEN)


def said(contingency: Contingency, words: Words = EN, *, dated: bool = False) -> str:
    case = SavedContingency(id="squeeze", name="Spring squeeze", targets=("jiebei",))
    loss = answers().loss("jiebei")
    loss = replace(loss, outcome=replace(loss.outcome, contingency=contingency))
    return condition(loss, Narrator(shop().put(case), words), dated=dated)


def preset(key: str) -> Contingency:
    found = applied(shop(), BY_KEY[key], "jiebei")
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("contingency", "begins"),
    [
        (Contingency(OfRecord("jiebei"), SINGLE, ("jiebei",)), "If Jiebei closes"),
        (
            Contingency(OfRecord("alipay"), GROUP, ("jiebei", "huabei")),
            "If everything in Jiebei closes",
        ),
        (Contingency(OfRecord("jiebei+backup"), GROUP, ("jiebei", "backup")), "With Jiebei lost"),
        (Contingency(OfRecord("squeeze"), GROUP, ("jiebei",)), "In the case “Jiebei”"),
        (Contingency(OfRecord("cash"), SINGLE, ("cash",)), f"In the case “{FROZEN}” (Jiebei)"),
        (
            Contingency(OfRecord("jiebei"), SINGLE, ("jiebei",), mode=LossMode.LIMIT_CUT),
            f"In the case “{LIMIT_CUT}” (Jiebei)",
        ),
        (
            Contingency(OfRecord("jiebei"), SINGLE, ("jiebei",), mode=LossMode.FREEZE),
            "If Jiebei closes",
        ),
        (preset("review_cut"), "In the case “credit re-assessment, limit cut” (Jiebei)"),
        (replace(preset("review_cut"), cut_percent=30), f"In the case “{LIMIT_CUT}” (Jiebei)"),
        (preset("credit_review"), "If Jiebei closes"),
    ],
)
def test_each_kind_of_loss_has_its_words(contingency: Contingency, begins: str) -> None:
    link = "from" if begins.startswith("In the case") else "on"
    later = replace(contingency, loss_day=10)
    assert said(contingency) == f"{begins} {'from ' if link == 'from' else ''}today"
    assert said(later) == f"{begins} {link} 1 December"
    assert said(contingency, dated=True) == f"{begins} {link} 21 Nov 2026"
    assert "今天" in said(contingency, ZH)
    assert "12月1日" in said(later, ZH)


@pytest.mark.parametrize("words", [EN, ZH], ids=lambda words: words.language.code)
def test_a_day_carries_its_year_from_where_it_could_be_mistaken(words: Words) -> None:
    narrator = Narrator(shop(), words)
    for said in (narrator.on_day, narrator.brief_day):
        assert "2027" not in said(329)
        assert "2027" in said(330)


def bounced(name: str, day: int, missed: int, priority: Priority) -> Bounced:
    return Bounced(Obligation(name, name, FlowKind.PAYMENT, priority, day, 500), missed)


def test_payments_are_named_by_importance_then_size_each_once() -> None:
    found = [
        bounced("snacks", 3, 400, Priority.CAN_GO),
        bounced("rent", 3, 100, Priority.MUST),
        bounced("wages", 3, 300, Priority.MUST),
        bounced("rent", 9, 50, Priority.MUST),
    ]
    assert names_of(found, Narrator(shop(), EN)) == ["wages", "rent", "snacks"]
    assert [each.missed for each in first_day(found)] == [400, 100, 300]
    assert first_day([]) == []
    assert dated_names(found, Narrator(shop(), EN)) == "wages, rent and snacks on 24 November"
    today = [bounced("rent", 0, 100, Priority.MUST)]
    assert dated_names(today, Narrator(shop(), EN), 0) == "rent due today"
    assert dated_names(today, Narrator(shop(), EN)) == "rent on 21 November"


def test_one_name_too_many_is_named_and_two_are_counted() -> None:
    assert listed(["a", "b", "c"], EN) == "a, b and c"
    assert listed(["a", "b", "c", "d"], EN) == "a, b and 2 other payments"
    assert listed(["a", "b", "c", "d"], ZH).startswith("a、b")
