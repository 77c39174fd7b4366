"""A plan's steps in words."""

from datetime import date
from typing import assert_never

from backstop.domain import Message, Money
from backstop.plan import Action, Phase, Plan, kind_of
from backstop.plan.offers.sentence import Counted
from backstop.plan.offers.use_of_funds import use_cautions
from backstop.telling import Narrator, Words


def action_text(action: Action, narrator: Narrator) -> str:
    """What to do: `Draw ¥30,000 from WeBank`. The day stands beside it, see `action_when`."""
    said = kind_of(action).sentence(narrator.book, action)
    values = {name: _shown(value, narrator) for name, value in said.values.items()}
    match said:
        case Counted():
            return narrator.count(said.number, said.one, said.many, **values)
        case Message():
            return narrator.say(said.text, **values)
        case _:
            assert_never(said)


def _shown(value: object, narrator: Narrator) -> object:
    """A value as a sentence writes it: money without empty decimals, a day by its month."""
    if isinstance(value, Money):
        return narrator.amount(value.minor)
    if isinstance(value, date):
        return narrator.on_day((value - narrator.book.as_of).days)
    return value


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
    if not kind_of(action).brings_money:
        return narrator.say("From {day} on.", day=day)
    return narrator.say("Money on {day}.", day=day)


def cautions(action: Action, narrator: Narrator) -> str:
    """What is not sure about it: a promise nobody has made, a consent still to be asked for."""
    if action.done:
        return narrator.say("Done already.")
    said = [*kind_of(action).cautions(narrator.book, action), *use_cautions(narrator.book, action)]
    return narrator.joined([narrator.tell(each) for each in said])


def phase_heading(phase: Phase, words: Words) -> str:
    """The heading of the actions of a phase."""
    match phase:
        case Phase.DO_NOW:
            return words.say("Do now")
        case Phase.ON_THE_DAY:
            return words.say("On the day it closes")
        case Phase.BY_DATE:
            return words.say("Later, each by its date")


def no_actions(plan: Plan, narrator: Narrator) -> str:
    """Why the plan has no actions; empty where it has some."""
    if plan.actions:
        return ""
    if not plan.before.hurts:
        return narrator.say("Nothing needs to be done: every payment can be made all the same.")
    return narrator.say("Nothing that is left in this book would make it better.")
