"""A line that could be applied for, and is then drawn."""

from collections.abc import Iterator
from dataclasses import replace

from backstop.domain import MeasureKind
from backstop.plan.drafting.situation import Situation
from backstop.plan.options.offer import Claim, Offer, hundred, proposal_of
from backstop.plan.options.reliability import doubt
from backstop.plan.results import ActionKind

MOST_DAYS = 5


def new_lines(situation: Situation) -> Iterator[Offer]:
    """One draw on each line, its lead time after it was applied for. What is not arranged counts
    as the owner wants unsure sources to count, and not where everyone needs money at once."""
    step = hundred(situation.book)
    for line, ready in situation.measures(MeasureKind.NEW_FACILITY):
        doubted = doubt(situation.book, line)
        if doubted is None or (situation.is_systemic and not line.arranged):
            continue
        once = Claim(line.id, 1, counts=True)
        for day in situation.dates_from(ready, MOST_DAYS):
            action = proposal_of(ActionKind.NEW_FACILITY, line, day, line.amount)
            action = replace(action, periods=line.periods)
            yield Offer(action, (once,), least=1, step=step, hardship=doubted)
