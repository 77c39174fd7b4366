"""Version 5: terms as lenders write them."""

from backstop.store.migrations.step import Step

_PRICED = (
    "rhythm TEXT NOT NULL DEFAULT 'monthly'",
    "balloon_percent TEXT NOT NULL DEFAULT '0'",
    "compounding TEXT NOT NULL DEFAULT 'never'",
    "rounding TEXT NOT NULL DEFAULT 'each'",
)
_RULE = (
    "monthly_on TEXT NOT NULL DEFAULT 'day'",
    "second_day INTEGER",
    "amounts TEXT NOT NULL DEFAULT '[]'",
    "later_amounts TEXT NOT NULL DEFAULT '[]'",
    "answered_until TEXT",
    "open TEXT NOT NULL DEFAULT '[]'",
)

STEP = Step(
    version=5,
    columns={
        "book": ("buffers TEXT NOT NULL DEFAULT '[]'",),
        "cash_flow": (
            *_RULE,
            "held_percent INTEGER NOT NULL DEFAULT 0",
            "held_days INTEGER NOT NULL DEFAULT 0",
        ),
        "planned_draw": _RULE,
        "facility": (
            "overdrawn TEXT NOT NULL DEFAULT '[]'",
            "takings_percent TEXT NOT NULL DEFAULT '0'",
            "takings_tags TEXT NOT NULL DEFAULT '[]'",
            "takings_into TEXT NOT NULL DEFAULT ''",
            *_PRICED,
            "first_at_once INTEGER NOT NULL DEFAULT 0",
            "limit_changes TEXT NOT NULL DEFAULT '[]'",
            "blocked INTEGER NOT NULL DEFAULT 0",
            "draws_made INTEGER NOT NULL DEFAULT 0",
            "paid_from TEXT NOT NULL DEFAULT ''",
            "paid_into TEXT NOT NULL DEFAULT ''",
            "due_adjustment TEXT NOT NULL DEFAULT 'none'",
            "due_days_after INTEGER",
            "interest_from_purchase INTEGER NOT NULL DEFAULT 0",
            "unbilled TEXT NOT NULL DEFAULT '[]'",
            "credit_balance INTEGER NOT NULL DEFAULT 0",
        ),
        "measure": _PRICED,
        "tranche": (
            *_PRICED,
            "interest_from TEXT",
            "takings_repaid INTEGER NOT NULL DEFAULT 0",
            "origin TEXT",
            "paid_instalments INTEGER NOT NULL DEFAULT 0",
            "charges INTEGER NOT NULL DEFAULT 0",
            "purchases TEXT NOT NULL DEFAULT '[]'",
            "cash_advance INTEGER NOT NULL DEFAULT 0",
        ),
        "saved_contingency": ("expense INTEGER NOT NULL DEFAULT 0",),
    },
    book_version=4,
)
