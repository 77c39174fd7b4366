"""What an overdue payment does beyond itself, where figures leave it out."""

from backstop.contingency import Outcome
from backstop.plan.offers.debts import owed_on
from backstop.telling import Narrator


def still_counted_on(outcome: Outcome, narrator: Narrator) -> str:
    """That a lender's other lines count on after an overdue payment, if nothing is done; empty
    where no debt is overdue then."""
    if not any(owed_on(narrator.book, each.obligation) for each in outcome.bounced):
        return ""
    return narrator.say(
        "If nothing is done, all lines still count here; once a payment is overdue, lenders "
        "usually close theirs."
    )
