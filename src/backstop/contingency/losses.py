"""What a loss does to cash, exactly and without projecting again: one delta row for each loss.

Every flow hangs on at most one element, so a contingency changes the flows of each element as if
that one were lost alone. The exceptions are worked out for the contingency as a whole: money frozen
in several accounts of a pool that holds less, which is limited by the pool; the interest of an
overdraft, which follows from all that moves; and a card together with the refunds that lower its
bills.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import NamedTuple

import numpy as np

from backstop.contingency.bills import bills_under
from backstop.contingency.changes import NO_ROW, NO_SERIES, Changes, Instead, joined
from backstop.contingency.cuts import cut_of
from backstop.contingency.debts import Debts
from backstop.contingency.delayed import Delays
from backstop.contingency.elements import Contingency, pooled_accounts
from backstop.contingency.expense import SUDDEN_EXPENSE, expenses
from backstop.contingency.identity import AlreadyGone
from backstop.contingency.overdrafts import (
    floor_under,
    interest_changes,
    overdrafts_under,
    without_interest,
)
from backstop.contingency.rebuilt import Rebuilt
from backstop.contingency.takings import takings_under
from backstop.contingency.unbound import changing_nothing
from backstop.contingency.ways import Following, Way, ways_of
from backstop.contingency.windows import window_changes
from backstop.domain import Book, LossMode
from backstop.projection import (
    FlowTable,
    Ints,
    Projection,
    Series,
    Side,
    projection_of,
)
from backstop.projection.columns import shown
from backstop.projection.flows import lines_of_takings, whole_cards


def low_under(projection: Projection, contingencies: Sequence[Contingency]) -> Ints:
    """Each day's lowest cash under each contingency, above what it may fall to: what is left to be
    paid out (`Projection.spendable`).

    Shape (contingencies, days), minor units.
    """
    found = changes(projection, contingencies)
    low = _moved(projection, contingencies, found)
    low += projection.low
    if projection.overdrafts:
        low -= np.stack([floor_under(projection, each) for each in contingencies])
    return low


def free_of_interest(projection: Projection, contingencies: Sequence[Contingency]) -> Ints:
    """Cash at the end of each day under each contingency, had no overdraft charged anything:
    (contingencies, days), minor units."""
    found = _by_elements(projection, contingencies)
    return _free(projection, contingencies, found)


def _free(projection: Projection, contingencies: Sequence[Contingency], found: Changes) -> Ints:
    moved = _moved(projection, contingencies, found, at_close=True)
    moved += without_interest(projection)
    return moved


def _moved(
    projection: Projection,
    contingencies: Sequence[Contingency],
    found: Changes,
    *,
    at_close: bool = False,
) -> Ints:
    """What each day's lowest cash, or that at its end, changes by: (contingencies, days)."""
    deltas = _flow_deltas(projection, found, len(contingencies), at_close=at_close)
    cash = {account.id for account in pooled_accounts(projection.book)}
    for row, each in zip(deltas, contingencies, strict=True):
        if cash.isdisjoint(each.targets):
            continue
        for day, amount in frozen_moves(projection, each):
            if day < len(row):
                row[day] += amount
    moved: Ints = np.cumsum(deltas, axis=1, out=deltas)  # in place: there may be thousands of rows
    return moved


def changes(projection: Projection, contingencies: Sequence[Contingency]) -> Changes:
    """What each contingency takes from the flows and adds to them; frozen cash is not in it."""
    found = _by_elements(projection, contingencies)
    if not (projection.overdrafts and contingencies):
        return found
    free = _free(projection, contingencies, found)
    return joined([found, interest_changes(projection, contingencies, free)])


def _by_elements(projection: Projection, contingencies: Sequence[Contingency]) -> Changes:
    """The same, but for what follows from all that moves."""
    plain: list[tuple[int, Way]] = []
    found = list[Changes]()
    delays = Delays(projection)
    rebuild = _Rebuilding(projection, contingencies)
    overdrafts, is_needed = {e.facility.id for e in projection.overdrafts}, rebuild.is_needed
    following: Following = {}
    going = [ways_of(projection.book, each, following) for each in contingencies]
    if overdrafts:
        going = [[way for way in ways if way.element not in overdrafts] for ways in going]
    without_effect = changing_nothing(projection, rebuild.cuts_of_lines(going))
    for case, ways in enumerate(going):
        asked = [way for way in ways if way not in without_effect]
        walked = is_needed
        for way in asked:
            if way.mode is LossMode.LIMIT_CUT:
                walked = True
                continue
            plain.append((case, way))
            if delays.has(way):
                found.append(delays.of(way).rebuilt.changes(case))
        if walked:
            found += [each.changes(case) for each in rebuild.under(asked)]
    if any(each.expense for each in contingencies):
        found.append(expenses(contingencies))
    return joined([window_changes(projection, plain), *found])


