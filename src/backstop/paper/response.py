"""The right-hand page of a contingency: what to do, what it costs later, and what remains."""

from collections import defaultdict

from backstop.domain import Account, Book, Facility, Measure
from backstop.paper.document import ActionBand, ActionRow, Period, Table
from backstop.plan import Action, Phase, Plan, Repayment, kind_of
from backstop.telling import Narrator
from backstop.telling.actions import action_text, begins, cautions, phase_heading, takes_effect
from backstop.telling.asking import ask_spares, ask_terms, ask_text, begin_lines
from backstop.telling.explaining import next_best_on_paper
from backstop.telling.not_arranged import proof_sentence
from backstop.telling.playbooks import START_ACTIONS, Guidance

MOST_REPAYMENTS = 8
MOST_ASKED = 4
"""Things to ask for that have room on the page: the first ones."""


def action_bands(plan: Plan, narrator: Narrator) -> list[ActionBand]:
    """The actions of a plan under the heading of their phase; phases without any are left out."""
    return [
        ActionBand(
            phase_heading(phase, narrator), [_action(plan, each, narrator) for each in actions]
        )
        for phase in Phase
        if (actions := plan.in_phase(phase))
    ]


def asks(plan: Plan, narrator: Narrator) -> list[str]:
    """What to ask and to begin, each in one paragraph; whom to call, where that is not known from
    the one before."""
    said, before = [], ""
    for each in plan.asks[:MOST_ASKED]:
        contact = each.measure.contact
        call = narrator.say("Contact: {contact}.", contact=contact) if contact != before else ""
        text = narrator.say("{sentence}.", sentence=ask_text(each, narrator))
        rest = (ask_terms(each, narrator), ask_spares(each, plan, narrator), call)
        said.append(narrator.joined([text, *rest]))
        before = contact
    return [*said, *begin_lines(plan, narrator)]


def _action(plan: Plan, action: Action, narrator: Narrator) -> ActionRow:
    why = narrator.brief(action.because) if action.because else ""
    other = next_best_on_paper(action, plan, narrator)
    return ActionRow(
        day=begins(action, narrator),
        text=action_text(action, narrator),
        effect=takes_effect(action, narrator),
        because=narrator.joined([why, other, cautions(action, narrator)]),
        amount=narrator.amount(action.amount),
        cost=narrator.amount(action.cost),
        contact=action.contact or _contact(narrator.book, action),
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


def total(plan: Plan, narrator: Narrator) -> str:
    """How much the actions find, and what that costs; empty where there are none."""
    if not plan.actions:
        return ""
    return narrator.count(
        len(plan.actions),
        "One action; {amount} found, at a cost of {cost}.",
        "{n} actions; {amount} found, at a cost of {cost}.",
        amount=narrator.amount(_found(plan)),
        cost=narrator.amount(plan.cost),
    )


def _found(plan: Plan) -> int:
    """Money found or spared; a debt that takes another's place finds none."""
    return sum(each.amount for each in plan.actions if not kind_of(each).replaces_debt)


def in_capitals(plan: Plan, narrator: Narrator) -> str:
    """What is found and what it costs in the words of forms; empty where a language has none."""
    if not plan.actions:
        return ""
    language, currency = narrator.language, narrator.book.currency
    found = language.in_capitals(_found(plan), currency)
    cost = language.in_capitals(plan.cost, currency)
    if not found:
        return ""
    return narrator.say("In capitals: {amount}; cost {cost}.", amount=found, cost=cost)


def repayments(plan: Plan, narrator: Narrator) -> Table | None:
    """What each source is to be paid back, from when to when."""
    owed: dict[str, list[Repayment]] = defaultdict(list)
    for each in plan.actions:
        owed[_paid_to(each)] += each.repayments
    rows = [_repaid(name, paid, narrator) for name, paid in owed.items() if paid]
    if not rows:
        return None
    total = sum(each.amount for paid in owed.values() for each in paid)
    most = len(rows) if narrator.whole_lists else MOST_REPAYMENTS
    hidden = len(rows) - most
    more = narrator.say("and {n} more; ", n=hidden) if hidden > 0 else ""
    return Table(
        head=[
            narrator.say("To"),
            narrator.say("First"),
            narrator.say("Last"),
            narrator.say("Payments"),
            narrator.say("In all"),
        ],
        rows=rows[:most],
        right=[3, 4],
        note=more + narrator.say("{total} in all", total=narrator.amount(total)),
    )


def _paid_to(action: Action) -> str:
    kind = kind_of(action)
    if kind.makes_debt and not kind.brings_money:  # it is owed for that payment
        return f"{action.name} · {action.payment_name}"
    return action.name


def _repaid(name: str, paid: list[Repayment], narrator: Narrator) -> list[str]:
    days = [each.day for each in paid]
    return [
        name,
        narrator.brief_day(min(days)),
        narrator.brief_day(max(days)),
        str(len(days)),
        narrator.amount(sum(each.amount for each in paid)),
    ]


def proof(plan: Plan, narrator: Narrator) -> str:
    """Whether the replay confirmed the plan; empty where there was nothing to replay."""
    if not plan.proved:
        return narrator.say("Not proved.")
    if not plan.actions:
        return ""
    if plan.unarranged:
        return proof_sentence(plan, narrator)
    return narrator.say("Proved: every action was replayed through the day-by-day projection.")


def periods(plan: Plan, help_: Guidance, narrator: Narrator) -> list[Period]:
    """The first steps; of actions only where the plan has some."""
    idle = () if plan.actions else (START_ACTIONS,)
    return [
        Period(heading, [narrator.tell(each) for each in steps if each not in idle])
        for heading, steps in (
            (narrator.say("First 30 minutes"), help_.minutes),
            (narrator.say("First day"), help_.day),
            (narrator.say("First week"), help_.week),
        )
    ]


def _caller(narrator: Narrator) -> str:
    """Who calls, as it stands inside a sentence that ends behind it; room for it where the book
    does not say."""
    name = narrator.book.owner.strip().rstrip(".。")
    return narrator.language.within(name) if name else "________"


def call_words(help_: Guidance, narrator: Narrator) -> str:
    """What to say to the other side, with the owner's name, what is lost by its own names, and what
    is owed."""
    said = {
        "owner": _caller(narrator),
        "line": narrator.few(help_.names),
        "owed": narrator.amount(help_.owed),
    }
    if help_.opening is None:
        return narrator.say(help_.call.text, **said)
    opening = narrator.say(help_.opening.text, line=said["line"])
    if not help_.owed:
        text = (
            "“This is {owner}. {opening} I owe nothing on it. Please give me the reference of this "
            "call.”"
        )
    elif help_.called:
        text = (
            "“This is {owner}. {opening} I owe {owed}. Please put in writing what is due and by "
            "when, and give me the reference of this call.”"
        )
    else:
        text = (
            "“This is {owner}. {opening} I owe {owed} and go on paying it on time. Please give me "
            "the reference of this call.”"
        )
    return narrator.say(text, opening=opening, **said)
