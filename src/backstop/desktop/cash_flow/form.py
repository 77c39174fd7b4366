"""The forms of payments and receipts."""

from functools import partial

from backstop.desktop.forms.choices import RecordControl
from backstop.desktop.forms.draft import Draft
from backstop.desktop.forms.field_parts import (
    NOTES,
    TAGS,
    WHEN,
    amount_field,
    enum_field,
    line_field,
    percent_field,
    tick_field,
    whole_field,
)
from backstop.desktop.forms.fields import Field, FormPlan, Section
from backstop.desktop.forms.offered import accounts_and_purchase_lines, receiving_accounts
from backstop.domain import CustomerRisk, Priority


def deferrable(draft: Draft) -> bool:
    return bool(draft["deferrable_days"])


PAYMENT = FormPlan(
    (
        Section(
            "Payment",
            (
                line_field("name"),
                amount_field("amount", blank=None),
                line_field("counterparty", wide=False),
            ),
        ),
        WHEN,
        Section(
            "When money is short",
            (
                enum_field("priority", Priority),
                whole_field("cuttable_percent"),
                whole_field("deferrable_days"),
                percent_field("deferral_cost_percent", when=deferrable),
                tick_field("partly_payable"),
                amount_field("income_lost_if_missed"),
            ),
        ),
        Section(
            "How it is paid",
            (
                Field(
                    "through",
                    partial(RecordControl, accounts_and_purchase_lines, "pooled cash"),
                    wide=True,
                ),
            ),
        ),
        Section("Particulars", (tick_field("business"), TAGS, NOTES), more=True),
    ),
    required=("name", "amount"),
)

RECEIPT = FormPlan(
    (
        Section(
            "Receipt",
            (
                line_field("name"),
                amount_field("amount", blank=None),
                line_field("counterparty", wide=False),
            ),
        ),
        WHEN,
        Section(
            "How sure it is",
            (
                whole_field("usual_lateness_days"),
                whole_field("haircut_percent"),
                enum_field("customer_risk", CustomerRisk),
            ),
        ),
        Section(
            "How it arrives",
            (
                Field(
                    "through",
                    partial(RecordControl, receiving_accounts, "pooled cash"),
                    wide=True,
                    label="Arrives in",
                ),
            ),
        ),
        Section("Particulars", (tick_field("business"), TAGS, NOTES), more=True),
    ),
    required=("name", "amount"),
)
