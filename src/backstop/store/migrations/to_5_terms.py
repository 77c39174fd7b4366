"""Version 5: terms as lenders write them."""

from backstop.store.migrations.step import Step

STEP = Step(
    version=5,
    columns={
        "facility": (
            "limit_changes TEXT NOT NULL DEFAULT '[]'",
            "blocked INTEGER NOT NULL DEFAULT 0",
            "draws_made INTEGER NOT NULL DEFAULT 0",
            "paid_from TEXT NOT NULL DEFAULT ''",
            "paid_into TEXT NOT NULL DEFAULT ''",
        ),
        "tranche": (
            "interest_from TEXT",
            "origin TEXT",
            "paid_instalments INTEGER NOT NULL DEFAULT 0",
        ),
        "saved_contingency": ("expense INTEGER NOT NULL DEFAULT 0",),
    },
    book_version=4,
)
