"""What lines may lend for their use: no more than is paid of it, in stretches of months.

The rule looks at thirty days from each draw on. Draws from one day up to another lie within such
stretches that do not overlap, of which the last ends less than thirty days later: they come to no
more than what is paid until then.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from backstop.plan.bound.stretches import Stretch
from backstop.plan.offers.use_of_funds import allowed_from, paid_for, share_of
from backstop.plan.situation import DAYS_OF_A_MONTH, Situation
from backstop.projection import Ints


@dataclass(frozen=True)
class Use:
    """Columns that share an allowance, by month; `between` months (from, to) so much may be drawn
    (minor units), and `alone` by each of them."""

    months: tuple[tuple[int, ...], ...]
    between: Mapping[tuple[int, int], int]
    alone: Mapping[int, int]


def uses(situation: Situation, stretches: Mapping[int, Stretch]) -> Iterator[Use]:
    """What the lines' uses allow of the columns of these stretches."""
    shared: dict[str, dict[int, Stretch]] = defaultdict(dict)
    for x, each in stretches.items():
        if share := share_of(situation.book, each.lent[0].offer.action):
            shared[share][x] = each
    for share, columns in shared.items():
        paid = np.concatenate([[0], np.cumsum(paid_for(situation, share))])
        days = sorted({each.first for each in columns.values() if each.first == each.last})
        on_day = allowed_from(situation, share, days)
        alone = {
            x: on_day[each.first] if each.first in on_day else _most(paid, each.first, each.last)
            for x, each in columns.items()
        }
        yield _by_month(situation.start, columns, paid, alone)


def _by_month(
    start: int, columns: Mapping[int, Stretch], paid: Ints, alone: Mapping[int, int]
) -> Use:
    months: dict[int, list[int]] = defaultdict(list)
    for x, each in columns.items():
        months[(each.first - start) // DAYS_OF_A_MONTH].append(x)
    first = {n: min(columns[x].first for x in found) for n, found in months.items()}
    last = {n: max(columns[x].last for x in found) for n, found in months.items()}
    order = sorted(months)
    between = {
        (i, j): _most(paid, first[order[i]], last[order[j]])
        for i in range(len(order))
        for j in range(i, len(order))
    }
    return Use(tuple(tuple(months[n]) for n in order), between, alone)


def _most(paid: Ints, first: int, last: int) -> int:
    """What is paid from the first day on until less than thirty days after the last."""
    end = min(last + DAYS_OF_A_MONTH, len(paid) - 1)
    return int(paid[end] - paid[min(first, end)])
