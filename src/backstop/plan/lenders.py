"""Of very many lines, those that a plan is chosen among.

A person follows a few steps: on the cheapest lines, or on those with most room, on the day on which
money is needed. Without this a book of two hundred lines has two thousand draws to choose among,
and each of a dozen looks at them all. What is left out may have paid something: how much at most,
the bound over all lines says.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from backstop.domain import Facility
from backstop.projection import draw_schedule
from backstop.projection.flows import net_of_fee

MOST_LINES = 24
"""Up to so many lines, all of them are looked at."""

CHEAPEST, LARGEST = 8, 24
"""On each day so many of the cheapest are looked at; and so many of those with most room, or fewer
where these have room for many times the need."""

TIMES = 8


def near_lines(
    lines: Sequence[Facility],
    rooms: Mapping[str, Sequence[int]],
    opening: Mapping[str, Sequence[int]],
    need: int,
    on: date,
) -> frozenset[str]:
    """The ids of those of these lines that are worth a look. `rooms` is what each could lend on
    each day and stay drawn, `opening` the days (offsets) on which its money could arrive, `need`
    the largest need, in minor units; prices are those of `on`."""
    if len(lines) <= MOST_LINES:
        return frozenset(each.id for each in lines)
    price = {each.id: _price(each, max(rooms[each.id]), on) for each in lines}
    cheapest = sorted(lines, key=lambda each: (price[each.id], each.id))
    found: set[str] = set()
    for day in sorted({day for each in lines for day in opening[each.id]}):
        room = {e.id: rooms[e.id][day] for e in cheapest if day in opening[e.id]}
        lending = [each for each in room if room[each] > 0]
        found.update(lending[:CHEAPEST])
        found.update(_largest(lending[CHEAPEST:], room, TIMES * need))
    return frozenset(found)


def _largest(lines: Sequence[str], room: Mapping[str, int], enough: int) -> Iterator[str]:
    """Those with most room, until they have enough."""
    found = 0
    for each in sorted(lines, key=lambda line: (-room[line], line))[:LARGEST]:
        if found >= enough:
            return
        yield each
        found += room[each]


def _price(line: Facility, amount: int, on: date) -> float:
    """What a unit of money costs for each day, drawing all there is room for; a line that has not
    promised it comes behind one that has."""
    if amount <= 0:
        return 0.0
    made = draw_schedule(line, amount, on, line.periods)
    paid = sum(each.total for each in made)
    lent = sum(each.principal * max(1, (each.due - on).days) for each in made)
    return (paid - net_of_fee(line, amount)) / max(1, lent)
