"""What goes into spreadsheets: the days of a projection, the plans of a book."""

from collections import defaultdict
from collections.abc import Sequence

from backstop.contingency import Bounced, obligations
from backstop.domain import Book
from backstop.export.grid import Cell, Sheet, money
from backstop.plan import Action, Answers, Plan
from backstop.projection import Projection
from backstop.telling import Words
from backstop.telling.actions import action_text, phase_heading
from backstop.telling.phrases import date_of, obligation_title
from backstop.telling.sentences import loss_verdict


def days_sheet(projection: Projection, last: int, words: Words) -> Sheet:
    """Each day with its cash, what moves, and what is due."""
    book, say = projection.book, words.say
    due: dict[int, list[str]] = defaultdict(list)
    for each in obligations(projection, last=last):
        due[each.day].append(obligation_title(book, words, each))
    columns = (
        projection.low,
        projection.closing,
        projection.funding,
        projection.receipts,
        projection.payments,
    )
    rows: list[tuple[Cell, ...]] = [
        (
            projection.date_of(day),
            *(money(int(column[day]), book.currency) for column in columns),
            words.listing(due[day]) if due[day] else "",
        )
        for day in range(last + 1)
    ]
    head = ("Day", "Lowest", "At the end", "Drawn", "Money in", "Money out", "Due")
    return Sheet(say("Projection"), tuple(say(each) for each in head), rows)


def plan_sheets(answers: Answers, plans: Sequence[Plan], words: Words) -> list[Sheet]:
    """The losses planned for, every action, and what stays unpaid."""
    return [
        _losses(answers, plans, words),
        _actions(answers, plans, words),
        _unpaid(answers, plans, words),
    ]


def _losses(answers: Answers, plans: Sequence[Plan], words: Words) -> Sheet:
    currency = answers.book.currency
    rows = [
        (
            answers.loss(each.contingency.id).name,
            date_of(answers.book, each.contingency.loss_day),
            money(each.before.largest_gap, currency),
            money(each.after.largest_gap, currency),
            money(each.cost, currency),
            words.say("yes") if each.proved else words.say("no"),
            loss_verdict(answers, answers.loss(each.contingency.id), words, dated=True).headline,
        )
        for each in plans
    ]
    head = ("Loss", "Day", "Gap without the plan", "Gap with it", "Cost", "Proved", "Verdict")
    return Sheet(words.say("Losses"), tuple(words.say(each) for each in head), rows)


def _actions(answers: Answers, plans: Sequence[Plan], words: Words) -> Sheet:
    head = ("Loss", "When", "Begin", "Day", "Action", "Amount", "Cost", "Because", "Contact")
    rows = [
        (answers.loss(plan.contingency.id).name, *_action(answers.book, each, words))
        for plan in plans
        for each in plan.actions
    ]
    return Sheet(words.say("Actions"), tuple(words.say(each) for each in head), rows)


def _action(book: Book, each: Action, words: Words) -> tuple[Cell, ...]:
    return (
        phase_heading(each.phase, words),
        date_of(book, each.start_day),
        date_of(book, each.day),
        action_text(book, each, words),
        money(each.amount, book.currency),
        money(each.cost, book.currency),
        words.tell(each.because) if each.because else "",
        each.contact,
    )


def _unpaid(answers: Answers, plans: Sequence[Plan], words: Words) -> Sheet:
    head = ("Loss", "Day", "Payment", "Priority", "Due", "Unpaid")
    rows = [
        (answers.loss(plan.contingency.id).name, *_bounced(answers.book, each, words))
        for plan in plans
        for each in (plan.shortage.order if plan.shortage else plan.missed)
    ]
    return Sheet(words.say("Not paid"), tuple(words.say(each) for each in head), rows)


def _bounced(book: Book, each: Bounced, words: Words) -> tuple[Cell, ...]:
    return (
        date_of(book, each.day),
        obligation_title(book, words, each.obligation),
        int(each.priority),
        money(each.obligation.amount, book.currency),
        money(each.missed, book.currency),
    )
