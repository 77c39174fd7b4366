"""Version 3: measures, saved losses and accepted plans; cash advances, bills in instalments,
several changes of a rate, risky customers, and the limits that plans keep to.

The one change of a rate that version 2 knew becomes the first of a list.
"""

import json

from backstop.store.migrations.step import Run, Step

_PRICED = (
    "rate_changes TEXT NOT NULL DEFAULT '[]'",
    "bill_instalments INTEGER NOT NULL DEFAULT 1",
    "instalment_fee_percent TEXT NOT NULL DEFAULT '0'",
)
_COLUMNS = {
    "book": (
        "calendar_years TEXT NOT NULL DEFAULT '[]'",
        "most_applications INTEGER",
        "most_debt_service_percent INTEGER",
        "most_from_one_provider_percent INTEGER",
        "unsure_sources TEXT NOT NULL DEFAULT 'penalised'",
    ),
    "facility": (
        *_PRICED,
        "cash_advance_limit INTEGER NOT NULL DEFAULT 0",
        "cash_advance_fee_percent TEXT NOT NULL DEFAULT '0'",
        "cash_advance_rate_percent TEXT NOT NULL DEFAULT '0'",
        "personal INTEGER NOT NULL DEFAULT 0",
        "identity_until TEXT",
    ),
    "tranche": _PRICED,
    "cash_flow": (
        "business INTEGER NOT NULL DEFAULT 0",
        "customer_risk TEXT NOT NULL DEFAULT 'low'",
    ),
}
_RECORD = """id TEXT NOT NULL,
    name TEXT NOT NULL,
    notes TEXT NOT NULL,
    tags TEXT NOT NULL,
    position INTEGER NOT NULL"""
_NEW_TABLES = (
    f"""CREATE TABLE measure (
    {_RECORD},
    rate_percent TEXT NOT NULL,
    rate_per TEXT NOT NULL,
    day_count TEXT NOT NULL,
    method TEXT NOT NULL,
    due_day INTEGER,
    grace_periods INTEGER NOT NULL,
    interest_only_periods INTEGER NOT NULL,
    rate_changes TEXT NOT NULL,
    pays_minimum INTEGER NOT NULL,
    minimum_percent TEXT NOT NULL,
    minimum_base TEXT NOT NULL,
    minimum_floor INTEGER NOT NULL,
    bill_instalments INTEGER NOT NULL,
    instalment_fee_percent TEXT NOT NULL,
    kind TEXT NOT NULL,
    amount INTEGER NOT NULL,
    lead_days INTEGER NOT NULL,
    cost_percent TEXT NOT NULL,
    target TEXT NOT NULL,
    advance_percent INTEGER NOT NULL,
    recourse INTEGER NOT NULL,
    days_earlier INTEGER NOT NULL,
    repay_after_days INTEGER,
    periods INTEGER NOT NULL,
    provider TEXT NOT NULL,
    contact TEXT NOT NULL,
    chance_percent INTEGER NOT NULL,
    arranged INTEGER NOT NULL,
    excludes TEXT NOT NULL,
    depends_on TEXT NOT NULL,
    PRIMARY KEY (id)
) STRICT""",
    f"""CREATE TABLE saved_contingency (
    {_RECORD},
    targets TEXT NOT NULL,
    mode TEXT,
    loss_date TEXT,
    notice_days INTEGER,
    duration_days INTEGER,
    cut_percent INTEGER,
    late_days INTEGER NOT NULL,
    cascade_after_days INTEGER NOT NULL,
    cascade_percent INTEGER NOT NULL,
    cause TEXT NOT NULL,
    PRIMARY KEY (id)
) STRICT""",
    f"""CREATE TABLE accepted_plan (
    {_RECORD},
    contingency TEXT NOT NULL,
    loss_date TEXT NOT NULL,
    accepted_on TEXT NOT NULL,
    inputs TEXT NOT NULL,
    steps TEXT NOT NULL,
    cost INTEGER NOT NULL,
    missed INTEGER NOT NULL,
    stage TEXT NOT NULL,
    activated_on TEXT,
    ended_on TEXT,
    drill INTEGER NOT NULL,
    PRIMARY KEY (id)
) STRICT""",
)


def _list_rate_changes(run: Run) -> None:
    for table in ("facility", "tranche"):
        _list_rate_change(run, table)


def _list_rate_change(run: Run, table: str) -> None:
    changing = f"SELECT id, rate_from, rate_then_percent FROM {table} WHERE rate_from IS NOT NULL"
    for record, day, percent in run(changing).fetchall():
        changes = json.dumps([{"from_day": day, "percent": percent}])
        run(f"UPDATE {table} SET rate_changes = ? WHERE id = ?", (changes, record))
    run(f"ALTER TABLE {table} DROP COLUMN rate_from")
    run(f"ALTER TABLE {table} DROP COLUMN rate_then_percent")


STEP = Step(
    version=3,
    columns=_COLUMNS,
    tables=_NEW_TABLES,
    book_version=2,
    further=_list_rate_changes,
)
