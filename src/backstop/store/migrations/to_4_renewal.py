"""Version 4: how long before the end of a contract its renewal is known."""

from backstop.store.migrations.step import Step

STEP = Step(
    version=4,
    columns={"facility": ("renewal_notice_days INTEGER",)},
    book_version=3,
)
