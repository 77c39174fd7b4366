"""A plan's steps in words."""

from datetime import date
from typing import assert_never

from backstop.domain import Book, Message, Money
from backstop.plan import Action, Phase, kind_of
from backstop.plan.offers.sentence import Counted
from backstop.telling import Words
from backstop.telling.phrases import amount, brief_day, joined, on_day


def action_text(book: Book, action: Action, words: Words) -> str:
    """What to do: `Draw ¥30,000 from WeBank`. The day stands beside it, see `action_when`."""
    said = kind_of(action).sentence(book, action)
    values = {name: _shown(book, value, words) for name, value in said.values.items()}
    match said:
        case Counted():
            return words.count(said.number, said.one, said.many, **values)
        case Message():
            return words.say(said.text, **values)
        case _:
            assert_never(said)


def _shown(book: Book, value: object, words: Words) -> object:
    """A value as a sentence writes it: money without empty decimals, a day by its month."""
    if isinstance(value, Money):
        return amount(book, words, value.minor)
    if isinstance(value, date):
        return on_day(book, words, (value - book.as_of).days)
    return value


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
    if not kind_of(action).brings_money:
        return words.say("From {day} on.", day=day)
    return words.say("Money on {day}.", day=day)


def cautions(book: Book, action: Action, words: Words) -> str:
    """What is not sure about it: a promise nobody has made, a consent still to be asked for."""
    if action.done:
        return words.say("Done already.")
    return joined(words, [words.tell(each) for each in kind_of(action).cautions(book, action)])


def phase_heading(phase: Phase, words: Words) -> str:
    match phase:
        case Phase.DO_NOW:
            return words.say("Do now")
        case Phase.ON_THE_DAY:
            return words.say("On the day it closes")
        case Phase.BY_DATE:
            return words.say("Later, each by its date")
