"""What to do when a line closes for good and nobody says why, by kind of line."""

from backstop.domain import FacilityKind, message
from backstop.telling.playbooks.steps import (
    CREDIT_REPORT,
    DUE_DAY,
    HARDSHIP,
    KEEP_PAYING,
    NO_APPLICATIONS,
    REVIEW,
    SCREENSHOT,
    START_ACTIONS,
    Playbook,
)

PLATFORM_LOAN = Playbook(
    recognise=(
        message("The app shows a limit of 0, or says that it cannot lend for now."),
        message("A draw is refused although a limit still shows, or the entry has vanished."),
    ),
    minutes=(
        SCREENSHOT,
        message("Rule out maintenance: update the app, try once more on another network."),
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
        "“This is {owner}. My line {line} has been closed to new draws; I owe {owed} and go on "
        "paying it on time. Why was it closed, what can I supply so that you look at it again, and "
        "does anything change for what I owe? Please give me the reference of this call.”"
    ),
    call_debtless=message(
        "“This is {owner}. My line {line} has been closed to new draws; I owe nothing on it. Why "
        "was it closed, and what can I supply so that you look at it again? Please give me the "
        "reference of this call.”"
    ),
    china_day=(
        message("Official channels only: 我的客服 in the app; for Alipay products also 95188."),
    ),
)

PAY_LATER = Playbook(
    recognise=(
        message("At the checkout the pay-later option is missing, greyed out, or refused."),
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
        "“This is {owner}. {line} no longer pays my purchases; {owed} is still to be billed and "
        "will be paid on its due date. Why was it stopped, what can I supply so that you look at "
        "it again? Please give me the reference of this call.”"
    ),
    call_debtless=message(
        "“This is {owner}. {line} no longer pays my purchases; nothing is left to be paid on it. "
        "Why was it stopped, and what can I supply so that you look at it again? Please give me "
        "the reference of this call.”"
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
        "“This is {owner}. I hold {line}. My limit has been cut or stopped; I owe {owed} and pay "
        "on time. Is this a check of purchases? I can send receipts today. When will you decide, "
        "and is any part of the balance due at once? Please give me the reference of this call.”"
    ),
    call_debtless=message(
        "“This is {owner}. I hold {line}. My limit has been cut or stopped; I owe nothing on it. "
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
        "“This is {owner}. I borrow on {line}; {owed} is outstanding. I hear that you will not let "
        "me draw or renew. Please tell me the reason in writing, which papers would change it, and "
        "whether you renew without repayment first. Whom may I call tomorrow?”"
    ),
    call_debtless=message(
        "“This is {owner}. {line} is arranged with you, and nothing is drawn. I hear that you will "
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
        "“This is {owner}. I sell invoices under {line}; {owed} is outstanding. You have stopped "
        "buying my invoices. Is it the buyer, the documents, or your own limit? What do you need "
        "so that you go on, and do you claim recourse on what you have bought?”"
    ),
    call_debtless=message(
        "“This is {owner}. I sell invoices under {line}; nothing is outstanding. You have stopped "
        "buying my invoices. Is it the buyer, the documents, or your own limit? What do you need "
        "so that you go on?”"
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
        message("Rule out a simple cause: maintenance, an expired document, a changed number."),
        DUE_DAY,
    ),
    day=(
        message("Ask for the reason through the official contact; note name and time."),
        START_ACTIONS,
        KEEP_PAYING,
    ),
    week=(HARDSHIP, CREDIT_REPORT, REVIEW),
    call=message(
        "“This is {owner}. {line} is closed to me since today; I owe {owed} and go on paying it on "
        "time. Why was it closed, what would reopen it, and does anything change for what I owe? "
        "Please give me the reference of this call.”"
    ),
    call_debtless=message(
        "“This is {owner}. {line} is closed to me since today; I owe nothing on it. Why was it "
        "closed, and what would reopen it? Please give me the reference of this call.”"
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
