"""The words of each cell that has its own: how it shows, what to look at, what to ask for, what to
say."""

from backstop.domain import message
from backstop.telling.playbooks.cells import Cause, Cell, Lender

WORDS: dict[tuple[Cause, Lender], Cell] = {
    (Cause.CUT, Lender.APP): Cell(
        notice=message("The limit shown is lower than last week, though nothing was drawn."),
        check=message("Note the old and the new limit; look whether it says until when."),
        ask=message("Ask what lowered it, and whether turnover or tax data would bring it back."),
        say=message(
            "The limit of {line} was lowered. What lowered it, is it for a time or for good, "
            "and what can I supply?"
        ),
    ),
    (Cause.CUT, Lender.CARD): Cell(
        notice=message("A payment is declined, or a message names a lower limit."),
        check=message(
            "Compare the balance with the new limit: what lies above it may be due at once."
        ),
        ask=message(
            "Send receipts for the large purchases, and ask when the limit is looked at again."
        ),
        say=message(
            "The limit of {line} was lowered. Is anything above it due at once, and which "
            "receipts do you need to look at it again?"
        ),
    ),
    (Cause.CUT, Lender.BANK): Cell(
        notice=message(
            "A letter or the account manager names a lower limit, often after new figures."
        ),
        check=message("Read in the contract what becomes of a balance above the new limit."),
        ask=message(
            "Ask for the old limit until the next season is over, and offer figures or "
            "security for it."
        ),
        say=message(
            "You have lowered the limit of {line}. Until when may the balance above it stay, "
            "and what would bring the limit back?"
        ),
    ),
    (Cause.FAULT, Lender.APP): Cell(
        notice=message(
            "The app is down, or says that it is under maintenance; others report the same."
        ),
        check=message(
            "Look for a notice, update the app, try once on another network; then wait an hour."
        ),
        ask=message(
            "If it lasts longer than a day, ask whether it is maintenance or a decision about you."
        ),
        say=message(
            "I cannot use {line} at the moment. Is it maintenance, and until when, or has "
            "something been decided about my line?"
        ),
    ),
    (Cause.FAULT, Lender.BANK): Cell(
        notice=message("Draws stay “in process”, or online banking does not answer."),
        check=message("Call the branch before you send it again: two orders may be two draws."),
        ask=message("Ask for a date, and for a payment by hand if wages or tax are due before it."),
        say=message(
            "A draw on {line} does not go through. Is it a fault, until when, and can you pay"
            " it by hand if it lasts?"
        ),
    ),
    (Cause.IDENTITY, Lender.APP): Cell(
        notice=message("The app asks to verify the identity, or names papers that have expired."),
        check=message(
            "Upload the new papers in the app, with the telephone number and card that it knows."
        ),
        ask=message("Ask how long the check takes, and whether the old limit comes back after it."),
        say=message(
            "{line} is held until my papers are checked. I have sent the new ones. How long "
            "does it take, and is anything else missing?"
        ),
    ),
    (Cause.IDENTITY, Lender.BANK): Cell(
        notice=message(
            "The bank asks for new papers of the owner or of the business, or blocks until then."
        ),
        check=message(
            "Find which paper it is: identity card, licence, legal representative, authorised"
            " signature."
        ),
        ask=message("Bring the originals to the counter; ask that the hold ends the same day."),
        say=message(
            "{line} is held because papers have expired. Which ones do you need, may I bring "
            "them today, and when does it work again?"
        ),
    ),
    (Cause.NOT_RENEWED, Lender.APP): Cell(
        notice=message("The line shows an end date, or says that it is looked at again then."),
        check=message("Note the end date, and count on no draw after it."),
        ask=message(
            "Ask whether it is renewed by itself, and which data would help before that day."
        ),
        say=message(
            "{line} ends soon. Is it renewed, when will I know, and what can I supply before "
            "that day?"
        ),
    ),
    (Cause.NOT_RENEWED, Lender.CARD): Cell(
        notice=message("No new card has come, though the old one ends this month."),
        check=message(
            "Look whether a limit for a time or an instalment plan ends on the same day."
        ),
        ask=message("Ask for the new card, and move automatic payments before the old one ends."),
        say=message(
            "{line} ends this month and no new card has come. Is it renewed, and until when "
            "can I use the old one?"
        ),
    ),
    (Cause.NOT_RENEWED, Lender.BANK): Cell(
        notice=message(
            "The account manager speaks of other conditions, or of no renewal, before the end."
        ),
        check=message(
            "Count back from the end of the contract: papers in a month before, an answer two "
            "weeks before."
        ),
        ask=message(
            "Ask in writing, in this order: renewal without repaying the principal, an "
            "extension, instalments."
        ),
        say=message(
            "The contract of {line} ends soon. Will you renew it without repayment first? If "
            "not, which part by instalments, and may I have your answer in writing?"
        ),
    ),
    (Cause.NOT_RENEWED, Lender.TRADE): Cell(
        notice=message(
            "The financier announces the end of the framework agreement, or of a buyer's "
            "limit in it."
        ),
        check=message(
            "See which invoices are bought already: they are paid by the buyer, not by you."
        ),
        ask=message(
            "Ask for a last purchase before the end, and a second financier for the same buyers."
        ),
        say=message(
            "The framework agreement for {line} ends soon. Which invoices will you still buy "
            "until then, and what would make you renew it?"
        ),
    ),
    (Cause.NOT_RENEWED, Lender.PRIVATE): Cell(
        notice=message("The agreed day is getting near, and they ask how it looks."),
        check=message("Before you speak, see how much cash this plan leaves on that day."),
        ask=message(
            "Say before the day how much comes on it and how much later; do not wait to be asked."
        ),
        say=message(
            "The day for {line} is getting near. I can pay a part on it, and the rest on "
            "dates that I will keep; would that help you?"
        ),
    ),
    (Cause.NOT_RENEWED, Lender.PAWN): Cell(
        notice=message("The ticket names the last day; after that the item is sold."),
        check=message(
            "Find the ticket: last day, interest so far, and what it costs to extend it."
        ),
        ask=message(
            "If you cannot redeem it, extend it before the last day by paying the interest."
        ),
        say=message(
            "The ticket for {line} expires soon. Until when can I extend it, and what does "
            "that cost?"
        ),
    ),
    (Cause.RENEWED_WITH_LESS, Lender.BANK): Cell(
        notice=message("The offer for the new contract names a smaller sum."),
        check=message(
            "Work out what the smaller sum leaves to be repaid on the day the old contract ends."
        ),
        ask=message(
            "Ask to repay the difference in instalments, or to keep it against further security."
        ),
        say=message(
            "You are renewing {line} for less. May I repay the difference in instalments, and "
            "what would it take to keep the old sum?"
        ),
    ),
    (Cause.CALLED, Lender.APP): Cell(
        notice=message("A message asks for the whole balance, not for the next instalment."),
        check=message(
            "Ask for the clause and the day in writing; pay nothing to a number from a text "
            "message."
        ),
        ask=message(
            "Ask to go back to the old schedule; offer the overdue part at once if there is one."
        ),
        say=message(
            "You are asking for the whole balance of {line}. Under which clause, and what do "
            "I have to do so that the old schedule holds again?"
        ),
    ),
    (Cause.CALLED, Lender.BANK): Cell(
        notice=message("A letter declares the loan due, and names a breach of the contract."),
        check=message(
            "Read which breach it names, and whether it can still be remedied within the days "
            "given."
        ),
        ask=message(
            "Remedy the breach, or ask for a waiver in writing; offer a dated plan for the balance."
        ),
        say=message(
            "You have called in {line}. Which breach is it, until when can I remedy it, and "
            "would you take the balance on dates that I name?"
        ),
    ),
    (Cause.CALLED, Lender.TRADE): Cell(
        notice=message(
            "The financier gives an invoice or a bill back and wants the advance returned."
        ),
        check=message("Find out why the buyer did not pay: dispute, delay, or no money."),
        ask=message(
            "Offer another invoice in its place, and ask the buyer for payment in writing."
        ),
        say=message(
            "You want back what was advanced on {line}. Which invoice is it, what does the "
            "buyer say, and may I put another in its place?"
        ),
    ),
    (Cause.BLOCKED, Lender.APP): Cell(
        notice=message("At the checkout the option is greyed out, though a limit still shows."),
        check=message("Try one other known shop; look for a risk check on purchases."),
        ask=message(
            "Move purchases that cannot wait to cash or another line, and subscriptions first."
        ),
        say=message(
            "{line} no longer pays for my purchases. Was one of them taken for a sham? I can "
            "send invoices today."
        ),
    ),
    (Cause.BLOCKED, Lender.CARD): Cell(
        notice=message(
            "A payment is declined with the word “restricted”, while the app shows a limit."
        ),
        check=message("Call the number on the back of the card before you try again."),
        ask=message("Ask which purchases are stopped: all, cash, abroad, or one kind of shop."),
        say=message(
            "{line} is restricted. Which payments are stopped, why, and which receipts lift it?"
        ),
    ),
    (Cause.BLOCKED, Lender.TRADE): Cell(
        notice=message("The next order is delivered only against payment."),
        check=message("See how many days of stock are left, and which order cannot wait."),
        ask=message(
            "Offer payment on delivery for that order, and a date on which terms come back."
        ),
        say=message(
            "You no longer deliver on account ({line}). What is open between us, and what "
            "would bring the old terms back?"
        ),
    ),
    (Cause.RETIRED, Lender.APP): Cell(
        notice=message("A notice says that the product ends, or that it may no longer be offered."),
        check=message("Note the last day for draws; what is owed keeps its own dates."),
        ask=message("Ask what replaces it, and whether existing customers are moved over."),
        say=message(
            "{line} is being ended. Until which day can I draw, does anything change for what"
            " I owe, and what replaces it?"
        ),
    ),
    (Cause.RETIRED, Lender.BANK): Cell(
        notice=message(
            "The bank leaves this kind of lending, or a rule forbids it for businesses like yours."
        ),
        check=message("Ask for the day and for the rule in writing: another bank may still lend."),
        ask=message("Ask the branch to pass your file on, and to let the contract run to its end."),
        say=message(
            "You no longer offer {line}. Does my contract run to its end, and who could take "
            "it over?"
        ),
    ),
    (Cause.FUNDER, Lender.APP): Cell(
        notice=message(
            "Draws fail at the last step, or the contract names another bank than before."
        ),
        check=message(
            "Look in the last contract which bank paid out; other lines may hang on the same one."
        ),
        ask=message(
            "Ask whether another funder takes over, and when; look at your other lines meanwhile."
        ),
        say=message(
            "Draws on {line} fail. Has the funder stopped, does another take over, and from "
            "which day?"
        ),
    ),
    (Cause.LINKED, Lender.APP): Cell(
        notice=message(
            "Another account or product of the same provider is in dispute, and this one stops too."
        ),
        check=message("Find the first cause: an overdue sum, a complaint, a login from elsewhere."),
        ask=message(
            "Settle that one first, keep the proof, and ask for the others to be opened again."
        ),
        say=message(
            "{line} stopped because of another product. Which one is it, and what has to be "
            "settled there?"
        ),
    ),
    (Cause.LINKED, Lender.BANK): Cell(
        notice=message("The bank points to a debt elsewhere: overdue, a guarantee, a lawsuit."),
        check=message(
            "Read the clause on other debts (cross default), and how many days it leaves."
        ),
        ask=message("Pay or settle the other debt, and send the proof before the days are over."),
        say=message(
            "You have put {line} on hold because of a debt elsewhere. Which one is it, and "
            "what proof would lift the hold?"
        ),
    ),
    (Cause.CROWD, Lender.APP): Cell(
        notice=message("Several lenders tighten in the same days; it is not about you alone."),
        check=message("Look at the limits of all lines, and apply nowhere."),
        ask=message(
            "Do not draw on the rest out of fear; start with your own money, and with "
            "committed lines."
        ),
        say=message(
            "{line} has closed. Is that a general decision, for how long, and what do you ask "
            "of customers who stay?"
        ),
    ),
}
