"""How far a loss can be cured, and until when."""

from backstop.contingency import Outcome
from backstop.contingency.reverse import last_that_holds
from backstop.plan.bound.least_unpaid import least_unpaid
from backstop.plan.drafting.model import model_of
from backstop.plan.offers.rules import offers_for
from backstop.plan.results import Cure
from backstop.plan.situation import situation_of
from backstop.plan.solver.optimise import CureQuestion
from backstop.projection import Projection

MOST_BOUNDED = 48
"""Lines up to which a bound over all days is looked for: of the hundreds of a large book that takes
minutes."""


def cure_of(projection: Projection, outcome: Outcome) -> Cure:
    """The least that must be missed when starting on the day of the loss, and the decision
    deadline: the last day on which starting still ends with no more missed, in any class.

    Starting later only takes offers away, so the answer is monotone and bisection finds the day. Of
    a book with very many lines no bound is known (`at_least` 0). Raises `Cancelled`.
    """
    situation = situation_of(projection, outcome)
    offers = offers_for(situation)
    question = CureQuestion(model_of(situation, offers))
    starts = [offer.action.start_day for offer in offers]

    def still(day: int) -> bool:
        """Whether as much can be reached when starting on that day."""
        return question.still_reached([begun >= day for begun in starts])

    last = max(starts, default=situation.start)
    deadline = None if still(last + 1) else last_that_holds(situation.start, last, still)
    first, second, third = (round(each) for each in question.least_missed)
    known = any((first, second, third)) and len(situation.rooms) <= MOST_BOUNDED
    at_least = least_unpaid(situation) if known else 0
    return Cure(missed=(first, second, third), deadline=deadline, at_least=at_least)
