"""A plain yardstick for recurring items: equal payments at nearly equal gaps."""

import re
import statistics
from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from backstop.importers import Row
from backstop.importers.rhythms import Rhythm

GAPS = {
    Rhythm.WEEKLY: (6, 8),
    Rhythm.FORTNIGHTLY: (13, 15),
    Rhythm.MONTHLY: (27, 34),
    Rhythm.EVERY_TWO_MONTHS: (57, 65),
    Rhythm.QUARTERLY: (87, 95),
    Rhythm.YEARLY: (360, 370),
}
LEAST = 3


class PlainItem(NamedTuple):
    """A run of equal payments."""

    name: str
    rhythm: Rhythm
    rows: tuple[int, ...]


def plainly_recurring(rows: Sequence[Row]) -> list[PlainItem]:
    """Groups of one printed name, without digits, and one amount whose middle gap is a rhythm's."""
    groups = defaultdict[tuple[str, int], list[int]](list)
    for place, row in enumerate(rows):
        if row.moved:
            name = re.sub(r"\d+", "", row.counterparty or row.text).strip()
            groups[name, row.change].append(place)
    return [
        PlainItem(name, rhythm, tuple(places))
        for (name, _), places in groups.items()
        if len(places) >= LEAST and (rhythm := _rhythm(rows, places))
    ]


def _rhythm(rows: Sequence[Row], places: Sequence[int]) -> Rhythm | None:
    gaps = [(rows[b].day - rows[a].day).days for a, b in pairwise(places)]
    middle = statistics.median(gaps)
    return next((each for each, (low, high) in GAPS.items() if low <= middle <= high), None)
