"""Version 5: terms as lenders write them."""

from backstop.store.migrations.step import Step

STEP = Step(
    version=5,
    columns={
        "facility": (
            "due_adjustment TEXT NOT NULL DEFAULT 'none'",
            "due_days_after INTEGER",
            "interest_from_purchase INTEGER NOT NULL DEFAULT 0",
            "unbilled TEXT NOT NULL DEFAULT '[]'",
            "credit_balance INTEGER NOT NULL DEFAULT 0",
        ),
        "tranche": (
            "interest_from TEXT",
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
