"""The form of what a book says about itself."""

from functools import partial

from backstop.desktop.editors.fields import Field, FormPlan, Section
from backstop.desktop.editors.lines import CodeControl
from backstop.desktop.editors.plan_parts import (
    NOTES,
    amount_field,
    day_field,
    enum_field,
    line_field,
    whole_field,
)
from backstop.domain import IntradayOrder

BOOK = FormPlan(
    (
        Section(
            "The book",
            (
                line_field("title"),
                line_field("owner"),
                day_field("as_of", optional=False),
                day_field("next_review", blank="not planned"),
            ),
        ),
        Section(
            "Looking ahead",
            (
                amount_field("minimum_cash"),
                whole_field("horizon_days"),
                enum_field("intraday_order", IntradayOrder, wide=True),
                Field("country", partial(CodeControl, "weekends only, or a code such as CN")),
            ),
        ),
        Section("Notes", (NOTES,), more=True),
    ),
    required=("title",),
)
