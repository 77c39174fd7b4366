"""Every field of every record can be edited in the window, or is named here with the reason."""

from datetime import date
from typing import Any

import msgspec
import pytest

from backstop.desktop.books.details_form import BOOK
from backstop.desktop.cash_flow.form import PAYMENT, RECEIPT
from backstop.desktop.forms.draft import RecordDraft
from backstop.desktop.forms.fields import FormField, FormLayout
from backstop.desktop.forms.record_changes import new_values
from backstop.desktop.forms.rows import RowsControl
from backstop.desktop.sources.forms import (
    ACCOUNT,
    FACILITY,
    LINK_GROUP,
    PLANNED_DRAW,
)
from backstop.desktop.sources.measure_forms import MEASURES
from backstop.desktop.sources.tranche_form import TRANCHE
from backstop.domain import (
    RECORD_LISTS,
    AcceptedPlan,
    Account,
    AccountRole,
    AskKind,
    BookFacts,
    CashFlow,
    CutRule,
    Facility,
    FundsUse,
    LaterAmount,
    LinkGroup,
    Measure,
    MeasureKind,
    MonthlyOn,
    Moved,
    OtherAmount,
    PlannedDraw,
    RatePer,
    Record,
    Recurring,
    RepaymentMethod,
    Repeat,
    SavedContingency,
    StillOpen,
    Tranche,
)
from backstop.domain.fields import fields_of as known_fields

DAY = date(2026, 1, 5)
PLANS: dict[type[Record], tuple[FormLayout, ...]] = {
    Measure: tuple(MEASURES.values()),
    Account: (ACCOUNT,),
    Facility: (FACILITY,),
    Tranche: (TRANCHE,),
    CashFlow: (PAYMENT, RECEIPT),
    PlannedDraw: (PLANNED_DRAW,),
    LinkGroup: (LINK_GROUP,),
}
NOT_BY_HAND = {
    (Record, "id"): "made by the program, and what other records refer to",
    (Recurring, "settled_ahead"): "kept by the program as a book is brought to a later day",
    (Tranche, "repaid_early"): "the same",
    (Tranche, "origin.fee_periods"): "the same",
    (Facility, "credited"): "the same",
    (Measure, "used_on"): "written as a step of a plan is settled",
    (Measure, "used_amount"): "the same",
    (Facility, "tranches"): "a list of its own in the pane, each with its form",
    (CashFlow, "direction"): "chosen with the button that adds it: the two have other fields",
    (Measure, "kind"): "chosen with the button that adds it: each kind has other fields",
    (Tranche, "pays_minimum"): "said of its line, and so of every bill",
    (Tranche, "minimum_percent"): "the same",
    (Tranche, "minimum_base"): "the same",
    (Tranche, "minimum_floor"): "the same",
    (Measure, "pays_minimum"): "a line that one applies for lends cash and sends no bills",
    (Measure, "minimum_percent"): "the same",
    (Measure, "minimum_base"): "the same",
    (Measure, "minimum_floor"): "the same",
    (Measure, "bill_instalments"): "the same",
    (Measure, "instalment_fee_percent"): "the same",
}
BOOK_NOT_BY_HAND = {
    "version": "made by the program",
    "currency": "chosen when the book is made: all its amounts are minor units of it",
}
ELSEWHERE = {
    SavedContingency: "made and changed where losses are asked for, on Stress",
    AcceptedPlan: "made and ticked off on Plan",
}
"""Fields that no form has, and why."""
UNASKED = {"id", "direction", "kind", "first_date", "members"}
"""Needed, and always there when a new record begins."""
RECORDS = pytest.mark.parametrize("kind", PLANS, ids=lambda kind: kind.__name__)


def fields_of(kind: type[Record]) -> dict[str, FormField]:
    return {field.name: field for plan in PLANS[kind] for field in plan.fields}


def own_fields(kind: type[msgspec.Struct]) -> set[str]:
    """The fields of a record, and those of its parts by both names."""
    parts = {name: field.part_kind for name, field in known_fields(kind).items()}
    inner = {f"{name}.{each}" for name, part in parts.items() if part for each in own_fields(part)}
    return {*parts, *inner}


