"""A line that could be applied for, and is then drawn."""

from collections.abc import Iterator
from dataclasses import replace

from backstop.domain import Book, Measure, MeasureKind, Message, message
from backstop.plan.actions import Action, ActionKind
from backstop.plan.offers.claims import once
from backstop.plan.offers.kind import OptionKind
from backstop.plan.offers.lending import date_of, dated
from backstop.plan.offers.meaning import Meaning, total
from backstop.plan.offers.measures import line_like, measure_of
from backstop.plan.offers.offer import Offer, hundred, proposal_of
from backstop.plan.offers.reliability import doubt
from backstop.plan.offers.sentence import Counted, count, money
from backstop.plan.situation import Situation
from backstop.projection import draw_schedule
from backstop.projection.flows import net_of_fee

MOST_DAYS = 16


def new_lines(situation: Situation) -> Iterator[Offer]:
    """One draw on each line, its lead time after it was applied for. What is not arranged counts
    as the owner wants unsure sources to count, and not where everyone needs money at once."""
    step = hundred(situation.book)
    for line, ready in situation.measures(MeasureKind.NEW_FACILITY):
        doubted = doubt(situation.book, line)
        if doubted is None or (situation.is_systemic and not line.arranged):
            continue
        for day in situation.dates_from(ready, MOST_DAYS):
            action = proposal_of(ActionKind.NEW_FACILITY, line, day, line.amount)
            action = replace(action, periods=line.periods)
            yield Offer(action, (once(line.id),), least=1, step=step, hardship=doubted)


def _meaning(book: Book, action: Action) -> Meaning:
    """A draw on a line that does not exist yet, by the terms it would have."""
    line = line_like(measure_of(book, action), book.as_of)
    net = net_of_fee(line, action.amount)
    made = draw_schedule(line, action.amount, date_of(book, action), action.periods)
    owed = dated(book, line, made)
    return Meaning(((action.day, net),), owed, total(owed) - net)


def _sentence(book: Book, action: Action) -> Counted:
    measure = book.by_id.get(action.source)
    if isinstance(measure, Measure) and measure.arranged:
        return count(
            action.periods,
            "Draw {amount} from {name} for a month",
            "Draw {amount} from {name} for {n} months",
            name=action.name,
            amount=money(book, action.amount),
        )
    return count(
        action.periods,
        "Apply for {name}, then draw {amount} for a month",
        "Apply for {name}, then draw {amount} for {n} months",
        name=action.name,
        amount=money(book, action.amount),
    )


def _cautions(book: Book, action: Action) -> tuple[Message, ...]:
    measure = measure_of(book, action)
    if measure.arranged:
        return ()
    if measure.chance_percent < 100:
        return (message("Not arranged yet; chance {n} %.", n=measure.chance_percent),)
    return (message("Not arranged yet."),)


KIND = OptionKind(
    key=ActionKind.NEW_FACILITY,
    offers=new_lines,
    meaning=_meaning,
    sentence=_sentence,
    cautions=_cautions,
    lends=True,
    movable=True,
    is_applied_for=True,
)
