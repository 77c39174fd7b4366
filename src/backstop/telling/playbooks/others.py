"""What to do where it is no single line that goes: several at once, an account, a customer, a
supplier, somebody who advanced money, or money that nobody thought to spend."""

from backstop.domain import message
from backstop.telling.playbooks.steps import (
    CREDIT_REPORT,
    KEEP_PAYING,
    NO_APPLICATIONS,
    REVIEW,
    SCREENSHOT,
    START_ACTIONS,
    Playbook,
)

GROUP = Playbook(
    recognise=(
        message("One of them refuses: try none of the others, look at their limits only."),
        message("A wallet or account cannot be logged into, or asks for an identity check."),
    ),
    minutes=(
        SCREENSHOT,
        message(
            "Rule out maintenance and a stolen login: password, telephone number, known devices."
        ),
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
        "“This is {owner}. {line} has been closed or frozen together. I owe {owed} in all and go "
        "on paying it on time. Which product is the cause, what do you need from me, and how do I "
        "reach the money that is in my account? Please give me the reference of this call.”"
    ),
    call_debtless=message(
        "“This is {owner}. {line} has been closed or frozen together. I owe nothing there. Which "
        "product is the cause, what do you need from me, and how do I reach the money that is in "
        "my account? Please give me the reference of this call.”"
    ),
    china_day=(
        message("Official channels only: 我的客服 in the app; for Alipay products also 95188."),
    ),
)

EXPENSE = Playbook(
    recognise=(
        message("A repair, an illness, a fine or a tax demand that is in no plan of yours."),
        message("Something you promised to pay comes earlier, or costs more."),
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
        message("Build the minimum back up before you spend on anything that can wait."),
        REVIEW,
    ),
    call=message(
        "“This is {owner}. I want to pay your bill in full, but not at once. I can pay a part now "
        "and the rest on dates that I keep. Which dates do you agree to? Please confirm them in "
        "writing.”"
    ),
    call_debtless=message(
        "“This is {owner}. I want to pay your bill in full, but not at once. I can pay a part now "
        "and the rest on dates that I keep. Which dates do you agree to? Please confirm them in "
        "writing.”"
    ),
)

ACCOUNT = Playbook(
    recognise=(
        message("A transfer out is refused, though the balance still shows."),
        message("The app asks for an identity check, or a letter names a court or an authority."),
    ),
    minutes=(
        SCREENSHOT,
        message("Tell those who pay into the account where to pay from now on."),
        message("See which automatic debits look at it first, and put money where they look next."),
    ),
    day=(
        message(
            "Ask the bank or platform who ordered it, for what sum, until when, and what lifts it."
        ),
        message("Take papers that explain the last large receipts: contract, invoice, delivery."),
        START_ACTIONS,
    ),
    week=(
        message("If an authority ordered it, ask there in writing to free what wages need."),
        message("Open a second account elsewhere, and have receipts come to both."),
        REVIEW,
    ),
    call=message(
        "“This is {owner}. My account {line} does not pay out any more. Who ordered that, for "
        "which sum and until when, and which papers do you need from me? Please give me the "
        "reference of this call.”"
    ),
    call_debtless=message(
        "“This is {owner}. My account {line} does not pay out any more. Who ordered that, for "
        "which sum and until when, and which papers do you need from me? Please give me the "
        "reference of this call.”"
    ),
)

CUSTOMER_GONE = Playbook(
    recognise=(
        message("Reminders go unanswered, or the contact has left."),
        message("Others are not paid either, or a court or a liquidator writes."),
    ),
    minutes=(
        message("Deliver nothing more on account; only against payment beforehand."),
        message("Collect what proves the debt: contract, delivery notes, invoices, messages."),
    ),
    day=(
        message("Ask for a written date and a first part payment, however small."),
        message("Look for security: retained title, a guarantee, credit insurance, a deposit."),
        START_ACTIONS,
    ),
    week=(
        message("Send a formal reminder with a last date; then a court order for payment."),
        message("If insolvency is opened, file the claim in time."),
        REVIEW,
    ),
    call=message(
        "“This is {owner}. {line}: payment is overdue. Is the invoice in dispute, or is money "
        "short? Tell me which part you pay today and on which dates the rest, and confirm it in "
        "writing.”"
    ),
    call_debtless=message(
        "“This is {owner}. {line}: payment is overdue. Is the invoice in dispute, or is money "
        "short? Tell me which part you pay today and on which dates the rest, and confirm it in "
        "writing.”"
    ),
    china_week=(
        message("An order for payment (支付令) is quick where nobody disputes the debt."),
        message("The time limit for a claim is usually three years; a written reminder renews it."),
    ),
)

CUSTOMER_LATE = Playbook(
    recognise=(
        message("The date passes, and they say that it comes, but not when."),
        message("They ask for longer terms, or pay small parts."),
    ),
    minutes=(
        message("Ask which step it hangs on: approval, invoice, acceptance, their own customer."),
        message("See what this plan needs at least from them, and by which day."),
    ),
    day=(
        message("Offer a discount for paying now, if it costs less than the steps of this plan."),
        message("Ask your own suppliers for as many days as the customer takes."),
        START_ACTIONS,
    ),
    week=(
        message("Put a date, interest and a part payment into the next contract."),
        message("Deliver on account only up to what you can wait for."),
        REVIEW,
    ),
    call=message(
        "“This is {owner}. {line}: what is still missing so that you can pay, and on which day "
        "will the money be here? If you pay by the end of this week, I can meet you on the price.”"
    ),
    call_debtless=message(
        "“This is {owner}. {line}: what is still missing so that you can pay, and on which day "
        "will the money be here? If you pay by the end of this week, I can meet you on the price.”"
    ),
    china_week=(
        message(
            "Regulation 802 of 2025: larger buyers pay small firms within 30 days, "
            "at most 60; being late costs them interest."
        ),
    ),
)

