"""What a loss is called at the head of a sentence, and when a day carries its year."""

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest

from backstop.contingency import (
    Bounced,
    Contingency,
    ContingencyKind,
    Obligation,
    low_under,
    nothing_lost,
    outcomes,
)
from backstop.contingency.applying import applied
from backstop.contingency.identity import Basis, Caused, Identity, OfRecord, Shared
from backstop.contingency.presets import BY_KEY
from backstop.domain import (
    Direction,
    Facility,
    LossMode,
    PlannedDraw,
    Priority,
    SavedContingency,
)
from backstop.plan import Loss
from backstop.projection import FlowKind, project
from backstop.services.samples import load_sample
from backstop.telling import Narrator, Words
from backstop.telling.happenings import condition, frozen_draws, heading
from backstop.telling.phrases import (
    dated_names,
    first_day,
    listed,
    names_of,
)
from printed import EN, ZH
from unit.test_report_book import answers, shop

SINGLE, GROUP = ContingencyKind.SINGLE, ContingencyKind.GROUP


def told(contingency: Contingency, words: Words = EN) -> tuple[Loss, Narrator]:
    case = SavedContingency(id="squeeze", name="Spring squeeze", targets=("jiebei",))
    loss = answers().loss("jiebei")
    loss = replace(loss, outcome=replace(loss.outcome, contingency=contingency))
    book = shop().put(case)
    ends = book.as_of + timedelta(days=20)
    return loss, Narrator(book.put(book.by_id["backup"].changed(contract_until=ends)), words)


def said(contingency: Contingency, words: Words = EN, *, dated: bool = False) -> str:
    loss, narrator = told(contingency, words)
    return condition(loss, narrator, dated=dated)


def preset(key: str) -> Contingency:
    found = applied(shop(), BY_KEY[key], "jiebei")
    assert found is not None
    return found


def going(mode: LossMode, line: str = "jiebei") -> Contingency:
    return Contingency(OfRecord(line), SINGLE, (line,), mode=mode)


def receipts(identity: Identity, cut: int | None = None, late: int = 0) -> Contingency:
    mode = LossMode.RECEIPTS_LATE if late else LossMode.RECEIPTS_CUT
    sales = next(each.id for each in shop().cash_flows if each.direction is Direction.RECEIPT)
    return Contingency(identity, GROUP, (sales,), mode=mode, cut_percent=cut, late_days=late)


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
        (Contingency(OfRecord("cash"), SINGLE, ("cash",)), "If the account Jiebei is frozen"),
        (going(LossMode.LIMIT_CUT), "If the limit of Jiebei is cut by 50 %"),
        (going(LossMode.CALL), "If Jiebei is called in"),
        (replace(going(LossMode.FREEZE), duration_days=1), "If Jiebei is frozen for one day"),
        (going(LossMode.FREEZE), "If Jiebei is frozen for 30 days"),
        (preset("review_cut"), "If the limit of Jiebei is cut by 50 %"),
        (replace(preset("review_cut"), cut_percent=30), "If the limit of Jiebei is cut by 30 %"),
        (preset("temporary_drop"), "If the limit of Jiebei is cut by 50 % for 30 days"),
        (preset("credit_review"), "If Jiebei closes"),
        (receipts(Shared(Basis.CUSTOMER, "Ann"), 100), "If nothing comes from Ann"),
        (receipts(Shared(Basis.CUSTOMER, "Ann"), 40), "If all from Ann comes 40 % lower"),
        (receipts(Shared(Basis.CUSTOMER, "Ann"), late=9), "If all from Ann comes 9 days late"),
        (receipts(Caused("customer_late", "Ann"), late=1), "If all from Ann comes one day late"),
        (receipts(OfRecord("sales"), 100), "If nothing comes of Jiebei"),
        (receipts(Caused("receipts_75", ""), 25), "If Jiebei comes 25 % lower"),
        (receipts(Caused("receipts_30_late", ""), late=30), "If Jiebei comes 30 days late"),
        (receipts(Caused("receipts_75", ""), 100), "In the case “receipts cut” (Jiebei)"),
        (receipts(Caused("risky_customers", "high"), 100), "If nothing comes from Jiebei"),
    ],
)
def test_each_kind_of_loss_has_its_words(contingency: Contingency, begins: str) -> None:
    later = replace(contingency, loss_day=10)

    def on(today: str, day: str) -> str:
        if begins.startswith(("If nothing", "If all", "If Jiebei comes")):
            return begins.replace("If ", f"If from {day or today} ", 1)
        linked = begins.startswith(("In the case", "If Jiebei is frozen"))
        linked = linked or begins.endswith(" days")
        return (
            f"{begins} {'from' if linked else 'on'} {day}"
            if day
            else (f"{begins} {'from ' if linked else ''}{today}")
        )

    assert said(contingency) == on("today", "")
    assert said(later) == on("", "1 December")
    assert said(contingency, dated=True) == on("", "21 Nov 2026")
    assert "今天" in said(contingency, ZH)
    assert "12月1日" in said(later, ZH)


