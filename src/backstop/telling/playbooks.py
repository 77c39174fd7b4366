"""What to do when a line closes, by kind of line: our own wording of common sense and of rules.

Only official names and numbers, no links. Chinese offices and numbers stand in books that are kept
in yuan or in China, and in no others.
"""

from dataclasses import dataclass

from backstop.contingency import Contingency, ContingencyKind
from backstop.domain import Account, Book, Facility, FacilityKind, Message, message
from backstop.projection import owed_today

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

PLATFORM_LOAN = Playbook(
    recognise=(
        message("The app shows a limit of 0, or says that it cannot lend for now."),
        message("A draw is refused although a limit still shows, or the entry has vanished."),
    ),
    minutes=(
        SCREENSHOT,
        message("Rule out upkeep: update the app, try once more on another network."),
        message("Look for a notice: an expired identity card, a changed telephone number or card."),
        DUE_DAY,
    ),
    day=(
        message("Ask for the reason through customer service inside the app; note name and time."),
        START_ACTIONS,
        NO_APPLICATIONS,
        KEEP_PAYING,
    ),
    week=(CREDIT_REPORT, HARDSHIP, REVIEW),
    call=message(
        "“I am {owner}. My line {line} has been closed to new draws; I owe {owed} and go on paying "
        "it on time. Why was it closed, what can I supply so that you look at it again, and does "
        "anything change for what I owe? Please give me the reference of this call.”"
    ),
    call_debtless=message(
        "“I am {owner}. My line {line} has been closed to new draws; I owe nothing on it. Why was "
        "it closed, and what can I supply so that you look at it again? Please give me the "
        "reference of this call.”"
    ),
    china_day=(
        message("Official channels only: 我的客服 in the app; for Alipay products also 95188."),
    ),
)

PAY_LATER = Playbook(
    recognise=(
        message("At the till the pay-later choice is missing, grey, or refused."),
        message("The app shows a limit of 0, or asks to verify the identity first."),
    ),
    minutes=(
        SCREENSHOT,
        message("Rule out a merchant that does not take it: try one other known shop."),
        message("Look for a notice: identity, telephone number, risk check on purchases."),
        DUE_DAY,
    ),
    day=(
        message("Move purchases that cannot wait to cash or another line."),
        message("Change subscriptions and automatic payments that run through this line."),
        message("Ask for the reason through customer service inside the app; note name and time."),
        KEEP_PAYING,
    ),
    week=(
        message("Keep invoices of what was bought: they answer a check for sham purchases."),
        CREDIT_REPORT,
        REVIEW,
    ),
    call=message(
        "“I am {owner}. {line} no longer pays my purchases; {owed} is still to be billed and will "
        "be paid on its due date. Why was it stopped, what can I supply so that you look at it "
        "again? Please give me the reference of this call.”"
    ),
    call_debtless=message(
        "“I am {owner}. {line} no longer pays my purchases; nothing is left to be paid on it. Why "
        "was it stopped, and what can I supply so that you look at it again? Please give me the "
        "reference of this call.”"
    ),
    china_day=(
        message("Official channels only: 我的客服 in the app; for Alipay products also 95188."),
    ),
)

CREDIT_CARD = Playbook(
    recognise=(
        message("A payment by card is declined, or the app shows a lower limit."),
        message("A message speaks of a cut limit, a stop on payments or a check of purchases."),
    ),
    minutes=(
        SCREENSHOT,
        message("Pay with another means; do not repeat the declined payment."),
        message("Call the number on the back of the card: is it a fault, a check, or a decision?"),
        DUE_DAY,
    ),
    day=(
        message("Send the issuer receipts for the purchases that it asks about."),
        message("If the balance now lies above the limit, ask when the excess is due."),
        message("Change subscriptions and automatic payments that run through this line."),
        KEEP_PAYING,
    ),
    week=(CREDIT_REPORT, HARDSHIP, REVIEW),
    call=message(
        "“I am {owner}, holder of {line}. My limit has been cut or stopped; I owe {owed} and pay "
        "on time. Is this a check of purchases? I can send receipts today. When will you decide, "
        "and is any part of the balance due at once? Please give me the reference of this call.”"
    ),
    call_debtless=message(
        "“I am {owner}, holder of {line}. My limit has been cut or stopped; I owe nothing on it. "
        "Is this a check of purchases? I can send receipts today. When will you decide? Please "
        "give me the reference of this call.”"
    ),
)

