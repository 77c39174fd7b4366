"""The form of what a book says about itself."""

from functools import partial
from typing import Any

from backstop.desktop.books.official_days import YearsControl
from backstop.desktop.forms.field_parts import (
    NOTES,
    amount_field,
    day_field,
    enum_field,
    line_field,
    rows_of,
    tick_field,
    whole_field,
)
from backstop.desktop.forms.fields import FormField, FormLayout, FormSection
from backstop.desktop.forms.lines import CodeControl
from backstop.desktop.forms.offered import cash_lines
from backstop.desktop.forms.ordered import OrderedControl
from backstop.desktop.forms.rows import Cell, RowColumn, RowsControl
from backstop.domain import Application, Buffer, Currency, IntradayOrder, UnsureSources

BUFFERS = rows_of(
    Buffer,
    ("name", Cell.TEXT),
    ("amount", Cell.AMOUNT),
    optional=(("from_day", Cell.DAY), ("until", Cell.DAY)),
)


def said_alone(values: dict[str, Any], number: int, currency: Currency) -> dict[str, Any]:
    """Without a dash in the place of an answer."""
    return {name: value for name, value in values.items() if value is not None}


APPLICATIONS = partial(
    RowsControl,
    Application,
    (
        RowColumn("lender", Cell.TEXT),
        RowColumn("day", Cell.DAY),
        RowColumn("answer", Cell.TEXT, optional=True),
    ),
    said_alone,
)
BOOK = FormLayout(
    (
        FormSection(
            "The book",
            (
                line_field("title"),
                line_field("owner"),
                day_field("as_of"),
                day_field("next_review", blank="not planned"),
            ),
        ),
        FormSection(
            "Looking ahead",
            (
                amount_field("minimum_cash"),
                whole_field("horizon_days"),
                enum_field("intraday_order", IntradayOrder, wide=True),
            ),
        ),
        FormSection(
            "Kept for a purpose",
            (FormField("buffers", BUFFERS, wide=True, labelled=False),),
            more=True,
        ),
        FormSection(
            "Standing draws",
            (
                FormField(
                    "standing_draws", partial(OrderedControl, cash_lines), wide=True, labelled=False
                ),
            ),
            more=True,
        ),
        FormSection(
            "What plans keep to",
            (
                whole_field("most_applications", blank="no limit", wide=True),
                FormField("applications", APPLICATIONS, wide=True),
                whole_field("most_debt_service_percent", blank="no limit", wide=True),
                whole_field("most_from_one_provider_percent", blank="no limit", wide=True),
                enum_field("unsure_sources", UnsureSources, wide=True),
                tick_field("household_pays_business"),
                tick_field("no_platform_chains"),
            ),
            more=True,
        ),
        FormSection(
            "Holidays",
            (
                FormField(
                    "country",
                    partial(CodeControl, "only weekends, or a code such as CN"),
                    wide=True,
                ),
                FormField("calendar_years", YearsControl, wide=True),
            ),
            more=True,
        ),
        FormSection("Notes", (NOTES,), more=True),
    ),
    required=("title",),
)