@pytest.mark.parametrize(
    ("mode", "english", "chinese"),
    [
        (
            LossMode.NO_RENEWAL,
            "If Jiebei is not renewed on 11 December",
            "如果Jiebei在12月11日到期不续贷",
        ),
        (
            LossMode.REDUCED_RENEWAL,
            "If Jiebei is renewed with 50 % less on 11 December",
            "如果Jiebei在12月11日续贷时减少 50%",
        ),
    ],
)
def test_a_renewal_fails_on_the_day_the_contract_ends(
    mode: LossMode, english: str, chinese: str
) -> None:
    lost = going(mode, "backup")
    assert (said(lost), said(lost, ZH)) == (english, chinese)
    assert said(replace(lost, loss_day=30)).endswith("on 21 December")


@pytest.mark.parametrize(
    ("cause", "english", "chinese"),
    [
        ("supplier_dispute", "Jiebei asks today for all that is owed", "Jiebei今天要求结清欠款"),
        ("advanced_by_staff", "Jiebei asks today for what was advanced", "Jiebei今天要求归还垫款"),
        ("called_early", "Jiebei is called in today", "Jiebei今天被提前收回"),
    ],
)
def test_who_is_no_lender_calls_no_loan(cause: str, english: str, chinese: str) -> None:
    lost = replace(going(LossMode.CALL), identity=Caused(cause, "jiebei"))
    assert said(lost) == f"If {english}"
    assert said(lost, ZH) == f"如果{chinese}"


def test_a_page_is_headed_by_what_happens_without_its_day() -> None:
    def headed(contingency: Contingency) -> str:
        return heading(*told(contingency))

    assert headed(going(LossMode.NO_RENEWAL, "backup")) == "If Jiebei is not renewed"
    assert headed(Contingency(OfRecord("squeeze"), GROUP, ("jiebei",))) == "In the case “Jiebei”"
    assert headed(receipts(Shared(Basis.CUSTOMER, "Ann"), 100)) == "If nothing comes from Ann"
    assert headed(nothing_lost()) == "What falls short though nothing is lost"


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


def frozen(days: int, words: Words = EN) -> str:
    """What is said beside of a freeze of Jiebei, on which the shop draws on 10 December."""
    book = shop()
    projection = project(book)
    lost = replace(going(LossMode.FREEZE), duration_days=days)
    (outcome,) = outcomes(projection, [lost])
    return frozen_draws(Loss("Jiebei", outcome), Narrator(book, words))


def test_a_draw_that_falls_into_a_freeze_is_named_with_the_day_of_the_thaw() -> None:
    [draw] = [each for each in shop().planned_draws if each.facility == "jiebei"]
    day = (draw.first_date - shop().as_of).days
    assert frozen(day) == ""
    narrator = Narrator(shop(), EN)
    assert frozen(day + 5) == (
        f"The draw “{draw.name}” of {narrator.amount(draw.amount)} on {narrator.on_day(day)} falls "
        f"into the freeze and is made on {narrator.on_day(day + 5)} instead."
    )
    assert "落在冻结期内" in frozen(day + 5, ZH)


def test_a_line_that_is_not_renewed_takes_the_draw_that_would_refinance_it() -> None:
    """On the day the contract ends the debt is due, and what was to be drawn then is not lent."""
    book = load_sample("wholesaler")
    line = book.by_id["mortgage-line"]
    assert isinstance(line, Facility)
    assert line.contract_until is not None
    ends = (line.contract_until - book.as_of).days
    refinance = PlannedDraw(
        id="again",
        name="again",
        facility=line.id,
        amount=400_000_00,
        first_date=line.contract_until,
    )
    for days in (0, 3):
        day = line.contract_until + timedelta(days=days)
        drawing = project(book.put(refinance.changed(first_date=day)))
        lost = going(LossMode.NO_RENEWAL, line.id)
        low = low_under(drawing, [lost])[0]
        without = low_under(project(book), [lost])[0]
        assert np.array_equal(low, without)
        assert low[ends] < drawing.spendable[ends] or days
