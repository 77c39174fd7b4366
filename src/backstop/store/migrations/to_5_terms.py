"""Version 5: terms as lenders write them."""

from backstop.store.migrations.step import Step

STEP = Step(
    version=5,
    columns={
        "tranche": (
            "interest_from TEXT",
            "origin TEXT",
            "paid_instalments INTEGER NOT NULL DEFAULT 0",
        ),
        "saved_contingency": ("expense INTEGER NOT NULL DEFAULT 0",),
    },
    book_version=4,
)
