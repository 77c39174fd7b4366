"""What columns are by their cells alone, where no heading says it: days, amounts, balances, words.

Two columns of amounts of which one is filled in each row are money in and money out; a balance
tells which is which.
"""

import itertools
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from backstop.domain import BadInput
from backstop.importers.amounts import minor_units
from backstop.importers.cells import heading, kept
from backstop.importers.moments import DayOrder, moment_of
from backstop.importers.vocabulary import IN_WORDS, OUT_WORDS

Cells = list[str]
Values = Sequence[int | None]
_PLAINER = 0.1
"""Two columns of which one is filled say more than one alone."""
_MARKED = re.compile(r"[0-9][.,][0-9]{2}\b")


def are_days(cells: list[str]) -> bool:
    filled = [each for each in cells if each][:60]
    return (
        bool(filled)
        and sum(any(day_fits(each, order) for order in DayOrder) for each in filled) * 5
        >= len(filled) * 3
    )


def day_fits(cell: str, order: DayOrder) -> bool:
    try:
        moment_of(cell, order)
    except BadInput:
        return False
    return True


def are_amounts(cells: list[str]) -> bool:
    filled = [each for each in map(kept, cells) if each][:60]
    return not filled or sum(is_amount(each) for each in filled) * 5 >= len(filled) * 3


def is_amount(cell: str) -> bool:
    return any(minor(cell, mark) is not None for mark in ".,")


def minor(cell: str, mark: str) -> int | None:
    try:
        return minor_units(cell, mark)
    except BadInput:
        return None


def are_words(cells: list[str]) -> bool:
    filled = {heading(each) for each in cells if each}
    return (
        bool(filled)
        and len(filled) <= 4
        and len(filled & (OUT_WORDS | IN_WORDS)) * 2 >= len(filled)
    )


def is_day(cell: str) -> bool:
    """Whether a cell is a day in any order."""
    return bool(cell.strip()) and any(day_fits(cell.strip(), order) for order in DayOrder)


def roles_by_cells(taken: dict[str, int], columns: Sequence[Cells]) -> None:
    """Give days, amounts and words for a direction that no heading names to the columns that look
    like them."""
    free = [place for place in range(len(columns)) if place not in taken.values()]
    if "day" not in taken:
        days = [place for place in free if are_days(columns[place])]
        if days:
            taken["day"] = days[0]
            free.remove(days[0])
    if taken.keys() & {"amount", "incoming", "outgoing"}:
        return
    money = [
        place
        for place in free
        if are_amounts(columns[place]) and any(map(_MARKED.search, columns[place]))
    ]
    if money:
        taken |= _money(money, columns)
        words = [place for place in free if place not in money and are_words(columns[place])]
        if words and "word" not in taken and "incoming" not in taken:
            taken["word"] = words[0]


def _money(money: Sequence[int], columns: Sequence[Cells]) -> dict[str, int]:
    """Which columns of amounts are money in and out, or the amount, and which is the balance: those
    by which most balances follow."""
    values = {place: _values(columns[place]) for place in money}
    found = max(_with_balance(money, values), key=lambda each: each[0], default=None)
    if found is not None and found[0] > 0.5:
        return found[1]
    for went, came in itertools.combinations(money, 2):
        if _take_turns(values[came], values[went]):
            return {"incoming": came, "outgoing": went}
    return {"amount": money[0]}


def _with_balance(
    money: Sequence[int], values: Mapping[int, Values]
) -> Iterator[tuple[float, dict[str, int]]]:
    """Each way in which a column could be a balance, with the share of steps that it explains."""
    for balance in reversed(money):
        others = [each for each in money if each != balance]
        if None in values[balance]:
            continue
        for came, went in itertools.permutations(others, 2):
            if _take_turns(values[came], values[went]):
                roles = {"incoming": came, "outgoing": went, "balance": balance}
                yield _closing(values[balance], _changes(values[came], values[went])), roles
        for amount in others:
            sizes = [abs(each or 0) for each in values[amount]]
            share = _closing(values[balance], sizes, abs)
            yield share - _PLAINER, {"amount": amount, "balance": balance}


def _values(cells: Iterable[str]) -> list[int | None]:
    """Minor units; None for what is empty or no amount, by whichever mark reads more."""
    plain = [kept(each) for each in cells]
    read = {mark: [minor(each, mark) if each else None for each in plain] for mark in ".,"}
    return max(read.values(), key=lambda found: sum(each is not None for each in found))


def _take_turns(one: Sequence[int | None], other: Sequence[int | None]) -> bool:
    """Whether each row has something in one of the two, and both have something somewhere."""
    pairs = list(zip(one, other, strict=True))
    each_has_one = sum(bool(a) != bool(b) for a, b in pairs) >= 0.9 * len(pairs)
    return each_has_one and any(a for a, _ in pairs) and any(b for _, b in pairs)


def _changes(came: Sequence[int | None], went: Sequence[int | None]) -> list[int]:
    return [abs(a or 0) - abs(b or 0) for a, b in zip(came, went, strict=True)]


def _same(change: int) -> int:
    return change


def _closing(balances: Values, changes: Sequence[int], size: Callable[[int], int] = _same) -> float:
    """The share of balances that follow from the one before or below by their changes."""
    steps = [(b or 0) - (a or 0) for a, b in itertools.pairwise(balances)]
    if not steps:
        return 0
    down = sum(size(step) == change for step, change in zip(steps, changes[1:], strict=True))
    up = sum(size(-step) == change for step, change in zip(steps, changes, strict=False))
    return max(down, up) / len(steps)
