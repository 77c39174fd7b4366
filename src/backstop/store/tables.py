"""The tables of a book file. Rows only: a record is checked by the domain, never by its row.

Columns hold what `layout` says a cell holds, so that reading without SQLModel gets the same; a test
says that the fields agree with the domain's. Importing this module imports SQLAlchemy, which takes
a second: only writing does.
"""

from typing import Annotated, Any

from sqlmodel import Field, ForeignKey, Integer, SQLModel, Text

from backstop.store import layout

String = Annotated[str, Field(sa_type=Text)]
OptionalString = Annotated[str | None, Field(sa_type=Text)]
Flag = Annotated[int, Field(sa_type=Integer)]
"""Yes (1) or no (0)."""
STRICT: Any = {"sqlite_strict": True}
"""SQLite then refuses text in a column of figures."""


def _refers_to(column: str, **options: Any) -> Any:
    """A column that names a row elsewhere, checked when the transaction ends."""
    reference = ForeignKey(column, deferrable=True, initially="DEFERRED")
    return Field(sa_type=Text, sa_column_args=(reference,), **options)


class RecordRow(SQLModel):
    """What the tables of all records share; `position` is the row's place in its list."""

    id: str = Field(sa_type=Text, primary_key=True)
    name: String
    notes: String
    tags: String
    position: int


class PricedRow(RecordRow):
    """Price and way of repayment, of a facility and of each tranche."""

    rate_percent: String
    rate_per: String
    day_count: String
    method: String
    due_day: int | None
    grace_periods: int
    interest_only_periods: int
    rate_changes: String
    pays_minimum: Flag
    minimum_percent: String
    minimum_base: String
    minimum_floor: int
    bill_instalments: int
    instalment_fee_percent: String


class RecurringRow(RecordRow):
    """When a cash flow or a planned draw falls."""

    first_date: String
    repeat: String
    every: int
    last_day_of_month: Flag
    until: OptionalString
    count: int | None
    adjustment: String
    skipped: String
    moved: String


class BookRow(SQLModel, table=True):
    """What the book says about itself: one row, whose `id` is 1."""

    __tablename__ = layout.BOOK.table
    __table_args__ = STRICT
    id: int = Field(primary_key=True)
    version: int
    title: String
    owner: String
    currency: String
    as_of: String
    horizon_days: int
    country: String
    minimum_cash: int
    intraday_order: String
    next_review: OptionalString
    standing_draws: String
    calendar_years: String
    most_applications: int | None
    most_debt_service_percent: int | None
    most_from_one_provider_percent: int | None
    unsure_sources: String
    notes: String


class AccountRow(RecordRow, table=True):
    __tablename__ = layout.ACCOUNT.table
    __table_args__ = STRICT
    kind: String
    institution: String
    platform: String
    balance: int
    balance_date: OptionalString
    role: String
    lead_days: int
    breaking_cost: int


class FacilityRow(PricedRow, table=True):
    __tablename__ = layout.FACILITY.table
    __table_args__ = STRICT
    kind: String
    lender: String
    platform: String
    upstream_funder: String
    holder: String
    contact: String
    limit: int
    committed: Flag
    revolving: Flag
    repaid_share_percent: int
    headroom_haircut_percent: int
    cash_advance_limit: int
    cash_advance_fee_percent: String
    cash_advance_rate_percent: String
    lead_days: int | None
    minimum_draw: int
    draw_step: int
    maximum_draws: int | None
    purchases_only: Flag
    purchase_tags: String
    permitted_use: String
    personal: Flag
    identity_until: OptionalString
    usage_until: OptionalString
    contract_until: OptionalString
    last_verified: OptionalString
    draw_fee_percent: String
    periods: int
    statement_day: int | None
    default_mode: String
    callable: Flag
    notice_days: int
    freeze_days: int
    cut_percent: int
    cut_rule: String
    excess_days: int
    systemic: Flag


class TrancheRow(PricedRow, table=True):
    __tablename__ = layout.TRANCHE.table
    __table_args__ = STRICT
    facility: str = _refers_to("facility.id")
    principal: int
    next_due: String
    remaining_periods: int
    original_principal: int
    imported: String
    early_on: OptionalString
    early_amount: int
    early_effect: String
    early_fee_percent: String


