"""Version 6: what money is for, and what is asked of lenders."""

from backstop.store.migrations.step import Step

STEP = Step(
    version=6,
    columns={
        "book": (
            "household_pays_business INTEGER NOT NULL DEFAULT 0",
            "no_platform_chains INTEGER NOT NULL DEFAULT 0",
        ),
        "facility": (
            "use TEXT NOT NULL DEFAULT 'any'",
            "use_tags TEXT NOT NULL DEFAULT '[]'",
        ),
    },
    book_version=5,
)