def _left_out(book: Book, contingencies: Sequence[Contingency]) -> frozenset[str]:
    """The lines that are really gone, where that is known already: what is left of them stays as
    it is, whatever comes back to a card, and however late takings are."""
    if any(isinstance(each.identity, AlreadyGone) for each in contingencies):
        return frozenset()
    return frozenset(each.id for each in book.facilities if each.lost_since is not None)


class _Rebuilding:
    """Lines that are walked through day by day: under a cut, cards whose bills are reckoned whole,
    and what takings repay. The same way to go is worked out once."""

    def __init__(self, projection: Projection, contingencies: Sequence[Contingency]) -> None:
        self.projection = projection
        whole = projection.flows.whole
        left_out = _left_out(projection.book, contingencies) if whole else frozenset()
        cards = whole_cards(projection.book) if whole else {}
        takings = lines_of_takings(projection.book) if whole else {}
        self.cards = {e: card for e, card in cards.items() if e in whole and e not in left_out}
        self.takings = {e: found for e, found in takings.items() if e not in left_out}
        self.debts: Debts = {}
        self.known: dict[tuple[str, tuple[Way, ...]], Rebuilt] = {}

    @property
    def is_needed(self) -> bool:
        """Whether some lines are, whatever way they go."""
        return bool(self.cards or self.takings)

    def cuts_of_lines(self, going: Iterable[Sequence[Way]]) -> Iterator[Way]:
        """The cuts among these ways that are no matter of a card's bills."""
        for way in chain.from_iterable(going):
            if way.mode is LossMode.LIMIT_CUT and way.element not in self.cards:
                yield way

    def under(self, ways: Sequence[Way]) -> Iterator[Rebuilt]:
        """What becomes of these lines under such ways to go."""
        for line, mine in self._by_line(ways):
            if (line, mine) not in self.known:
                self.known[line, mine] = self._rebuilt(line, mine)
            yield self.known[line, mine]

    def _by_line(self, ways: Sequence[Way]) -> Iterator[tuple[str, tuple[Way, ...]]]:
        for way in ways:
            if way.mode is LossMode.LIMIT_CUT and way.element not in self.cards:
                yield way.element, (way,)
        for line, card in self.cards.items():
            touching = {line, *(each.id for each in card.receipts)}
            if mine := tuple(way for way in ways if way.element in touching):
                yield line, mine
        for line, takings in self.takings.items():
            touching = {line, *(e for each in takings.receipts for e in each[:2] if e)}
            if mine := tuple(way for way in ways if way.element in touching):
                yield line, mine

    def _rebuilt(self, line: str, ways: Sequence[Way]) -> Rebuilt:
        own = next((way for way in ways if way.element == line), None)
        refunds, card = [way for way in ways if way.element != line], self.cards.get(line)
        if line in self.takings:
            return takings_under(self.projection, self.takings[line], own, refunds)
        if own is not None and own.mode is LossMode.LIMIT_CUT:
            return cut_of(self.projection, own, self.debts, card, refunds)
        assert card is not None
        return bills_under(self.projection, card, own, refunds)


def _flow_deltas(projection: Projection, found: Changes, cases: int, *, at_close: bool) -> Ints:
    """Change of the day's lowest cash, or of that at its end, by flows, not yet summed up over
    days: (cases, days)."""
    days, new = projection.days, found.appearing
    late = projection.payments_first and not at_close
    total = np.zeros((cases, days + 1), dtype=np.int64)  # the last one is beyond the projection
    cells, firsts = total.reshape(-1), np.arange(cases, dtype=np.int64) * (days + 1)
    day, amount = projection.flows.shown(days, late=late)
    np.subtract.at(cells, firsts[found.case] + day[found.gone], amount[found.gone])
    day, amount = shown(new.side, new.day, new.amount, days, late=late)
    np.add.at(cells, firsts[new.case] + day, amount)
    return total[:, :days]


