"""How far a loss can be cured, and until when."""
from collections.abc import Callable
from backstop.contingency import Outcome
from backstop.plan.results import Cure
from backstop.projection import Projection


def cure_of(projection: Projection, outcome: Outcome, cancelled: Callable[[], bool]) -> Cure:
    raise NotImplementedError
