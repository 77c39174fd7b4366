"""A plan's steps in words."""

from backstop.domain import CashFlow, Facility, Measure
from backstop.plan import BRINGING_NO_MONEY, Action, ActionKind, Phase
from backstop.telling import Narrator, Words
from backstop.telling.measures import measure_caution, measure_text


def action_text(action: Action, narrator: Narrator) -> str:
    """What to do: `Draw ¥30,000 from WeBank`. The day stands beside it, see `action_when`."""
    sum_ = narrator.amount(action.amount)
    match action.kind:
        case ActionKind.DRAW:
            return narrator.count(
                action.periods,
                "Draw {amount} from {name} for a month",
                "Draw {amount} from {name} for {n} months",
                amount=sum_,
                name=action.name,
            )
        case ActionKind.RENEW:
            return narrator.count(
                action.periods,
                "Have {name} renewed, then draw {amount} for a month",
                "Have {name} renewed, then draw {amount} for {n} months",
                amount=sum_,
                name=action.name,
            )
        case ActionKind.PURCHASE:
            return _purchase(action, narrator)
        case ActionKind.REFINANCE:
            return narrator.count(
                action.periods,
                "Pay off {debt} with {amount} from {name}, for a month",
                "Pay off {debt} with {amount} from {name}, over {n} months",
                debt=action.payment_name,
                amount=sum_,
                name=action.name,
            )
        case ActionKind.RESERVE:
            return narrator.say("Release {amount} from {name}", amount=sum_, name=action.name)
        case ActionKind.DEFER:
            return _put_off(action, sum_, narrator)
        case ActionKind.CUT:
            return _cut(action, narrator)
        case _:
            return measure_text(action, narrator)


def _purchase(action: Action, narrator: Narrator) -> str:
    return narrator.count(
        action.times,
        "Pay {payment} ({amount}) through {name}",
        "Pay {payment} ({amount} each time, {n} times, to {day}) through {name}",
        payment=action.payment_name,
        name=action.name,
        amount=narrator.amount(action.amount // action.times),
        day=narrator.on_day(max(action.days, default=action.day)),
    )


def _cut(action: Action, narrator: Narrator) -> str:
    flow = narrator.book.by_id.get(action.source)
    values = {
        "name": action.name,
        "amount": narrator.amount(action.amount // action.times),
        "day": narrator.on_day(max(action.days, default=action.day)),
    }
    if isinstance(flow, CashFlow) and flow.cuttable_percent == 100:
        return narrator.count(
            action.times,
            "Do without {name} ({amount})",
            "Do without {name} ({amount} each time, {n} times, to {day})",
            **values,
        )
    return narrator.count(
        action.times,
        "Cut {name} by {amount}",
        "Cut {name} by {amount} each time, {n} times, to {day}",
        **values,
    )


def _put_off(action: Action, sum_: str, narrator: Narrator) -> str:
    until = action.last_repayment_day
    if until is None:
        return narrator.say("Put off {name} ({amount})", name=action.name, amount=sum_)
    return narrator.say(
        "Put off {name} ({amount}) to {day}",
        name=action.name,
        amount=sum_,
        day=narrator.on_day(until),
    )


def action_when(action: Action, narrator: Narrator) -> str:
    """When: the day, or when to begin for money that takes days to come."""
    moves = narrator.brief_day(action.day)
    if action.start_day >= action.day:
        return moves
    begin = narrator.brief_day(action.start_day)
    return narrator.say("begin by {start}, money on {day}", start=begin, day=moves)


def begins(action: Action, narrator: Narrator) -> str:
    """The day by which to begin: the date under which an action stands."""
    return narrator.brief_day(action.start_day)


def takes_effect(action: Action, narrator: Narrator) -> str:
    """When what takes days is there; empty for what is done at once."""
    if action.start_day >= action.day:
        return ""
    day = narrator.brief_day(action.day)
    if action.kind in BRINGING_NO_MONEY:
        return narrator.say("From {day} on.", day=day)
    return narrator.say("Money on {day}.", day=day)


def cautions(action: Action, narrator: Narrator) -> str:
    """What is not sure about it: a promise nobody has made, a consent still to be asked for."""
    if action.done:
        return narrator.say("Done already.")
    source = narrator.book.by_id.get(action.source)
    said = _of_line(action, source, narrator) if isinstance(source, Facility) else []
    if action.kind is ActionKind.REFINANCE:
        said.append(narrator.say("Ask first whether its money may pay off another debt."))
    if isinstance(source, Measure):
        said.append(measure_caution(source, narrator))
    return narrator.joined(said)


def _of_line(action: Action, line: Facility, narrator: Narrator) -> list[str]:
    said = []
    if not line.committed:
        said.append(narrator.say("It may be refused."))
    if line.last_verified is None:
        said.append(narrator.say("Never verified."))
    if action.kind is ActionKind.RENEW and line.usage_until is not None:
        said.append(
            narrator.say(
                "Its use ends on {day}; the renewal is not promised.",
                day=narrator.day(line.usage_until),
            )
        )
    ends = line.contract_until
    if ends is not None and ends < narrator.date_of(action.day):
        said.append(
            narrator.say(
                "Its contract ends on {day}: ask for the renewal before.", day=narrator.day(ends)
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