BANK = Playbook(
    recognise=(
        message("The account manager says that it will not be renewed, or renewed for less."),
        message("A draw waits for approval longer than usual, or new papers are asked for."),
        message("A letter speaks of an early repayment or a breach of the contract."),
    ),
    minutes=(
        message("Write down who said what, and when; ask for it in writing."),
        message("Take out the contract: end of use, end of contract, reasons for an early call."),
        DUE_DAY,
    ),
    day=(
        message("Call the account manager, then the branch head; ask for the reason in writing."),
        message("Ask for renewal without repaying first, or for an extension, in writing."),
        START_ACTIONS,
        KEEP_PAYING,
    ),
    week=(
        message("Hand in accounts, tax papers and contracts that answer the bank's reason."),
        message("Offer a second bank the same papers: one application, well prepared."),
        REVIEW,
    ),
    call=message(
        "“I am {owner}, borrower on {line}, {owed} outstanding. I hear that you will not let me "
        "draw or renew. Please tell me the reason in writing, which papers would change it, and "
        "whether you renew without repayment first. Whom may I call tomorrow?”"
    ),
    call_debtless=message(
        "“I am {owner}. {line} is arranged with you, and nothing is drawn. I hear that you will "
        "not let me draw or renew. Please tell me the reason in writing, and which papers would "
        "change it. Whom may I call tomorrow?”"
    ),
    china_day=(message("The words for it: 无还本续贷 (renewal without repaying the principal)."),),
)

TRADE = Playbook(
    recognise=(
        message("The financier refuses a new invoice or bill, or lowers the share it advances."),
        message("The buyer behind the invoices has left the financier's list, or disputes one."),
    ),
    minutes=(
        message("Find out which buyer, which invoices, and whether recourse is claimed."),
        message("Hold back goods not yet sent to the same buyer until you know."),
        DUE_DAY,
    ),
    day=(
        message("Ask the financier in writing: which documents are missing, what is still bought?"),
        message("Ask the buyer for confirmation of the debt, or for payment before the due date."),
        START_ACTIONS,
    ),
    week=(
        message("Offer the invoices to another financier, with the buyer's confirmation."),
        message("Send reminders for everything overdue, with the interest that the law gives."),
        REVIEW,
    ),
    call=message(
        "“I am {owner}, client of {line}, {owed} outstanding. You have stopped buying my invoices. "
        "Is it the buyer, the documents, or your own limit? What do you need so that you go on, "
        "and do you claim recourse on what you have bought?”"
    ),
    call_debtless=message(
        "“I am {owner}, client of {line}, with nothing outstanding. You have stopped buying my "
        "invoices. Is it the buyer, the documents, or your own limit? What do you need so that "
        "you go on?”"
    ),
    china_week=(
        message(
            "Regulation 802 of 2025: larger buyers pay small firms within 30 days, "
            "at most 60; being late costs them interest."
        ),
    ),
)

INFORMAL = Playbook(
    recognise=(
        message("The lender says so, hesitates, or asks for the money back."),
        message("An event in the family or in the lender's own business makes it likely."),
    ),
    minutes=(
        message("Listen first; ask how much is needed, and by when."),
        message("Promise nothing that the curve in this plan does not carry."),
    ),
    day=(
        START_ACTIONS,
        message("Offer dates and amounts that this plan can keep, and put them in writing."),
    ),
    week=(
        message("Keep the first promised date; it is worth more than the second loan."),
        REVIEW,
    ),
    call=message(
        "“I understand that you need your money. I owe you {owed}. I have looked at my figures, "
        "and these are dates that I can keep. Which of them helps you most?”"
    ),
    call_debtless=message(
        "“I understand that you need your money yourself. I owe you nothing, and I thank you for "
        "standing ready. Please tell me when I may count on you again.”"
    ),
)

OTHER = Playbook(
    recognise=(
        message("New money is refused, or a message says that the arrangement has ended."),
        message("The lender asks for papers again, or does not answer."),
    ),
    minutes=(
        SCREENSHOT,
        message("Rule out a simple cause: upkeep, an expired document, a changed number."),
        DUE_DAY,
    ),
    day=(
        message("Ask for the reason through the official contact; note name and time."),
        START_ACTIONS,
        KEEP_PAYING,
    ),
    week=(HARDSHIP, CREDIT_REPORT, REVIEW),
    call=message(
        "“I am {owner}. {line} is closed to me since today; I owe {owed} and go on paying it on "
        "time. Why was it closed, what would reopen it, and does anything change for what I owe? "
        "Please give me the reference of this call.”"
    ),
    call_debtless=message(
        "“I am {owner}. {line} is closed to me since today; I owe nothing on it. Why was it "
        "closed, and what would reopen it? Please give me the reference of this call.”"
    ),
)

