"""What could be done about a gap: one module for each kind of option.

To add a kind, write such a module, give its key to `ActionKind`, and list it here; the type checker
names a key without a kind. The solver knows no kinds. See `docs/recipes/option_kind.md`.
"""

from typing import assert_never

from backstop.plan.actions import ActionKind
from backstop.plan.offers import (
    collect_early,
    cut,
    defer,
    draw,
    factor,
    new_facility,
    owner_money,
    purchase,
    refinance,
    renegotiate,
    renew,
    reserve,
    sell_asset,
)
from backstop.plan.offers.claims import Claim, Key, Sort
from backstop.plan.offers.kind import KINDS, OptionKind, kind_of, meaning_of
from backstop.plan.offers.meaning import CashMoves, Meaning
from backstop.plan.offers.offer import Offer


def _kind(key: ActionKind) -> OptionKind:  # noqa: PLR0911, PLR0912  one for each kind
    match key:
        case ActionKind.RESERVE:
            return reserve.KIND
        case ActionKind.DRAW:
            return draw.KIND
        case ActionKind.RENEW:
            return renew.KIND
        case ActionKind.PURCHASE:
            return purchase.KIND
        case ActionKind.REFINANCE:
            return refinance.KIND
        case ActionKind.DEFER:
            return defer.KIND
        case ActionKind.CUT:
            return cut.KIND
        case ActionKind.COLLECT_EARLY:
            return collect_early.KIND
        case ActionKind.FACTOR:
            return factor.KIND
        case ActionKind.SELL_ASSET:
            return sell_asset.KIND
        case ActionKind.OWNER_MONEY:
            return owner_money.KIND
        case ActionKind.NEW_FACILITY:
            return new_facility.KIND
        case ActionKind.RENEGOTIATE:
            return renegotiate.KIND
        case _:
            assert_never(key)


KINDS.update({key: _kind(key) for key in ActionKind})

__all__ = [
    "KINDS",
    "CashMoves",
    "Claim",
    "Key",
    "Meaning",
    "Offer",
    "OptionKind",
    "Sort",
    "kind_of",
    "meaning_of",
]