def frozen_moves(projection: Projection, contingency: Contingency) -> list[tuple[int, int]]:
    """(day, change of cash): the money that frozen accounts take, and, after a time, give back.

    Frozen is what is in them on the day of the loss, as far as all accounts together hold as much:
    what is moved from one account to another is not in the book. Once that day has passed, others
    have paid since, and all of it is.
    """
    found = list[tuple[int, int]]()
    for first, until, _, taken in frozen_together(projection, contingency):
        found += [(first, -taken), (until, taken)]
    return found


class FrozenTogether(NamedTuple):
    """Accounts that are out of reach from a day on and before another one: what each `held`, and
    what is `taken` of all that (minor units)."""

    first: int
    until: int
    held: dict[str, int]
    taken: int


def frozen_together(projection: Projection, contingency: Contingency) -> Iterator[FrozenTogether]:
    """The accounts that a loss freezes, by its days."""
    pooled = {account.id for account in pooled_accounts(projection.book)}
    frozen = [
        way
        for way in ways_of(projection.book, contingency)
        if way.mode is LossMode.ACCOUNT_FROZEN and way.element in pooled
    ]
    before = 0
    for first, until in sorted({(way.first, way.until) for way in frozen}):
        pool = projection.opening
        if first:
            pool = int(projection.closing[min(first, projection.days) - 1])
        mine = (way.element for way in frozen if (way.first, way.until) == (first, until))
        held = {each: max(0, projection.balances.before(each, first)) for each in mine}
        whole = sum(held.values())
        taken = whole if contingency.passed_days else min(whole, max(pool - before, 0))
        before += taken
        yield FrozenTogether(first, until, held, taken)


def projection_under(projection: Projection, contingency: Contingency) -> Projection:
    """The projection of the same book under the loss: its flows, its balances, its obligations."""
    rows = flows_under(projection, contingency)
    changed = projection_of(projection.book, rows, projection.today)
    moved = frozen_moves(projection, contingency)
    return changed.otherwise(moved, overdrafts_under(projection, contingency))


def flows_under(projection: Projection, contingency: Contingency) -> FlowTable:
    """The flows that are left under the loss, and those that appear."""
    flows, found = projection.flows, changes(projection, [contingency])
    kept = np.ones(len(flows), dtype=np.bool_)
    kept[found.gone] = False
    return flows.with_rows(kept, _added(flows, found))


def _added(flows: FlowTable, found: Changes) -> FlowTable:
    """The flows that appear, each after a series that says what it is."""
    new = found.appearing
    described: dict[tuple[int, int], int] = {}
    numbers = [
        described.setdefault((int(series), int(why)), len(described))
        for series, why in zip(new.series, new.why, strict=True)
    ]
    series = np.array(numbers, dtype=np.int64)
    order = np.argsort(series, kind="stable")
    follows = new.like[order] != NO_ROW
    like = np.where(follows, new.like[order], 0)

    def same(column: Ints, otherwise: Ints) -> Ints:
        return np.where(follows, column[like], otherwise) if len(column) else otherwise

    return FlowTable(
        descriptions=tuple(variant(flows, s, why) for s, why in described),
        series=series[order],
        day=new.day[order],
        amount=new.amount[order],
        began=new.began[order],
        principal=new.principal[order],
        overdue=np.zeros(len(order), dtype=np.bool_),
        since=same(flows.since, new.day[order]),
        debt=same(flows.debt, np.zeros_like(like)),
        owed=same(flows.owed, np.zeros_like(like)),
        until=same(flows.until, new.day[order]),
        side=new.side[order],
    )


def variant(flows: FlowTable, number: int, why: int) -> Series:
    """The series of flows that appear in that of this number, or instead of it."""
    if number == NO_SERIES:
        return SUDDEN_EXPENSE
    series = flows.descriptions[number]
    match Instead(why):
        case Instead.IN_CASH:
            return series.in_cash
        case Instead.GIVEN_BACK:
            return series._replace(side=Side.FUNDING, element="")
        case Instead.PAID:
            return series._replace(side=Side.PAYMENT)
        case Instead.SAME_KIND:
            return series