def not_by_hand(kind: type[Record]) -> set[str]:
    return {name for owner, name in NOT_BY_HAND if issubclass(kind, owner)}


def test_every_kind_of_record_has_a_form() -> None:
    assert {*RECORD_LISTS, Tranche} == {*PLANS, *ELSEWHERE}


def test_every_field_of_the_book_has_an_editor() -> None:
    fields = {field.name for field in BOOK.fields}
    assert fields | set(BOOK_NOT_BY_HAND) == set(BookFacts.__struct_fields__)


def test_every_kind_of_measure_has_a_form() -> None:
    assert set(MEASURES) == set(MeasureKind)


@RECORDS
def test_every_field_of_a_record_has_an_editor(kind: type[Record]) -> None:
    assert set(fields_of(kind)) | not_by_hand(kind) == own_fields(kind)
    assert not set(fields_of(kind)) & not_by_hand(kind)


STATES: tuple[dict[str, Any], ...] = (
    {},
    {"method": RepaymentMethod.BULLET, "use": FundsUse.TAGGED, "ask": AskKind.EXTENSION},
    {"method": RepaymentMethod.OVERDRAFT},
    {"method": RepaymentMethod.SHARE_OF_TAKINGS},
    {"origin": True, "maximum_draws": 3},
    {"method": RepaymentMethod.STATEMENT_CYCLE, "bill_instalments": 6},
    {
        "method": RepaymentMethod.STATEMENT_CYCLE,
        "purchases_only": True,
        "pays_minimum": True,
        "cash_advance_limit": 1,
    },
    {
        "callable": True,
        "contract_until": DAY,
        "cut_rule": CutRule.EXCESS_DUE_LATER,
        "deferrable_days": 1,
        "early_on": DAY,
        "moved": (Moved(rule_date=DAY, to=DAY),),
        "amounts": (OtherAmount(rule_date=DAY, amount=1),),
        "later_amounts": (LaterAmount(from_day=DAY, amount=1),),
        "open": (StillOpen(rule_date=DAY, left=1),),
        "held_percent": 1,
        "monthly_on": MonthlyOn.DAY,
        "second_day": None,
        "rate_per": RatePer.PRINCIPAL,
        "repeat": Repeat.MONTHS,
        "role": AccountRole.RESERVE,
        "skipped": (DAY,),
    },
)
"""What records have to be like for their rarest fields to mean something."""


@RECORDS
def test_every_field_is_shown_for_some_record(kind: type[Record]) -> None:
    plain = new_values(kind, id="x", name="x")
    drafts = [
        RecordDraft(kind, plain | {n: v for n, v in state.items() if n in plain}, lambda _: True)
        for state in STATES
    ]
    for field in fields_of(kind).values():
        assert any(field.when(draft) for draft in drafts), field.name


@RECORDS
def test_no_form_asks_for_a_field_twice(kind: type[Record]) -> None:
    for plan in PLANS[kind]:
        names = [field.name for field in plan.fields]
        assert len(set(names)) == len(names)


@RECORDS
def test_rows_have_a_column_for_every_value(kind: type[Record], qapp: Any) -> None:
    for field in fields_of(kind).values():
        control = field.control()
        if isinstance(control, RowsControl):
            names = {column.name for column in control.columns}
            assert names == set(control.kind.__struct_fields__)
        control.deleteLater()


@RECORDS
def test_what_a_new_record_needs_is_never_folded_away(kind: type[Record]) -> None:
    for plan in PLANS[kind]:
        folded = {f.name for each in plan.sections if each.more for f in each.fields}
        assert not folded & set(plan.required)


@RECORDS
def test_no_field_is_required_that_the_record_can_do_without(kind: type[Record]) -> None:
    needed = {f.encode_name for f in msgspec.structs.fields(kind) if f.required}
    for plan in PLANS[kind]:
        assert set(plan.required) >= needed - UNASKED
