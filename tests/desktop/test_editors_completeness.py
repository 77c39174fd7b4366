"""Every field of every record can be edited in the window, or is named here with the reason."""

from typing import Any

import msgspec
import pytest

from backstop.desktop.editors.fields import Field, FormPlan
from backstop.desktop.editors.flow_plans import PAYMENT, RECEIPT
from backstop.desktop.editors.rows import RowsControl
from backstop.desktop.editors.source_plans import (
    ACCOUNT,
    FACILITY,
    LINK_GROUP,
    PLANNED_DRAW,
    TRANCHE,
)
from backstop.domain import (
    RECORD_LISTS,
    Account,
    CashFlow,
    Facility,
    LinkGroup,
    PlannedDraw,
    Record,
    Tranche,
)

PLANS: dict[type[Record], tuple[FormPlan, ...]] = {
    Account: (ACCOUNT,),
    Facility: (FACILITY,),
    Tranche: (TRANCHE,),
    CashFlow: (PAYMENT, RECEIPT),
    PlannedDraw: (PLANNED_DRAW,),
    LinkGroup: (LINK_GROUP,),
}
NOT_BY_HAND = {
    (Record, "id"): "made by the program, and what other records refer to",
    (Facility, "tranches"): "a list of its own in the pane, each with its form",
    (CashFlow, "direction"): "chosen with the button that adds it: the two have other fields",
}
"""Fields that no form has, and why."""
RECORDS = pytest.mark.parametrize("kind", PLANS, ids=lambda kind: kind.__name__)


def fields_of(kind: type[Record]) -> dict[str, Field]:
    return {field.name: field for plan in PLANS[kind] for field in plan.fields}


def not_by_hand(kind: type[Record]) -> set[str]:
    return {name for owner, name in NOT_BY_HAND if issubclass(kind, owner)}


def test_every_kind_of_record_has_a_form() -> None:
    assert {*RECORD_LISTS, Tranche} == set(PLANS)


@RECORDS
def test_every_field_of_a_record_has_an_editor(kind: type[Record]) -> None:
    assert set(fields_of(kind)) | not_by_hand(kind) == set(kind.__struct_fields__)
    assert not set(fields_of(kind)) & not_by_hand(kind)


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
        assert set(plan.required) >= needed - {"id", "direction", "first_date"} - {"members"}
