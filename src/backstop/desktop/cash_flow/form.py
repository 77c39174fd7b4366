"""The forms of payments and receipts."""

from functools import partial

from backstop.desktop.forms.choices import RecordControl
from backstop.desktop.forms.draft import RecordDraft
from backstop.desktop.forms.field_parts import (
    NOTES,
    SETTLED,
    TAGS,
    WHEN,
    amount_field,
    enum_field,
    is_filled,
    line_field,
    percent_field,
    tick_field,
    whole_field,
)
from backstop.desktop.forms.fields import FormField, FormLayout, FormSection
from backstop.desktop.forms.offered import (
    accounts_and_cards,
    accounts_and_purchase_lines,
    receipts_of_book,
)
from backstop.domain import CustomerRisk, Priority


def deferrable(draft: RecordDraft) -> bool:
    """Whether the cost of putting it off makes a difference."""
    return bool(draft["deferrable_days"])


PAYMENT = FormLayout(
    (
        FormSection(
            "Payment",
            (
                line_field("name"),
                amount_field("amount", blank=None),
                line_field("counterparty", wide=False),
            ),
        ),
        WHEN,
        FormSection(
            "When money is short",
            (
                enum_field("priority", Priority),
                whole_field("cuttable_percent"),
                whole_field("deferrable_days"),
                percent_field("deferral_cost_percent", when=deferrable),
                tick_field("partly_payable"),
                amount_field("income_lost_if_missed"),
                FormField(
                    "stops_with",
                    partial(RecordControl, receipts_of_book, "no receipt"),
                    wide=True,
                ),
            ),
        ),
        FormSection(
            "How it is paid",
            (
                FormField(
                    "through",
                    partial(RecordControl, accounts_and_purchase_lines, "all accounts"),
                    wide=True,
                ),
            ),
        ),
        FormSection("Particulars", (SETTLED, tick_field("business"), TAGS, NOTES), more=True),
    ),
    required=("name", "amount"),
)

RECEIPT = FormLayout(
    (
        FormSection(
            "Receipt",
            (
                line_field("name"),
                amount_field("amount", blank=None),
                line_field("counterparty", wide=False),
            ),
        ),
        WHEN,
        FormSection(
            "How sure it is",
            (
                whole_field("usual_lateness_days"),
                whole_field("haircut_percent"),
                enum_field("customer_risk", CustomerRisk),
                whole_field("held_percent"),
                whole_field("held_days", when=is_filled("held_percent")),
            ),
        ),
        FormSection(
            "How it arrives",
            (
                FormField(
                    "through",
                    partial(RecordControl, accounts_and_cards, "all accounts"),
                    wide=True,
                    label="Arrives in",
                ),
            ),
        ),
        FormSection("Particulars", (SETTLED, tick_field("business"), TAGS, NOTES), more=True),
    ),
    required=("name", "amount"),
)
