"""Version 4: how long before the end of a contract its renewal is known."""

from backstop.store.migrations import to_3_measures
from backstop.store.migrations.step import Step

STEP = Step(
    version=4,
    before=to_3_measures.STEP.after,
    columns={"facility": ("renewal_notice_days INTEGER",)},
    book_version=3,
)
