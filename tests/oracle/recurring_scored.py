"""How well recurring items are found in statements of known truth."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import NamedTuple, Protocol

from backstop.importers import Row
from backstop.importers.rhythms import Rhythm
from oracle.statement_maker import KnownStatement, TrueItem
from oracle.statements_of_known_truth import statement

OF_ITS_ROWS, OF_THE_TRUTH = 0.75, 0.5
"""What is found must be of one item by this share, and must hold this share of it."""


class Found(Protocol):
    """What a search says comes round: its name, its rhythm, the places of its rows."""

    @property
    def name(self) -> str: ...
    @property
    def rhythm(self) -> Rhythm: ...
    @property
    def rows(self) -> tuple[int, ...]: ...


class Score(NamedTuple):
    """Counts over statements: `kinds` are true items by kind, `missed` those not found."""

    found: int
    right: int
    true: int
    kinds: Counter[str]
    missed: Counter[str]
    false: tuple[str, ...]

    @property
    def precision(self) -> float:
        """Of what was found, how much is true and of the right rhythm."""
        return self.right / self.found

    @property
    def recall(self) -> float:
        """Of what is true, how much was found, with the right rhythm."""
        return self.right / self.true


def scored(search: Callable[[Sequence[Row]], Sequence[Found]], seeds: Iterable[int]) -> Score:
    """The statements of these seeds, each searched once."""
    found = right = 0
    kinds, missed, false = Counter[str](), Counter[str](), list[str]()
    for seed in seeds:
        known = statement(seed)
        items = [each for each in search(known.rows) if not _unclear(each, known)]
        pairs, wrong = _paired(items, known)
        found, right = found + len(items), right + len(pairs)
        kinds.update(each.kind for each in known.items)
        missed.update(each.kind for each in known.items if each not in pairs)
        false += [f"{seed}: {each.name} {each.rhythm} {len(each.rows)}" for each in wrong]
    return Score(found, right, kinds.total(), kinds, missed, tuple(false))


def _unclear(item: Found, known: KnownStatement) -> bool:
    return len(known.unclear.intersection(item.rows)) * 2 > len(item.rows)


def _paired(found: Sequence[Found], known: KnownStatement) -> tuple[set[TrueItem], list[Found]]:
    """The true items that were found, each once, and what was found in vain."""
    pairs, wrong = set[TrueItem](), list[Found]()
    for item in found:
        fits = [each for each in known.items if each not in pairs and _is(item, each, known.rows)]
        pairs.update(fits[:1])
        wrong += [] if fits else [item]
    return pairs, wrong


def _is(item: Found, truth: TrueItem, rows: Sequence[Row]) -> bool:
    """Rows are compared by day and amount: nobody can tell two equal ones of a day apart."""
    common = (_movements(item.rows, rows) & _movements(truth.rows, rows)).total()
    return (
        item.rhythm == truth.rhythm
        and common >= OF_ITS_ROWS * len(item.rows)
        and common >= OF_THE_TRUTH * len(truth.rows)
    )


def _movements(places: Iterable[int], rows: Sequence[Row]) -> Counter[tuple[date, int]]:
    return Counter((rows[each].day, rows[each].change) for each in places)
