"""A playbook, and the steps that several share: our own wording of common sense and of rules.

Only official names and numbers, no links. Chinese offices and numbers stand in books that are kept
in yuan or in China, and in no others.
"""

from dataclasses import dataclass

from backstop.domain import Message, message

Steps = tuple[Message, ...]


@dataclass(frozen=True)
class Playbook:
    """How to recognise the loss, what to do first, and what to say on the telephone.

    `call` has placeholders {owner}, {line} and {owed}; `call_debtless` is said where nothing is
    owed. `china` steps come after the others of their period.
    """

    recognise: Steps
    minutes: Steps
    day: Steps
    week: Steps
    call: Message
    call_debtless: Message
    china_day: Steps = ()
    china_week: Steps = ()


SCREENSHOT = message("Take a screenshot with date and exact wording. Do not try again and again.")
DUE_DAY = message("Put money for the next due date where the automatic debit looks first.")
KEEP_PAYING = message("Go on paying what is owed: a closed line still has due dates.")
NO_APPLICATIONS = message("Apply nowhere else in haste: every lender sees each application.")
START_ACTIONS = message("Start the actions of this plan that take days to bring money.")
REVIEW = message("Write in the book what was said, by whom and when; print the plans anew.")
HARDSHIP = message("If an instalment will be late, ask for other terms before its due date.")
CREDIT_REPORT = message("Fetch your credit report; look for overdue entries and unknown loans.")
OFFICES_CHINA: Steps = (
    message(
        "Credit report: Credit Reference Centre of the People's Bank (its own site, bank apps, "
        "counters). Two a year are free; an objection is answered within 20 days."
    ),
    message(
        "Complaint: the lender first, then 12378 (financial regulator), or 12363 (People's Bank: "
        "credit records and payments). They cannot order a limit back."
    ),
)
SCAMS = message(
    "Nobody outside the lender can reopen a line or delete a true record. "
    "Pay nobody beforehand, and give no password or code to anyone who calls."
)
