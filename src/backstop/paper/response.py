"""The right-hand page of a contingency: what to do, what it costs later, and what remains."""

from collections import defaultdict

from backstop.contingency import Bounced
from backstop.domain import Account, Book, Facility, Measure
from backstop.paper.document import ActionBand, ActionRow, Period, Table
from backstop.plan import Action, ActionKind, Loss, Phase, Plan, Repayment
from backstop.telling import Words
from backstop.telling.actions import action_text, begins, cautions, phase_heading, takes_effect
from backstop.telling.capitals import capital_numerals
from backstop.telling.explaining import brief, next_best_on_paper
from backstop.telling.phrases import amount, brief_day, joined, obligation_title
from backstop.telling.playbooks import START_ACTIONS, Guidance
from backstop.telling.shortage import cost_of_missing, owner_said

MOST_REMAINING = 5
MOST_REPAYMENTS = 8


def action_bands(book: Book, plan: Plan, words: Words) -> list[ActionBand]:
    return [
        ActionBand(
            phase_heading(phase, words), [_action(book, plan, each, words) for each in actions]
        )
        for phase in Phase
        if (actions := plan.in_phase(phase))
    ]


def _action(book: Book, plan: Plan, action: Action, words: Words) -> ActionRow:
    why = brief(book, words, action.because) if action.because else ""
    other = next_best_on_paper(book, action, plan, words)
    return ActionRow(
        day=begins(book, action, words),
        text=action_text(book, action, words),
        effect=takes_effect(book, action, words),
        because=joined(words, [why, other, cautions(book, action, words)]),
        amount=amount(book, words, action.amount),
        cost=amount(book, words, action.cost),
        contact=action.contact or _contact(book, action),
    )


def _contact(book: Book, action: Action) -> str:
    """Whom to call: the line's official contact, the account's house, the payment's other side."""
    record = book.by_id.get(action.source)
    if isinstance(record, Facility):
        return record.contact or record.lender or "–"
    if isinstance(record, Account):
        return record.institution or "–"
    if isinstance(record, Measure):
        return record.contact or record.provider or "–"
    return getattr(record, "counterparty", "") or "–"


def no_actions(plan: Plan, words: Words) -> str:
    if plan.actions:
        return ""
    if not plan.before.hurts:
        return words.say("Nothing needs to be done: every payment can be made without this line.")
    return words.say("Nothing that is left in this book would make it better.")


def total(book: Book, plan: Plan, words: Words) -> str:
    if not plan.actions:
        return ""
    return words.count(
        len(plan.actions),
        "One action; {amount} found, at a cost of {cost}.",
        "{n} actions; {amount} found, at a cost of {cost}.",
        amount=amount(book, words, _found(plan)),
        cost=amount(book, words, plan.cost),
    )


def _found(plan: Plan) -> int:
    """Money found or spared; a debt that takes another's place finds none."""
    return sum(each.amount for each in plan.actions if each.kind is not ActionKind.REFINANCE)


def in_capitals(book: Book, plan: Plan, words: Words) -> str:
    if not words.is_chinese or not plan.actions:
        return ""
    found = capital_numerals(_found(plan), book.currency)
    cost = capital_numerals(plan.cost, book.currency)
    if not found:
        return ""
    return words.say("In capitals: {amount}; cost {cost}.", amount=found, cost=cost)


def repayments(book: Book, plan: Plan, words: Words) -> Table | None:
    """What each source is to be paid back, from when to when."""
    owed: dict[str, list[Repayment]] = defaultdict(list)
    for each in plan.actions:
        owed[_paid_to(each)] += each.repayments
    rows = [_repaid(book, name, paid, words) for name, paid in owed.items() if paid]
    if not rows:
        return None
    total = sum(each.amount for paid in owed.values() for each in paid)
    hidden = len(rows) - MOST_REPAYMENTS
    more = words.say("and {n} more; ", n=hidden) if hidden > 0 else ""
    return Table(
        head=[
            words.say("To"),
            words.say("First"),
            words.say("Last"),
            words.say("Payments"),
            words.say("In all"),
        ],
        rows=rows[:MOST_REPAYMENTS],
        right=[3, 4],
        note=more + words.say("{total} in all", total=amount(book, words, total)),
    )


def _paid_to(action: Action) -> str:
    if action.kind in (ActionKind.PURCHASE, ActionKind.RENEGOTIATE):
        return f"{action.name} · {action.payment_name}"
    return action.name


def _repaid(book: Book, name: str, paid: list[Repayment], words: Words) -> list[str]:
    days = [each.day for each in paid]
    return [
        name,
        brief_day(book, words, min(days)),
        brief_day(book, words, max(days)),
        str(len(days)),
        amount(book, words, sum(each.amount for each in paid)),
    ]


def left_unpaid(book: Book, plan: Plan, words: Words) -> list[str]:
    """Payments to miss, in the order in which to miss them.

    Of many, those of which the most is missing; the small remainders are summed up.
    """
    by_size = sorted(plan.missed, key=lambda b: (-b.missed, b.day))
    named, rest = by_size[:MOST_REMAINING], by_size[MOST_REMAINING:]
    order = plan.shortage.order if plan.shortage else ()
    named.sort(key=lambda b: (order.index(b) if b in order else 0, -b.priority, b.day))
    rows = [_left_unpaid(book, plan, each, words) for each in named]
    if rest:
        left = amount(book, words, sum(each.missed for each in rest))
        rows.append(words.say("and {n} more, {amount}", n=len(rest), amount=left))
    return rows


def _left_unpaid(book: Book, plan: Plan, each: Bounced, words: Words) -> str:
    values = {
        "day": brief_day(book, words, each.day),
        "name": obligation_title(book, words, each.obligation),
        "due": amount(book, words, each.obligation.amount),
    }
    if each.missed == each.obligation.amount:
        said = words.say("{day}: {name}, {due} not paid", **values)
    elif each.obligation.partly_payable:
        said = words.say(
            "{day}: {name}, pay {paid} now; {missed} of {due} stays unpaid",
            **values,
            paid=amount(book, words, each.obligation.amount - each.missed),
            missed=amount(book, words, each.missed),
        )
    else:
        missed = amount(book, words, each.missed)
        said = words.say("{day}: {name}, {missed} of {due} not paid", **values, missed=missed)
    beside = [cost_of_missing(book, each, words), owner_said(book, plan, each, words)]
    return " · ".join(each for each in [said, *beside] if each)


def proof(plan: Plan, words: Words) -> str:
    if not plan.proved:
        return words.say("Not proved.")
    if not plan.actions:
        return ""
    return words.say("Proved: every action was replayed through the day-by-day projection.")


def periods(plan: Plan, help_: Guidance, words: Words) -> list[Period]:
    """The first steps; of actions only where the plan has some."""
    idle = () if plan.actions else (START_ACTIONS,)
    return [
        Period(heading, [words.tell(each) for each in steps if each not in idle])
        for heading, steps in (
            (words.say("First 30 minutes"), help_.minutes),
            (words.say("First day"), help_.day),
            (words.say("First week"), help_.week),
        )
    ]


def call_words(book: Book, loss: Loss, help_: Guidance, words: Words) -> str:
    return words.say(
        help_.call.text,
        owner=book.owner or "________",
        line=loss.name,
        owed=amount(book, words, help_.owed),
    )
