"""What could be done about a gap: one small module for each kind of option.

A kind is a function from the situation to offers. To add one, write such a module, give its action
a meaning in `plan.meanings`, and list it here; the solver knows no kinds.
"""

from collections.abc import Callable, Iterator

from backstop.plan.drafting.situation import Situation
from backstop.plan.options.advance import cash_advances
from backstop.plan.options.asset import sales
from backstop.plan.options.collection import collections
from backstop.plan.options.cut import cuts
from backstop.plan.options.deferral import deferrals
from backstop.plan.options.draw import draws
from backstop.plan.options.factoring import factorings
from backstop.plan.options.new_line import new_lines
from backstop.plan.options.offer import Claim, Offer
from backstop.plan.options.owner_money import owner_money
from backstop.plan.options.purchase import purchases
from backstop.plan.options.refinance import refinances
from backstop.plan.options.renegotiation import renegotiations
from backstop.plan.options.renewal import renewals
from backstop.plan.options.reserve import reserves

OptionKind = Callable[[Situation], Iterator[Offer]]

OPTION_KINDS: tuple[OptionKind, ...] = (
    reserves,
    draws,
    cash_advances,
    renewals,
    purchases,
    refinances,
    deferrals,
    cuts,
    collections,
    factorings,
    sales,
    owner_money,
    new_lines,
    renegotiations,
)

__all__ = ["OPTION_KINDS", "Claim", "Offer", "OptionKind"]