CUSTOMER_FROZEN = Playbook(
    recognise=(
        message("The customer says that a court or an authority has frozen what they owe you."),
        message("They hold back payment because goods, work or an invoice are in dispute."),
    ),
    minutes=(
        message("Ask for the paper: who ordered it, against whom, for which sum, until when."),
        message("Split what is in dispute from what is not: the rest is due as agreed."),
    ),
    day=(
        message("Answer the complaint in writing, point by point, with papers and photographs."),
        message("Offer security for the disputed part, so that the rest is paid."),
        START_ACTIONS,
    ),
    week=(
        message("Ask the court or the authority to lift it, or to limit it to the sum in dispute."),
        REVIEW,
    ),
    call=message(
        "“This is {owner}. {line}: please send me the order or the complaint. What is not in "
        "dispute is due as agreed; on which day do you pay that part?”"
    ),
    call_debtless=message(
        "“This is {owner}. {line}: please send me the order or the complaint. What is not in "
        "dispute is due as agreed; on which day do you pay that part?”"
    ),
)

SUPPLIER = Playbook(
    recognise=(
        message("The supplier delivers only against cash, or holds back an order."),
        message("They want the open invoices paid at once, because of a complaint or a rumour."),
    ),
    minutes=(
        message("Ask what it is about: a complaint, an overdue invoice, or their own bank."),
        message("List what you cannot do without from them, and for how many days it lasts."),
    ),
    day=(
        message("Pay what is undisputed and overdue first; it is often the whole quarrel."),
        message("Offer dates for the rest, and payment on delivery for what you need meanwhile."),
        message("Ask a second supplier for a price and for terms."),
        START_ACTIONS,
    ),
    week=(
        message("Put into writing what was agreed, with the day on which terms come back."),
        REVIEW,
    ),
    call=message(
        "“This is {owner}. {line}: I owe you {owed}, and I want to go on buying from you. What is "
        "in dispute? I pay the rest on dates that I keep, and new goods on delivery. What do you "
        "need so that the old terms come back?”"
    ),
    call_debtless=message(
        "“This is {owner}. {line}: I owe you nothing, and I want to go on buying from you. What is "
        "in dispute? Until it is settled I pay on delivery. What do you need so that the old terms "
        "come back?”"
    ),
)

ADVANCED = Playbook(
    recognise=(
        message("Somebody on the staff asks when they get their money back, or shows a card bill."),
        message("Receipts lie unrecorded, and nobody knows how much is owed to whom."),
    ),
    minutes=(
        message("Write down for each what was advanced, for what, and when their own bill is due."),
        message("Let nobody advance anything more."),
    ),
    day=(
        message("Pay first those whose own card bill or rent falls due first."),
        message("Give every one of them a date in writing, even if it is not this month."),
        START_ACTIONS,
    ),
    week=(
        message("Pay such things from the business account or card from now on."),
        REVIEW,
    ),
    call=message(
        "“You have paid {owed} for us, and it is your money. This part I can pay now, the rest on "
        "these dates. When is your own bill due? I put those dates first.”"
    ),
    call_debtless=message(
        "“You have helped us out before, and nothing is open. From now on we pay such things from "
        "the business account.”"
    ),
)

NOTHING = Playbook(
    recognise=(
        message("The projection runs below zero although every line is open."),
        message("Payments stand closer together than receipts, or a receipt is late."),
    ),
    minutes=(
        message("Check the balances and the next receipts of the book: is it still so?"),
        message("Find the first payment that fails, and ask whether it can wait."),
    ),
    day=(
        START_ACTIONS,
        message("Call those whom the plan does not pay before the day, not after it."),
        NO_APPLICATIONS,
    ),
    week=(
        message("Find what makes it so: a price, a cost, a customer, a debt; change that."),
        REVIEW,
    ),
    call=message(
        "“This is {owner}. On the agreed day I cannot pay in full, and I tell you beforehand. This "
        "part I can pay, the rest on these dates. Do you agree? Please confirm it in writing.”"
    ),
    call_debtless=message(
        "“This is {owner}. On the agreed day I cannot pay in full, and I tell you beforehand. This "
        "part I can pay, the rest on these dates. Do you agree? Please confirm it in writing.”"
    ),
)

BY_CAUSE: dict[str, Playbook] = {
    "customer_gone": CUSTOMER_GONE,
    "risky_customers": CUSTOMER_GONE,
    "customer_late": CUSTOMER_LATE,
    "receivable_frozen": CUSTOMER_FROZEN,
    "receipts_75": CUSTOMER_LATE,
    "receipts_30_late": CUSTOMER_LATE,
    "supplier_dispute": SUPPLIER,
    "advanced_by_staff": ADVANCED,
    "sudden_expense": EXPENSE,
}
"""The playbooks of causes by which no line closes, by the key of the preset."""
