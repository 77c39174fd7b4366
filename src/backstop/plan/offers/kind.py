"""A kind of option as one object: what it offers, what it does to cash, its words and its traits.

Each kind stands in a module of its own and is listed in `plan.offers`. Whoever wants to know
something about an action asks its kind: nothing else tells kinds apart.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from backstop.domain import Book, Message
    from backstop.plan.actions import Action, ActionKind
    from backstop.plan.offers.meaning import Meaning
    from backstop.plan.offers.offer import Offer
    from backstop.plan.offers.sentence import Sentence
    from backstop.plan.situation import Situation


def certain(book: Book, action: Action) -> tuple[Message, ...]:
    """Nothing about it is in doubt."""
    return ()


@dataclass(frozen=True, kw_only=True)
class OptionKind:
    """`offers` finds what could be done in a situation; `meaning` is what an action does to cash,
    from which the solver's columns are made and with which the judge replays; `sentence` says what
    to do; `cautions` what about it is not sure.

    Traits: `lends` is new funding by others that has to be paid back; `rearranges` a payment, whose
    cash changes on its own day; `reschedules` what is owed on a debt; `replaces_debt` by taking the
    place of another; `movable` to another day by the owner; `merges` two on one source into one;
    `comes_in_steps` of who gives the money, also where the owner names the amount; `cost_is_fixed`
    whatever the amount; `amount_is_value` of something that fetches less; `is_applied_for` unless
    it is arranged already.
    """

    key: ActionKind
    offers: Callable[[Situation], Iterator[Offer]]
    meaning: Callable[[Book, Action], Meaning]
    sentence: Callable[[Book, Action], Sentence]
    cautions: Callable[[Book, Action], tuple[Message, ...]] = certain
    lends: bool = False
    rearranges: bool = False
    reschedules: bool = False
    replaces_debt: bool = False
    movable: bool = False
    merges: bool = False
    comes_in_steps: bool = False
    cost_is_fixed: bool = False
    amount_is_value: bool = False
    is_applied_for: bool = False

    @property
    def brings_money(self) -> bool:
        """Whether money comes; else a payment is made at another time, or otherwise, on its day."""
        return not (self.rearranges or self.reschedules)

    @property
    def makes_debt(self) -> bool:
        """Whether what it makes due later is owed to a lender."""
        return self.lends or self.reschedules

    @property
    def lends_money(self) -> bool:
        """Whether it borrows money that is there to be used."""
        return self.lends and self.brings_money and not self.replaces_debt


KINDS: dict[ActionKind, OptionKind] = {}
"""Every kind by its key, in the order in which they are offered; filled by `plan.offers`."""


def kind_of(action: Action) -> OptionKind:
    """The kind of an action."""
    return KINDS[action.kind]


def meaning_of(book: Book, action: Action) -> Meaning:
    """What an action does to cash, in exact minor units."""
    return KINDS[action.kind].meaning(book, action)
