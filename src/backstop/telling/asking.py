"""What to ask first, in words: of whom, for what, by when, and what it would spare."""

from decimal import Decimal
from typing import assert_never

from backstop.domain import AskKind, Facility, FacilityKind, Message, message
from backstop.plan import Ask, Plan
from backstop.telling import Narrator, Words
from backstop.telling.actions import action_text

MOST_STEPS = 2
"""Steps that are told in full where they are not needed; of more, what they are with."""


def asks_heading(words: Words) -> str:
    """Over what to ask, and what else to begin."""
    return words.say("This week: ask first, it costs nothing")


def begin_lines(plan: Plan, narrator: Narrator) -> list[str]:
    """What else to begin this week, a sentence each."""
    return [narrator.brief(each) for each in plan.begin]


def ask_text(ask: Ask, narrator: Narrator) -> str:
    """What to ask of whom."""
    measure, record = ask.measure, narrator.book.by_id[ask.measure.target]
    values = {
        "who": _who(ask, narrator),
        "name": record.name,
        "amount": narrator.amount(ask.amount),
        "day": narrator.on_day(ask.day),
    }
    match ask.kind:
        case AskKind.INSTALMENTS:
            said = "Ask {who} to take {amount} of {name}, due {day}, in {n} instalments"
            return narrator.say(said, **values, n=measure.periods)
        case AskKind.EXTENSION:
            said = "Ask {who} for {n} more days for {amount} of {name}, due {day}"
            return narrator.say(said, **values, n=measure.later_days)
        case AskKind.RENEWAL:
            said = "Ask {who} to renew {name} without repaying {amount} first, due {day}"
            return narrator.say(said, **values)
        case AskKind.BRIDGE:
            return narrator.say(
                "Once {who} promises to renew {name}, ask the town's bridge fund for {amount}, due "
                "{day}",
                **values,
            )
        case AskKind.LONGER_TERMS:
            said = "Ask {who} for {n} more days for {name} ({amount}, due {day})"
            return narrator.say(said, **values, n=measure.later_days)
        case AskKind.TAX_DEFERRAL:
            said = "Apply to pay {name} ({amount}, due {day}) {n} days later"
            return narrator.say(said, **values, n=measure.later_days)
        case _:
            assert_never(ask.kind)


def _who(ask: Ask, narrator: Narrator) -> str:
    record = narrator.book.by_id[ask.measure.target]
    named = record.lender if isinstance(record, Facility) else ask.measure.provider
    return named or ask.measure.contact or narrator.say("the supplier")


def ask_terms(ask: Ask, narrator: Narrator) -> str:
    """By when at the latest, with what chance, and at what cost."""
    late = ask.day - ask.lead_days < ask.by
    last = (
        narrator.say("At once: {n} days before is usual.", n=ask.lead_days)
        if late
        else narrator.say("By {day} at the latest.", day=narrator.on_day(ask.by))
    )
    chance = narrator.percent(Decimal(ask.measure.chance_percent))
    said = narrator.say("Chance about {chance}.", chance=chance)
    return narrator.joined([last, said, *_cost(ask, narrator), _known_as(ask, narrator)])


_BANKS = (FacilityKind.BANK_LINE, FacilityKind.TERM_LOAN, FacilityKind.OVERDRAFT)
_OTHER_LENDERS = (
    FacilityKind.PLATFORM_LOAN,
    FacilityKind.PAY_LATER,
    FacilityKind.CREDIT_CARD,
)
_HARDSHIP = message("Lenders call it a hardship program.")
_MODIFIED = message("Lenders call it a loan modification.")
_DEFERRAL = message("Lenders call it a payment deferral.")
_FORBEARANCE = message("Lenders call it forbearance.")
_REPAYMENT = message("Lenders call it a repayment plan.")
_HOLIDAY = message("Lenders call it a payment holiday.")
_OF_BANKS: dict[tuple[str, AskKind], Message] = {
    ("US", AskKind.INSTALMENTS): _MODIFIED,
    ("US", AskKind.EXTENSION): _FORBEARANCE,
    ("GB", AskKind.INSTALMENTS): _REPAYMENT,
    ("GB", AskKind.EXTENSION): _FORBEARANCE,
    ("HK", AskKind.INSTALMENTS): _REPAYMENT,
}
_TERMS: dict[tuple[str, AskKind], Message] = {
    ("US", AskKind.INSTALMENTS): _HARDSHIP,
    ("US", AskKind.EXTENSION): _DEFERRAL,
    ("US", AskKind.TAX_DEFERRAL): message(
        "The IRS calls it a payment plan; other tax offices have their own."
    ),
    ("GB", AskKind.INSTALMENTS): _REPAYMENT,
    ("GB", AskKind.EXTENSION): _HOLIDAY,
    ("GB", AskKind.TAX_DEFERRAL): message("HMRC calls it Time to Pay."),
    ("HK", AskKind.INSTALMENTS): _REPAYMENT,
    ("HK", AskKind.TAX_DEFERRAL): message(
        "The Inland Revenue Department calls it payment by instalments."
    ),
}
"""By what name it is known in the country of the book: to banks, and to all others."""


def _known_as(ask: Ask, narrator: Narrator) -> str:
    """The word to ask for; friends and suppliers have none."""
    book = narrator.book
    record = book.by_id[ask.measure.target]
    kind = record.kind if isinstance(record, Facility) else None
    if kind is not None and kind not in (*_BANKS, *_OTHER_LENDERS):
        return ""
    terms = _OF_BANKS if kind in _BANKS else _TERMS
    term = terms.get((book.country, ask.kind))
    return "" if term is None else narrator.tell(term)


def _cost(ask: Ask, narrator: Narrator) -> list[str]:
    if not ask.measure.cost_percent:
        return []
    cost = narrator.percent(ask.measure.cost_percent)
    return [narrator.say("If granted, it costs about {cost} besides interest.", cost=cost)]


def ask_spares(ask: Ask, plan: Plan, narrator: Narrator) -> str:
    """Which steps fall away if it is granted, and how much more is paid."""
    said = []
    steps = [plan.actions[number] for number in ask.spared]
    names = list(dict.fromkeys(each.name for each in steps))
    if len(steps) == len(plan.actions) and steps:
        said.append(narrator.say("If it is granted, no step is needed."))
    elif 0 < len(steps) <= MOST_STEPS:
        told = narrator.language.clauses([f"“{action_text(each, narrator)}”" for each in steps])
        said.append(narrator.say("If it is granted, this is not needed: {steps}.", steps=told))
    elif steps:
        listed = narrator.few(names)
        said.append(
            narrator.say(
                "If it is granted, the steps with these are not needed: {names}.", names=listed
            )
        )
    unpaid = sum(each.missed for each in plan.missed)
    if unpaid and ask.paid == unpaid:
        said.append(narrator.say("Nothing stays unpaid then."))
    elif ask.paid:
        paid = narrator.amount(ask.paid)
        said.append(narrator.say("{amount} more is paid then.", amount=paid))
    return narrator.joined(said)


def not_counted(words: Words) -> str:
    """That nobody has agreed to any of it."""
    return words.say("None of it is agreed, so none of it counts in the plan.")
