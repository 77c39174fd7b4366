"""Version 6: books that are brought to today, a ledger of what was settled, what is kept of
statements, and what money is for.

Ledger and statements have seals of their own, as the history has: they grow for years, and opening
a book does not wait for them.
"""

from backstop.store.migrations.step import Run, Step

_LEDGER = """CREATE TABLE ledger (
    id INTEGER NOT NULL,
    record TEXT NOT NULL,
    tranche TEXT NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    rule_date TEXT NOT NULL,
    planned_day TEXT NOT NULL,
    planned INTEGER NOT NULL,
    actual_day TEXT,
    actual INTEGER NOT NULL,
    account TEXT NOT NULL,
    said_by TEXT NOT NULL,
    change INTEGER NOT NULL,
    PRIMARY KEY (id)
) STRICT"""
_STATEMENT = """CREATE TABLE statement (
    id INTEGER NOT NULL,
    "key" TEXT NOT NULL,
    name TEXT NOT NULL,
    layout TEXT NOT NULL,
    named TEXT NOT NULL,
    account TEXT NOT NULL,
    read_on TEXT NOT NULL,
    first_day TEXT NOT NULL,
    last_day TEXT NOT NULL,
    seen TEXT NOT NULL,
    PRIMARY KEY (id)
) STRICT"""
_STATEMENT_ROW = """CREATE TABLE statement_row (
    id INTEGER NOT NULL,
    digest TEXT NOT NULL,
    statement TEXT NOT NULL,
    line INTEGER NOT NULL,
    day TEXT NOT NULL,
    amount INTEGER NOT NULL,
    direction TEXT NOT NULL,
    nature TEXT NOT NULL,
    standing TEXT NOT NULL,
    counterparty TEXT NOT NULL,
    text TEXT NOT NULL,
    category TEXT NOT NULL,
    source TEXT NOT NULL,
    number TEXT NOT NULL,
    balance INTEGER,
    pair TEXT NOT NULL,
    matched TEXT NOT NULL,
    teaches INTEGER NOT NULL,
    PRIMARY KEY (id)
) STRICT"""
_RULE = ("settled_ahead TEXT NOT NULL DEFAULT '[]'",)


def _seal_what_is_apart(run: Run) -> None:
    for number in (3, 4):
        run("INSERT INTO seal (id, digest) VALUES (?, ?)", (number, f"{0:064x}"))


STEP = Step(
    version=6,
    columns={
        "cash_flow": (*_RULE, "stops_with TEXT NOT NULL DEFAULT ''"),
        "planned_draw": _RULE,
        "book": (
            "household_pays_business INTEGER NOT NULL DEFAULT 0",
            "no_platform_chains INTEGER NOT NULL DEFAULT 0",
            "applications TEXT NOT NULL DEFAULT '[]'",
        ),
        "measure": (
            "ask TEXT NOT NULL DEFAULT 'instalments'",
            "later_days INTEGER NOT NULL DEFAULT 90",
            "used_on TEXT",
            "used_amount INTEGER NOT NULL DEFAULT 0",
        ),
        "facility": (
            "credited TEXT NOT NULL DEFAULT '[]'",
            "use TEXT NOT NULL DEFAULT 'any'",
            "use_tags TEXT NOT NULL DEFAULT '[]'",
            "lost_since TEXT",
        ),
        "account": ("frozen_until TEXT",),
        "tranche": ("repaid_early TEXT NOT NULL DEFAULT '[]'",),
    },
    tables=(_LEDGER, _STATEMENT, _STATEMENT_ROW),
    further=_seal_what_is_apart,
    book_version=5,
)
