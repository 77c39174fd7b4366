"""All that the projection expects from the as-of date on, up to a day, one by one.

The amounts are those of the projection: what is listed of a day adds up to what moves on it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from datetime import date

from backstop.domain import Book, CashFlow, Direction, Facility, PlannedDraw, Tranche
from backstop.projection import FlowKind, Series, Side
from backstop.projection.amounts import counted, is_held_back, rounded_share
from backstop.projection.dues import amount_on, amounts_due, lateness_of
from backstop.projection.flows import net_of_fee
from backstop.projection.recurrence import Occurrence, day_of
from backstop.projection.terms import paid_in_full
from backstop.settling import draws, loans, rules
from backstop.settling.advancing import since_of
from backstop.settling.calling import called_until, expected_calls
from backstop.settling.in_flight import accounts_in, with_expenses
from backstop.settling.lines import NO_MOVES, Moves, Since
from backstop.settling.losing import Lost, lost_until, without
from backstop.settling.rules import came
from backstop.settling.steps import expected_steps
from backstop.settling.values import Expected, ExpectedKind


def due_between(
    book: Book, until: date, moved: Moves = NO_MOVES, lost: Collection[Lost] | None = None
) -> tuple[Expected, ...]:
    """All that was due on the as-of date or after it, and before `until`, in the order of days;
    `moved` as in `since_of`. It is known what is `lost` where that is left out already."""
    if until <= book.as_of:
        return ()
    book = with_expenses(book, until)
    lost = lost_until(book, until) if lost is None else lost
    since = since_of(without(book, lost), until, moved)
    called = called_until(book, until)
    found = [*Listing(since).all(), *_in_cash(book, lost, until)]
    found = [each for each in found if not any(one.ends(each) for one in called)]
    found += expected_calls(book, called)
    return tuple(sorted(found, key=lambda each: (each.day, each.side, each.id)))


def _in_cash(book: Book, lost: Collection[Lost], until: date) -> Iterator[Expected]:
    """What lines that are lost would have bought: it is paid in cash."""
    if not lost:
        return
    listing, ids = Listing(since_of(book, until)), {each.id for each in lost}
    for flow in {each.rule.id: each.rule for each in lost if each.in_cash}.values():
        if isinstance(flow, CashFlow):
            for each in listing.of_flow(flow):
                if each.id in ids:
                    account = listing.accounts.on(each.day).main
                    yield each._replace(kind=ExpectedKind.PAYMENT, account=account)


def due_on(book: Book, day: date) -> tuple[Expected, ...]:
    """What is due on that day alone, as the book expects it today."""
    after = date.fromordinal(day.toordinal() + 1)
    return tuple(each for each in due_between(book, after) if each.day == day)


class Listing:
    """What is due in a book until a day."""

    def __init__(self, since: Since) -> None:
        self.since, self.book = since, since.book
        self.accounts = accounts_in(since.book)
        self.lines = {each.id: each for each in since.book.facilities}

    def all(self) -> Iterator[Expected]:
        """Everything, record by record."""
        for flow in self.book.cash_flows:
            yield from self.of_flow(flow)
        drawn = defaultdict[str, list[Tranche]](list)
        for draw in self.book.planned_draws:
            for each in came(self.since.span, draw, self.since.until):
                amount = amount_on(draw, each.rule_date)
                line = self.lines[draw.facility]
                drawn[line.id].append(draws.taken(line, draw, each.rule_date, each.day, amount))
                yield self._draw(draw, each, amount)
        for line in self.book.facilities:
            if not line.is_repaid_by_takings:
                for owed in (*self._apart(line), *drawn[line.id]):
                    yield from self._of_loan(line, owed)
        yield from self._from_the_table()
        yield from expected_steps(self.book, self.since.until)

    def of_flow(self, flow: CashFlow) -> Iterator[Expected]:
        """What a receipt or payment is expected to bring."""
        since, receipt = self.since, flow.direction is Direction.RECEIPT
        found = rules.not_settled(since.span, flow, since.until)
        for day, rule_date in found:
            if day < since.until:
                whole = amount_on(flow, rule_date)
                planned = counted(flow, whole)
                if is_held_back(flow) and rule_date not in {e.rule_date for e in flow.open}:
                    planned -= rounded_share(planned, flow.held_percent)
                yield self._flow(flow, Occurrence(day, rule_date), planned, whole)
        if receipt and is_held_back(flow):
            yield from self._held(flow)

    def _held(self, flow: CashFlow) -> Iterator[Expected]:
        span = self.since.span
        due = span.due(flow, lateness_of(flow), held=flow.held_days)
        wholes = amounts_due(flow, due.own, opened=False).tolist()
        for day, own, whole in zip(due.days.tolist(), due.own.tolist(), wholes, strict=True):
            if day >= self.since.days:
                continue
            falls = Occurrence(span.date(day), day_of(own))
            planned = rounded_share(counted(flow, whole), flow.held_percent)
            yield self._flow(
                flow, falls, planned, rounded_share(whole, flow.held_percent), held=True
            )

    def _flow(
        self, flow: CashFlow, falls: Occurrence, planned: int, whole: int, *, held: bool = False
    ) -> Expected:
        line = flow.through if flow.through in self.lines else ""
        if flow.direction is Direction.RECEIPT:
            kind = ExpectedKind.REFUND if line else ExpectedKind.RECEIPT
            kind = ExpectedKind.HELD if held else kind
        else:
            kind = ExpectedKind.PURCHASE if line else ExpectedKind.PAYMENT
        day = max(falls.day, self.book.as_of)
        return Expected(
            id=f"{flow.id}@{falls.rule_date}{'!held' if held else ''}",
            day=day,
            rule_date=falls.rule_date,
            record=flow.id,
            tranche="",
            name=flow.name,
            kind=kind,
            planned=planned,
            whole=whole,
            side=Side.RECEIPT if flow.direction is Direction.RECEIPT else Side.PAYMENT,
            line=line,
            account="" if line else self.accounts.on(day).of_flow(flow),
            overdue=falls.day < self.book.as_of,
        )

    def _draw(self, draw: PlannedDraw, falls: Occurrence, amount: int) -> Expected:
        line = self.lines[draw.facility]
        return Expected(
            id=f"{draw.id}@{falls.rule_date}",
            day=falls.day,
            rule_date=falls.rule_date,
            record=draw.id,
            tranche="",
            name=draw.name,
            kind=ExpectedKind.DRAW,
            planned=net_of_fee(line, amount),
            whole=amount,
            side=Side.FUNDING,
            line=line.id,
            account=self.accounts.on(falls.day).of_line(line, draw=True),
        )

    def _apart(self, line: Facility) -> list[Tranche]:
        """The draws whose payments are listed one by one: bills are listed as such."""
        cash = [each for each in line.tranches if each.cash_advance]
        return cash if self._has_bills(line) else list(line.tranches)

    def _has_bills(self, line: Facility) -> bool:
        return line.id in self.since.cards or paid_in_full(line)

    def _of_loan(self, line: Facility, owed: Tranche) -> Iterator[Expected]:
        for each in loans.payments(self.since.span, line, owed):
            if each.day >= self.since.until:
                continue
            early, day = "!early" if each.early else "", max(each.day, self.book.as_of)
            yield Expected(
                id=f"{owed.id}@{each.due.due}{early}",
                day=day,
                rule_date=each.due.due,
                record=line.id,
                tranche=owed.id,
                name=owed.name,
                kind=ExpectedKind.EARLY if each.early else ExpectedKind.INSTALMENT,
                planned=each.due.total,
                whole=each.due.principal,
                side=Side.PAYMENT,
                line=line.id,
                account=self.accounts.on(day).of_line(line),
                overdue=each.day < self.book.as_of,
            )

    def _from_the_table(self) -> Iterator[Expected]:
        """Bills, the interest of overdrafts, what is kept back of takings, and instalments of what
        is bought by a line: sums by line and day."""
        flows = self.since.projection.flows
        sums = defaultdict[tuple[ExpectedKind, str, int], list[int]](lambda: [0, 0, 0])
        for number, series in enumerate(flows.descriptions):
            kind = self._kind(series)
            if kind is None:
                continue
            rows = slice(flows.bounds[number], flows.bounds[number + 1])
            columns = (flows.day, flows.amount, flows.principal, flows.overdue)
            for day, amount, principal, late in zip(
                *(column[rows].tolist() for column in columns), strict=True
            ):
                if day < self.since.days:
                    mine = sums[kind, series.element or series.record, day]
                    mine[0] += abs(amount)
                    mine[1] += principal
                    mine[2] |= late
        for (told, line, day), (amount, principal, late) in sums.items():
            if amount:
                yield self._sum(told, self.lines[line], day, (amount, principal, late))

    def _kind(self, series: Series) -> ExpectedKind | None:
        """What its flows are listed as in sums; None where they are listed one by one."""
        line = self.lines.get(series.element) or self.lines.get(series.record)
        if line is None or series.advance:
            return None
        if series.kind is FlowKind.INTEREST:
            return ExpectedKind.INTEREST
        if series.side is Side.RECEIPT:
            return ExpectedKind.TAKINGS if series.kind is FlowKind.INSTALMENT else None
        billed = series.kind is FlowKind.BILL and (series.falls_back or self._has_bills(line))
        return ExpectedKind.BILL if billed else None

    def _sum(
        self, kind: ExpectedKind, line: Facility, day: int, sums: tuple[int, int, int]
    ) -> Expected:
        amount, principal, late = sums
        falls = self.since.span.date(day)
        return Expected(
            id=f"{line.id}@{falls}!{kind.value}",
            day=falls,
            rule_date=falls,
            record=line.id,
            tranche="",
            name=line.name,
            kind=kind,
            planned=amount,
            whole=principal,
            side=Side.PAYMENT,
            line=line.id,
            account=self._pays(kind, line, falls),
            overdue=bool(late),
        )

    def _pays(self, kind: ExpectedKind, line: Facility, day: date) -> str:
        accounts = self.accounts.on(day)
        if kind is ExpectedKind.TAKINGS:
            return accounts.named(line.takings_into)
        return accounts.of_line(line)
