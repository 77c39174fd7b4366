"""A plan's steps in words."""

from backstop.domain import Book, CashFlow, Facility, Measure
from backstop.plan import BRINGING_NO_MONEY, Action, ActionKind, Phase
from backstop.telling import Words
from backstop.telling.measures import measure_caution, measure_text
from backstop.telling.phrases import amount, brief_day, date_of, joined, on_day


def action_text(book: Book, action: Action, words: Words) -> str:
    """What to do: `Draw ¥30,000 from WeBank`. The day stands beside it, see `action_when`."""
    sum_ = amount(book, words, action.amount)
    match action.kind:
        case ActionKind.DRAW:
            return words.count(
                action.periods,
                "Draw {amount} from {name} for a month",
                "Draw {amount} from {name} for {n} months",
                amount=sum_,
                name=action.name,
            )
        case ActionKind.RENEW:
            return words.count(
                action.periods,
                "Have {name} renewed, then draw {amount} for a month",
                "Have {name} renewed, then draw {amount} for {n} months",
                amount=sum_,
                name=action.name,
            )
        case ActionKind.PURCHASE:
            return _purchase(book, action, words)
        case ActionKind.REFINANCE:
            return words.count(
                action.periods,
                "Pay off {debt} with {amount} from {name}, for a month",
                "Pay off {debt} with {amount} from {name}, over {n} months",
                debt=action.payment_name,
                amount=sum_,
                name=action.name,
            )
        case ActionKind.RESERVE:
            return words.say("Release {amount} from {name}", amount=sum_, name=action.name)
        case ActionKind.DEFER:
            return _put_off(book, action, sum_, words)
        case ActionKind.CUT:
            return _cut(book, action, words)
        case _:
            return measure_text(book, action, words)


def _purchase(book: Book, action: Action, words: Words) -> str:
    return words.count(
        action.times,
        "Pay {payment} ({amount}) through {name}",
        "Pay {payment} ({amount} each time, {n} times, to {day}) through {name}",
        payment=action.payment_name,
        name=action.name,
        amount=amount(book, words, action.amount // action.times),
        day=on_day(book, words, max(action.days, default=action.day)),
    )


def _cut(book: Book, action: Action, words: Words) -> str:
    flow = book.by_id.get(action.source)
    values = {
        "name": action.name,
        "amount": amount(book, words, action.amount // action.times),
        "day": on_day(book, words, max(action.days, default=action.day)),
    }
    if isinstance(flow, CashFlow) and flow.cuttable_percent == 100:
        return words.count(
            action.times,
            "Do without {name} ({amount})",
            "Do without {name} ({amount} each time, {n} times, to {day})",
            **values,
        )
    return words.count(
        action.times,
        "Cut {name} by {amount}",
        "Cut {name} by {amount} each time, {n} times, to {day}",
        **values,
    )


def _put_off(book: Book, action: Action, sum_: str, words: Words) -> str:
    until = action.last_repayment_day
    if until is None:
        return words.say("Put off {name} ({amount})", name=action.name, amount=sum_)
    return words.say(
        "Put off {name} ({amount}) to {day}",
        name=action.name,
        amount=sum_,
        day=on_day(book, words, until),
    )


def action_when(book: Book, action: Action, words: Words) -> str:
    """When: the day, or when to begin for money that takes days to come."""
    moves = brief_day(book, words, action.day)
    if action.start_day >= action.day:
        return moves
    begin = brief_day(book, words, action.start_day)
    return words.say("begin by {start}, money on {day}", start=begin, day=moves)


def begins(book: Book, action: Action, words: Words) -> str:
    """The day by which to begin: the date under which an action stands."""
    return brief_day(book, words, action.start_day)


def takes_effect(book: Book, action: Action, words: Words) -> str:
    """When what takes days is there; empty for what is done at once."""
    if action.start_day >= action.day:
        return ""
    day = brief_day(book, words, action.day)
    if action.kind in BRINGING_NO_MONEY:
        return words.say("From {day} on.", day=day)
    return words.say("Money on {day}.", day=day)


def cautions(book: Book, action: Action, words: Words) -> str:
    """What is not sure about it: a promise nobody has made, a consent still to be asked for."""
    if action.done:
        return words.say("Done already.")
    source = book.by_id.get(action.source)
    said = _of_line(book, action, source, words) if isinstance(source, Facility) else []
    if action.kind is ActionKind.REFINANCE:
        said.append(words.say("Ask first whether its money may pay off another debt."))
    if isinstance(source, Measure):
        said.append(measure_caution(source, words))
    return joined(words, said)


def _of_line(book: Book, action: Action, line: Facility, words: Words) -> list[str]:
    said = []
    if not line.committed:
        said.append(words.say("It may be refused."))
    if line.last_verified is None:
        said.append(words.say("Never verified."))
    if action.kind is ActionKind.RENEW and line.usage_until is not None:
        said.append(
            words.say(
                "Its use ends on {day}; the renewal is not promised.",
                day=words.day(line.usage_until),
            )
        )
    ends = line.contract_until
    if ends is not None and ends < date_of(book, action.day):
        said.append(
            words.say(
                "Its contract ends on {day}: ask for the renewal before.", day=words.day(ends)
            )
        )
    return said


def phase_heading(phase: Phase, words: Words) -> str:
    match phase:
        case Phase.DO_NOW:
            return words.say("Do now")
        case Phase.ON_THE_DAY:
            return words.say("On the day it closes")
        case Phase.BY_DATE:
            return words.say("Later, each by its date")