GROUP = Playbook(
    recognise=(
        message("One of them refuses: try none of the others, look at their limits only."),
        message("A wallet or account cannot be logged into, or asks for an identity check."),
    ),
    minutes=(
        SCREENSHOT,
        message("Rule out upkeep and a stolen login: password, telephone number, known devices."),
        message("Tell those who pay into a frozen account where to pay from now on."),
        message("Put money for the next due dates into an account outside this group."),
    ),
    day=(
        message("Ask the platform which products are concerned, and for the reason in each."),
        message("Pay what is in dispute or overdue there: one breach closes all."),
        START_ACTIONS,
        KEEP_PAYING,
    ),
    week=(
        CREDIT_REPORT,
        message("Move one source and one receipt channel outside this group for good."),
        REVIEW,
    ),
    call=message(
        "“I am {owner}. {line} has been closed or frozen together. I owe {owed} in all and go on "
        "paying it on time. Which product is the cause, what do you need from me, and how do I "
        "reach the money that is in my account? Please give me the reference of this call.”"
    ),
    call_debtless=message(
        "“I am {owner}. {line} has been closed or frozen together. I owe nothing there. Which "
        "product is the cause, what do you need from me, and how do I reach the money that is in "
        "my account? Please give me the reference of this call.”"
    ),
    china_day=(
        message("Official channels only: 我的客服 in the app; for Alipay products also 95188."),
    ),
)

EXPENSE = Playbook(
    recognise=(
        message("A repair, an illness, a fine or a tax demand that no plan of yours has."),
        message("Something is promised to somebody, and its bill comes earlier or higher."),
    ),
    minutes=(
        message("Find out what it costs at least, and by which day; ask for it in writing."),
        message("See whether it can wait: what happens if it is paid a month later?"),
    ),
    day=(
        message("Ask for parts or a later day before you pay anything."),
        START_ACTIONS,
        NO_APPLICATIONS,
    ),
    week=(
        message("Claim what others owe you for it: insurance, guarantee, employer, landlord."),
        message("Fill the minimum up again before anything that can go."),
        REVIEW,
    ),
    call=message(
        "“I am {owner}. I want to pay your bill in full, but not at once. I can pay a part now and "
        "the rest on dates that I keep. Which dates do you agree to? Please confirm them in "
        "writing.”"
    ),
    call_debtless=message(
        "“I am {owner}. I want to pay your bill in full, but not at once. I can pay a part now and "
        "the rest on dates that I keep. Which dates do you agree to? Please confirm them in "
        "writing.”"
    ),
)

BY_KIND: dict[FacilityKind, Playbook] = {
    FacilityKind.PLATFORM_LOAN: PLATFORM_LOAN,
    FacilityKind.PAY_LATER: PAY_LATER,
    FacilityKind.CREDIT_CARD: CREDIT_CARD,
    FacilityKind.BANK_LINE: BANK,
    FacilityKind.TERM_LOAN: BANK,
    FacilityKind.OVERDRAFT: BANK,
    FacilityKind.SUPPLY_CHAIN: TRADE,
    FacilityKind.FACTORING: TRADE,
    FacilityKind.BILL_DISCOUNT: TRADE,
    FacilityKind.PAWN: OTHER,
    FacilityKind.INFORMAL: INFORMAL,
    FacilityKind.OTHER: OTHER,
}


@dataclass(frozen=True)
class Guidance:
    """A playbook's steps for one book: with the Chinese ones, or without. `owed` (minor units) is
    what all that is lost has lent."""

    recognise: Steps
    minutes: Steps
    day: Steps
    week: Steps
    call: Message
    owed: int
    targets: tuple[Facility | Account, ...]


def in_china(book: Book) -> bool:
    """Whether Chinese offices and their numbers are of use."""
    return book.currency == "CNY" or book.country == "CN"


def guidance(book: Book, contingency: Contingency) -> Guidance:
    """What to do first when this happens."""
    targets = tuple(
        record
        for target in contingency.targets
        if isinstance(record := book.by_id[target], Facility | Account)
    )
    only = targets[0] if len(targets) == 1 else None
    playbook = BY_KIND[only.kind] if isinstance(only, Facility) else GROUP
    if contingency.kind is ContingencyKind.EXPENSE:
        playbook = EXPENSE
    owed = sum(owed_today(book, each) for each in targets if isinstance(each, Facility))
    china = in_china(book)
    return Guidance(
        recognise=playbook.recognise,
        minutes=playbook.minutes,
        day=playbook.day + (playbook.china_day if china else ()),
        week=playbook.week + (playbook.china_week if china else ()),
        call=playbook.call if owed else playbook.call_debtless,
        owed=owed,
        targets=targets,
    )
