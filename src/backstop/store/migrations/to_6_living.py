"""Version 6: books that are brought to today, a ledger of what was settled, and what money is for.

The ledger has a seal of its own, as the history has: it grows for years, and opening a book does
not wait for it.
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
_RULE = ("settled_ahead TEXT NOT NULL DEFAULT '[]'",)


def _seal_the_ledger(run: Run) -> None:
    run("INSERT INTO seal (id, digest) VALUES (3, ?)", (f"{0:064x}",))


STEP = Step(
    version=6,
    columns={
        "cash_flow": _RULE,
        "planned_draw": _RULE,
        "book": (
            "household_pays_business INTEGER NOT NULL DEFAULT 0",
            "no_platform_chains INTEGER NOT NULL DEFAULT 0",
        ),
        "facility": (
            "credited TEXT NOT NULL DEFAULT '[]'",
            "use TEXT NOT NULL DEFAULT 'any'",
            "use_tags TEXT NOT NULL DEFAULT '[]'",
        ),
        "tranche": ("repaid_early TEXT NOT NULL DEFAULT '[]'",),
    },
    tables=(_LEDGER,),
    further=_seal_the_ledger,
    book_version=5,
)