class CashFlowRow(RecurringRow, table=True):
    """`through` names an account or a facility, so it refers to no one table."""

    __tablename__ = layout.CASH_FLOW.table
    __table_args__ = STRICT
    direction: String
    amount: int
    counterparty: String
    through: String
    business: Flag
    priority: int
    partly_payable: Flag
    deferrable_days: int
    deferral_cost_percent: String
    cuttable_percent: int
    income_lost_if_missed: int
    usual_lateness_days: int
    haircut_percent: int
    customer_risk: String


class PlannedDrawRow(RecurringRow, table=True):
    __tablename__ = layout.PLANNED_DRAW.table
    __table_args__ = STRICT
    facility: str = _refers_to("facility.id")
    amount: int
    periods: int
    purpose: String


class LinkGroupRow(RecordRow, table=True):
    __tablename__ = layout.LINK_GROUP.table
    __table_args__ = STRICT
    reason: String


class LinkMemberRow(SQLModel, table=True):
    """One member of a link group: the id of an account or a facility."""

    __tablename__ = layout.MEMBER_TABLE
    __table_args__ = STRICT
    link_group: str = _refers_to("link_group.id", primary_key=True)
    position: int = Field(primary_key=True)
    member: String


class MeasureRow(PricedRow, table=True):
    """`target`, `excludes` and `depends_on` name rows of several tables."""

    __tablename__ = layout.MEASURE.table
    __table_args__ = STRICT
    kind: String
    amount: int
    lead_days: int
    cost_percent: String
    target: String
    advance_percent: int
    recourse: Flag
    days_earlier: int
    repay_after_days: int | None
    periods: int
    provider: String
    contact: String
    chance_percent: int
    arranged: Flag
    excludes: String
    depends_on: String


class SavedContingencyRow(RecordRow, table=True):
    __tablename__ = layout.SAVED_CONTINGENCY.table
    __table_args__ = STRICT
    targets: String
    mode: OptionalString
    loss_date: OptionalString
    notice_days: int | None
    duration_days: int | None
    cut_percent: int | None
    late_days: int
    cascade_after_days: int
    cascade_percent: int
    cause: String


class AcceptedPlanRow(RecordRow, table=True):
    __tablename__ = layout.ACCEPTED_PLAN.table
    __table_args__ = STRICT
    contingency: String
    loss_date: String
    accepted_on: String
    inputs: String
    steps: String
    cost: int
    missed: int
    stage: String
    activated_on: OptionalString
    ended_on: OptionalString
    drill: Flag


class SealRow(SQLModel, table=True):
    """Hashes of all other rows, renewed by every change: of the book, and of its history."""

    __tablename__ = layout.SEAL_TABLE
    __table_args__ = STRICT
    id: int = Field(primary_key=True)
    digest: String


class HistoryRow(SQLModel, table=True):
    """One field that a change altered, or a whole record that it added or removed.

    `change` is the same for all rows of one change; `before` and `after` are JSON, or nothing.
    """

    __tablename__ = layout.HISTORY_TABLE
    __table_args__ = STRICT
    number: int = Field(primary_key=True)
    change: int
    at: String
    act: String
    entity: String
    record: String
    name: String
    field: String
    before: OptionalString
    after: OptionalString


RECORD_ROWS: dict[str, type[RecordRow]] = {
    layout.ACCOUNT.table: AccountRow,
    layout.FACILITY.table: FacilityRow,
    layout.TRANCHE.table: TrancheRow,
    layout.CASH_FLOW.table: CashFlowRow,
    layout.PLANNED_DRAW.table: PlannedDrawRow,
    layout.LINK_GROUP.table: LinkGroupRow,
    layout.MEASURE.table: MeasureRow,
    layout.SAVED_CONTINGENCY.table: SavedContingencyRow,
    layout.ACCEPTED_PLAN.table: AcceptedPlanRow,
}
TABLES: dict[str, type[SQLModel]] = {
    layout.BOOK.table: BookRow,
    **RECORD_ROWS,
    layout.MEMBER_TABLE: LinkMemberRow,
    layout.SEAL_TABLE: SealRow,
    layout.HISTORY_TABLE: HistoryRow,
}
