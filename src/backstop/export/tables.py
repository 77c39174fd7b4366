"""What goes into spreadsheets: the days of a projection, the plans of a book."""

from collections import defaultdict
from collections.abc import Sequence

from backstop.contingency import Bounced, obligations
from backstop.domain import Book, Settled
from backstop.export.grid import Cell, Sheet, money
from backstop.plan import Action, Answers, Ask, Plan
from backstop.projection import Projection
from backstop.telling import Narrator
from backstop.telling.actions import action_text, phase_heading
from backstop.telling.asking import ask_spares, ask_terms, ask_text, asks_heading
from backstop.telling.not_arranged import fallback_heading, proof_sentence
from backstop.telling.phrases import obligation_title
from backstop.telling.remaining import by_date
from backstop.telling.sentences import own_verdict
from backstop.telling.settling import TELLER_TEXTS, kind_text


def days_sheet(projection: Projection, last: int, narrator: Narrator) -> Sheet:
    """Each day with its cash, what moves, and what is due."""
    book, say = projection.book, narrator.say
    due: dict[int, list[str]] = defaultdict(list)
    for each in obligations(projection, last=last):
        due[each.day].append(obligation_title(each, narrator))
    columns = (
        projection.low,
        projection.closing,
        projection.funding,
        projection.receipts,
        projection.payments,
        *([projection.floor] if projection.overdrafts else []),
    )
    rows: list[tuple[Cell, ...]] = [
        (
            projection.date_of(day),
            *(money(int(column[day]), book.currency) for column in columns),
            narrator.listing(due[day]) if due[day] else "",
        )
        for day in range(last + 1)
    ]
    may_fall = ("As low as",) if projection.overdrafts else ()
    head = ("Day", "Lowest", "At the end", "Drawn", "Money in", "Money out", *may_fall, "Due")
    return Sheet(say("Projection"), tuple(say(each) for each in head), rows)


def ledger_sheet(ledger: Sequence[Settled], narrator: Narrator) -> Sheet:
    """What was settled, one row each: what was planned and what came of it."""
    book, say = narrator.book, narrator.say
    rows: list[tuple[Cell, ...]] = [
        (
            each.planned_day,
            each.name,
            kind_text(each.kind, narrator),
            money(each.planned, book.currency),
            each.actual_day,
            money(each.actual, book.currency),
            _account_name(each, book),
            narrator.tell(TELLER_TEXTS[each.said_by]),
        )
        for each in ledger
    ]
    head = ("Planned for", "item|What", "Kind", "Planned", "Happened on", "Actual", "Account")
    titles = (*(say(each) for each in head), say("According to"))
    return Sheet(say("Planned and actual"), titles, rows)


def _account_name(row: Settled, book: Book) -> str:
    account = book.by_id.get(row.account)
    return row.account if account is None else account.name


def plan_sheets(answers: Answers, plans: Sequence[Plan], narrator: Narrator) -> list[Sheet]:
    """The losses planned for; what to ask first, and every action; and what stays unpaid."""
    return [
        _losses(answers, plans, narrator),
        _actions(answers, plans, narrator),
        _unpaid(answers, plans, narrator),
    ]


def _losses(answers: Answers, plans: Sequence[Plan], narrator: Narrator) -> Sheet:
    currency = answers.book.currency
    rows = [
        (
            answers.loss(each.contingency.id).name,
            narrator.date_of(each.contingency.loss_day),
            money(each.before.largest_gap, currency),
            money(each.after.largest_gap, currency),
            money(each.cost, currency),
            _proved(each, narrator),
            own_verdict(answers, answers.loss(each.contingency.id), narrator, dated=True),
        )
        for each in plans
    ]
    head = ("Loss", "Day", "Gap without the plan", "Gap with it", "Cost", "Proved", "Verdict")
    return Sheet(narrator.say("Losses"), tuple(narrator.say(each) for each in head), rows)


def _proved(plan: Plan, narrator: Narrator) -> str:
    if not plan.proved:
        return narrator.say("no")
    return proof_sentence(plan, narrator) or narrator.say("yes")


def _actions(answers: Answers, plans: Sequence[Plan], narrator: Narrator) -> Sheet:
    head = ("Loss", "When", "Begin", "Day", "Action", "Amount", "Cost", "Because", "Contact")
    rows = [
        (answers.loss(plan.contingency.id).name, *_ask(each, plan, narrator))
        for plan in plans
        for each in plan.asks
    ]
    rows += [
        (answers.loss(plan.contingency.id).name, *_action(each, narrator))
        for plan in plans
        for each in plan.actions
    ]
    rows += [
        (
            answers.loss(plan.contingency.id).name,
            fallback_heading(plan, narrator),
            *_what(each, narrator),
        )
        for plan in plans
        for each in (plan.otherwise.actions if plan.otherwise else ())
    ]
    return Sheet(narrator.say("Actions"), tuple(narrator.say(each) for each in head), rows)


def _ask(each: Ask, plan: Plan, narrator: Narrator) -> tuple[Cell, ...]:
    """What to ask first; nobody has agreed to it, so it has no cost yet."""
    return (
        asks_heading(narrator),
        narrator.date_of(each.by),
        narrator.date_of(each.day),
        ask_text(each, narrator),
        money(each.amount, narrator.book.currency),
        None,
        narrator.joined([ask_terms(each, narrator), ask_spares(each, plan, narrator)]),
        each.measure.contact,
    )


def _action(each: Action, narrator: Narrator) -> tuple[Cell, ...]:
    return (phase_heading(each.phase, narrator), *_what(each, narrator))


def _what(each: Action, narrator: Narrator) -> tuple[Cell, ...]:
    return (
        narrator.date_of(each.start_day),
        narrator.date_of(each.day),
        action_text(each, narrator),
        money(each.amount, narrator.book.currency),
        money(each.cost, narrator.book.currency),
        narrator.tell(each.because) if each.because else "",
        each.contact,
    )


def _unpaid(answers: Answers, plans: Sequence[Plan], narrator: Narrator) -> Sheet:
    head = ("Loss", "Day", "Payment", "Priority", "amount|Due", "Unpaid")
    rows = [
        (answers.loss(plan.contingency.id).name, *_bounced(each, narrator))
        for plan in plans
        for each in by_date(plan)
    ]
    return Sheet(narrator.say("Not paid"), tuple(narrator.say(each) for each in head), rows)


def _bounced(each: Bounced, narrator: Narrator) -> tuple[Cell, ...]:
    return (
        narrator.date_of(each.day),
        obligation_title(each.obligation, narrator),
        int(each.priority),
        money(each.obligation.amount, narrator.book.currency),
        money(each.missed, narrator.book.currency),
    )
