"""Nothing that is due vanishes, and nothing is counted twice.

Rules of all kinds stand around the as-of date and the horizon: shifted by weekends, holidays and
owners' own closed days, moved, late. Each date that a rule says is looked up by itself, one after
the other, without the engine's columns: it is settled, due on one day within sight, or beyond it.
"""

from calendar import monthrange
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

import compact as c
from backstop.domain import (
    Account,
    Adjustment,
    Book,
    CalendarYear,
    CashFlow,
    Direction,
    Facility,
    LaterAmount,
    MinimumBase,
    MonthlyOn,
    Moved,
    OtherAmount,
    PlannedDraw,
    Recurring,
    RepaymentMethod,
    Repeat,
    StillOpen,
    Tranche,
)
from backstop.projection import (
    FlowKind,
    Projection,
    calendar_of,
    cash_schedule,
    occurrences,
    overdue_occurrences,
    project,
    taken_as_paid,
    tranche_schedule,
    upcoming,
)
from backstop.projection.calendars import is_working_day
from naive import half_up, is_of_one
from strategies import LENDING

HORIZON = 45
ONE_DAY = timedelta(days=1)
EDGES = (date(2027, 1, 9), date(2027, 1, 30), date(2026, 10, 3), date(2026, 10, 8))
"""As-of dates next to weekends, a month's end on a Sunday, and a week of holidays."""

LINES = (
    Facility(id="loan", name="Loan", limit=10**9, periods=3),
    Facility(id="bullet", name="Bullet", limit=10**9, periods=3, method=RepaymentMethod.BULLET),
    Facility(id="fee", name="Fee", limit=10**9, periods=3, method=RepaymentMethod.EQUAL_PRINCIPAL),
)
CARD = Facility(
    id="card",
    name="Card",
    limit=10**9,
    cash_advance_limit=10**9,
    purchases_only=True,
    method=RepaymentMethod.STATEMENT_CYCLE,
    statement_day=8,
    due_day=26,
)
CARDS = (
    CARD,
    CARD.changed(id="parts", name="Parts", bill_instalments=3),
    CARD.changed(id="least", name="Least", pays_minimum=True, minimum_base=MinimumBase.BALANCE),
)


SOON, AROUND = c.integers(-20, 20), c.integers(-40, 20)
"""Days from an edge: around it, and mostly before it."""
SUM = c.integers(1, 10**6)
DATE = AROUND | c.none()
"""A day from an edge; none is the first date of the rule."""

RULES = c.fields(
    {
        "monthly_on": c.sampled_from((MonthlyOn.DAY, *MonthlyOn)),
        "last": c.booleans(),
        "other": c.none() | c.none() | c.integers(0, 30),
        "start": c.sampled_from((0, 0, HORIZON, HORIZON, -100, -31, -31)),
        "near": SOON,
        "moves": c.sampled_from((False, False, True)),
        "moved_from_edge": c.booleans(),
        "moved": SOON,
        "repeat": c.sampled_from((*Repeat, Repeat.MONTHS, Repeat.MONTHS)),
        "every": c.just(1) | c.integers(1, 9),
        "until": c.none() | c.integers(0, 200),
        "count": c.none() | c.integers(1, 4),
        "adjustment": c.sampled_from(Adjustment),
        "skips": c.sampled_from((False, False, True)),
        "amounts": c.lists(c.tuples(DATE, SUM), 2),
        "later_amounts": c.lists(c.tuples(DATE, SUM), 2),
        "answered_until": c.none() | c.none() | AROUND,
        "open": c.just([]) | c.lists(c.tuples(DATE, SUM, c.none() | AROUND), 2),
    }
)


@st.composite
def _rules(draw: DrawFn, edge: date) -> dict[str, Any]:
    """First dates within a few days of the as-of date, the horizon, or a few months before."""
    drawn = draw(RULES)
    first = edge + timedelta(days=drawn["start"] + drawn["near"])
    to = (edge if drawn["moved_from_edge"] else first) + timedelta(days=drawn["moved"])
    until = drawn["until"]
    return {
        "first_date": first,
        "repeat": drawn["repeat"],
        "every": drawn["every"],
        **within_month(first, drawn),
        **_said_of_dates(edge, first, drawn),
        "until": None if until is None else first + timedelta(days=until),
        "count": drawn["count"],
        "adjustment": drawn["adjustment"],
        "skipped": (first,) if drawn["skips"] else (),
        "moved": (Moved(rule_date=first, to=to),) if drawn["moves"] else (),
    }


def within_month(first: date, drawn: dict[str, Any]) -> dict[str, Any]:
    """The day of the month, its last, two of its days, or a weekday of it."""
    monthly_on = drawn["monthly_on"]
    if monthly_on is MonthlyOn.WEEKDAY and first.day > 28:
        monthly_on = MonthlyOn.LAST_WEEKDAY
    if monthly_on is not MonthlyOn.DAY:
        return {"monthly_on": monthly_on}
    day = 31 if drawn["last"] else first.day
    others = [each for each in range(1, 32) if each != day and min(each, day) < 28]
    other = drawn["other"]
    return {
        "last_day_of_month": drawn["last"],
        "second_day": None if other is None else others[other % len(others)],
    }


def _said_of_dates(edge: date, first: date, drawn: dict[str, Any]) -> dict[str, Any]:
    """Amounts, what is settled and what is open, of dates near the as-of date, a few of them dates
    of the rule."""

    def on(days: int | None, otherwise: date | None = first) -> date | None:
        return otherwise if days is None else edge + timedelta(days=days)

    def by_day(what: str) -> dict[Any, list[Any]]:
        return {on(days): said for days, *said in drawn[what]}

    later = sorted(by_day("later_amounts").items())
    return {
        "amounts": tuple(
            OtherAmount(rule_date=day, amount=amount)
            for day, (amount,) in by_day("amounts").items()
        ),
        "later_amounts": tuple(
            LaterAmount(from_day=day, amount=amount) for day, (amount,) in later
        ),
        "answered_until": on(drawn["answered_until"], None),
        "open": tuple(
            StillOpen(rule_date=day, left=left, expected=on(expected, None))
            for day, (left, expected) in by_day("open").items()
        ),
    }


CLOSED = c.fields({"first": c.integers(-40, 5), "length": c.integers(1, 45)})


@st.composite
def _closed_days(draw: DrawFn, edge: date) -> tuple[CalendarYear, ...]:
    """A calendar of the owner's own, closed for weeks on end around the as-of date."""
    drawn = draw(CLOSED)
    first = edge + timedelta(days=drawn["first"])
    days = [first + timedelta(days=n) for n in range(drawn["length"])]
    years = sorted({day.year for day in days})
    return tuple(
        CalendarYear(year=year, closed=tuple(d for d in days if d.year == year)) for year in years
    )


FLOWS = c.fields(
    {
        "amount": SUM,
        "usual_lateness_days": c.sampled_from((0, 0, 1, 5, 40)),
        "haircut_percent": c.sampled_from((0, 0, 35)),
        "held_percent": c.sampled_from((0, 7, 35, 100)),
        "held_days": c.sampled_from((0, 3, 30, 60, 90)),
    }
)
SUMS = c.alone(SUM)
OWED = c.fields(
    {
        "principal": SUM,
        "next_due": c.integers(-70, 20),
        "remaining_periods": c.integers(1, 4),
        "method": c.sampled_from(LENDING),
    }
)
FACTS = c.fields(
    {
        "edge": c.sampled_from(EDGES),
        "country": c.sampled_from(("", "CN")),
        "closes": c.booleans(),
    }
)


@st.composite
def edge_books(draw: DrawFn) -> Book:
    """One record of each kind whose dates lie around the edges of what is in sight."""
    facts = draw(FACTS)
    edge = facts["edge"]

    def flow(record: str, direction: Direction, through: str = "") -> CashFlow:
        drawn = draw(FLOWS)
        if direction is not Direction.RECEIPT:
            drawn["usual_lateness_days"] = 0
        fixed: dict[str, Any] = {
            "id": record,
            "name": record,
            "direction": direction,
            "through": through,
        }
        return CashFlow(**fixed, **drawn, **draw(_rules(edge)))

    def planned(record: str, facility: str) -> PlannedDraw:
        fixed: dict[str, Any] = {"id": record, "name": record, "facility": facility, "periods": 3}
        return PlannedDraw(**fixed, amount=draw(SUMS), **draw(_rules(edge)))

    owed = draw(OWED)
    next_due = edge + timedelta(days=owed.pop("next_due"))
    tranche = Tranche(id="owed", name="Owed", next_due=next_due, **owed)
    return Book(
        title="Edges",
        as_of=edge,
        horizon_days=HORIZON,
        country=facts["country"],
        calendar_years=draw(_closed_days(edge)) if facts["closes"] else (),
        accounts=(Account(id="cash", name="Cash", balance=10**9),),
        facilities=(LINES[0].changed(tranches=(tranche,)), *LINES[1:], *CARDS),
        cash_flows=(
            flow("payment", Direction.PAYMENT),
            flow("receipt", Direction.RECEIPT),
            *(flow(f"via-{card.id}", Direction.PAYMENT, card.id) for card in CARDS),
        ),
        planned_draws=tuple(planned(f"draw-{line.id}", line.id) for line in (*LINES, CARD)),
    )


def said(rule: Recurring, last: date) -> Iterator[date]:
    """The rule's own dates up to a day, one by one: days that fit, of periods that fit."""
    day, number = rule.first_date, 0
    while day <= min(last, rule.until or last) and number < (rule.count or 10_000):
        if _fits(rule, day):
            yield day
            number += 1
        day += ONE_DAY


def _fits(rule: Recurring, day: date) -> bool:
    first = rule.first_date
    if rule.repeat is Repeat.ONCE:
        return day == first
    if rule.repeat in (Repeat.DAYS, Repeat.WEEKS):
        return (day - first).days % (rule.every * (7 if rule.repeat is Repeat.WEEKS else 1)) == 0
    months = 12 * (day.year - first.year) + day.month - first.month
    if months % (rule.every * (12 if rule.repeat is Repeat.YEARS else 1)):
        return False
    length = monthrange(day.year, day.month)[1]
    match rule.monthly_on:
        case MonthlyOn.WEEKDAY:
            same = (day.day - 1) // 7 == (first.day - 1) // 7
            return same and day.weekday() == first.weekday()
        case MonthlyOn.LAST_WEEKDAY:
            return length - day.day < 7 and day.weekday() == first.weekday()
        case MonthlyOn.DAY:
            days = {length if rule.last_day_of_month else min(first.day, length)}
            if rule.repeat is Repeat.MONTHS and rule.second_day:
                days.add(min(rule.second_day, length))
            return day.day in days


def falls_on(rule: Recurring, day: date, book: Book) -> date:
    """Where a date of the rule falls, after moves and closed days."""
    for change in reversed(rule.moved):
        if change.rule_date == day:
            return change.to
    back, forth = (_open_day(day, step, book) for step in (-ONE_DAY, ONE_DAY))
    match rule.adjustment:
        case Adjustment.PRECEDING:
            return back
        case Adjustment.FOLLOWING:
            return forth
        case Adjustment.MODIFIED_FOLLOWING:
            return forth if forth.month == day.month else back
        case Adjustment.NONE:
            return day


def _open_day(day: date, step: timedelta, book: Book) -> date:
    while not is_working_day(day, calendar_of(book)):
        day += step
    return day


def due(
    rule: CashFlow | PlannedDraw, book: Book, late: int = 0, *, kept_back: bool = False
) -> list[tuple[int, int]]:
    """(offset, amount) of all that is due, an offset before 0 where it should have come already;
    or of what of it is kept back: of an open date that the rule does not have, nothing is."""
    found = []
    opened = {each.rule_date: each for each in rule.open}
    held = rule.held_days if kept_back and isinstance(rule, CashFlow) else 0
    dates = set(said(rule, book.as_of + timedelta(days=book.horizon_days + 150)))
    listed = opened.keys() & dates if kept_back else opened.keys()
    for day in sorted(dates - {*rule.skipped} | listed):
        falls = falls_on(rule, day, book) + timedelta(days=late)
        amount = amount_of(rule, day)
        if day in opened:
            falls = opened[day].expected or falls
            amount = amount if kept_back else opened[day].left
        elif _settled(rule, day, falls, book, held):
            continue
        offset = (falls - book.as_of).days + held
        if offset <= book.horizon_days:
            found.append((offset, part_of(rule, amount, day in opened, kept_back=kept_back)))
    return sorted(found)


def _settled(rule: Recurring, day: date, falls: date, book: Book, held: int) -> bool:
    """What is kept back is settled once it should have come as well."""
    is_past = falls + timedelta(days=held) < book.as_of
    if rule.answered_until:
        return day < rule.answered_until and (is_past or not held)
    return not is_of_one(rule) and day < book.as_of and is_past


def amount_of(rule: CashFlow | PlannedDraw, day: date) -> int:
    amount = rule.amount
    for later in rule.later_amounts:
        amount = later.amount if later.from_day <= day else amount
    return next((each.amount for each in rule.amounts if each.rule_date == day), amount)


def part_of(rule: CashFlow | PlannedDraw, amount: int, is_open: bool, *, kept_back: bool) -> int:
    """What of it is counted on, in its two parts; what is left of an open one comes whole."""
    if isinstance(rule, PlannedDraw) or rule.direction is Direction.PAYMENT:
        return amount
    counted_on = amount - half_up(Fraction(amount * rule.haircut_percent, 100))
    later = half_up(Fraction(counted_on * rule.held_percent, 100)) if rule.held_days else 0
    if kept_back:
        return later
    return counted_on if is_open else counted_on - later


def rows_of(projection: Projection, record: str, *kinds: FlowKind) -> list[tuple[int, int, int]]:
    """(day, amount, whether overdue) of each flow of a record."""
    flows = projection.flows
    numbers = {
        number
        for number, series in enumerate(flows.descriptions)
        if series.record == record and (not kinds or series.kind in kinds)
    }
    rows = [row for row in range(len(flows)) if int(flows.series[row]) in numbers]
    return sorted(
        (int(flows.day[row]), int(flows.amount[row]), int(flows.overdue[row])) for row in rows
    )


def each_receipt_and_payment_that_is_due_is_counted_exactly_once(book: Book) -> None:
    projection = project(book)
    for flow in book.cash_flows[:2]:
        found = due(flow, book, flow.usual_lateness_days)
        if flow.direction is Direction.RECEIPT and flow.held_percent and flow.held_days:
            found += due(flow, book, flow.usual_lateness_days, kept_back=True)
        expected = [(max(0, day), amount, int(day < 0)) for day, amount in found]
        assert rows_of(projection, flow.id) == sorted(expected), flow
        past = [day for day, _ in due(flow, book) if day < 0]
        assert [
            (each.day - book.as_of).days
            for each in overdue_occurrences(flow, book.as_of, calendar_of(book))
        ] == past


def each_draw_that_is_due_comes_once_and_is_repaid_in_full(book: Book) -> None:
    projection = project(book)
    for draw in book.planned_draws:
        facility = book.by_id[draw.facility]
        assert isinstance(facility, Facility)
        found = due(draw, book)
        received = [(max(0, day), amount, int(day < 0)) for day, amount in found]
        assert rows_of(projection, draw.id, FlowKind.DRAW) == sorted(received), draw
        owed = [
            ((each.due - book.as_of).days, each.total, 0)
            for day, amount in found
            for each in cash_schedule(
                facility, amount, book.as_of + timedelta(days=max(0, day)), draw.periods
            )
        ]
        assert rows_of(projection, draw.id, FlowKind.INSTALMENT) == sorted(owed), draw


def each_purchase_that_is_due_is_billed_exactly_once(book: Book) -> None:
    """In one bill or several, which other purchases share."""
    flows = project(book).flows
    for flow in book.cash_flows[2:]:
        bought: Counter[tuple[int, int]] = Counter()
        for row in range(len(flows)):
            if flows.descriptions[flows.series[row]].record == flow.id:
                began, debt = int(flows.began[row]), int(flows.debt[row])
                bought[began, debt] += int(flows.principal[row])
                assert flows.day[row] > began
        found = sorted((began, principal) for (began, _), principal in bought.items())
        assert found == sorted((max(0, day), amount) for day, amount in due(flow, book)), flow


def each_instalment_owed_is_due_once_on_its_day_or_today(book: Book) -> None:
    [owed] = book.facilities[0].tranches
    days = [((each.due - book.as_of).days, each.total) for each in tranche_schedule(owed)]
    expected = [(max(0, day), total, int(day < 0)) for day, total in days]
    assert rows_of(project(book), "loan") == sorted(expected)


def single(**terms: Any) -> CashFlow:
    given: dict[str, Any] = {"direction": Direction.PAYMENT, "amount": 100, **terms}
    return CashFlow(id="f", name="Tax", **given)


@pytest.mark.parametrize(
    ("as_of", "first", "adjustment", "country"),
    [
        (date(2027, 1, 9), date(2027, 1, 10), Adjustment.PRECEDING, ""),
        (date(2027, 1, 30), date(2027, 1, 31), Adjustment.MODIFIED_FOLLOWING, ""),
        (date(2026, 10, 3), date(2026, 10, 5), Adjustment.PRECEDING, "CN"),
    ],
)
@pytest.mark.parametrize("repeat", [Repeat.ONCE, Repeat.MONTHS])
@pytest.mark.parametrize("direction", list(Direction))
def test_what_a_closed_day_puts_before_the_as_of_date_is_due_on_it(
    as_of: date,
    first: date,
    adjustment: Adjustment,
    country: str,
    repeat: Repeat,
    direction: Direction,
) -> None:
    rule = single(first_date=first, adjustment=adjustment, repeat=repeat, direction=direction)
    book = Book(title="t", as_of=as_of, horizon_days=20, country=country, cash_flows=(rule,))
    assert rows_of(project(book), "f") == [(0, 100, 1)]


def test_a_single_draw_that_a_closed_day_puts_before_the_as_of_date_is_drawn_on_it() -> None:
    draw = PlannedDraw(
        id="d",
        name="Draw",
        facility="bullet",
        amount=100,
        periods=1,
        first_date=date(2027, 1, 10),
        adjustment=Adjustment.PRECEDING,
    )
    book = Book(
        title="t",
        as_of=date(2027, 1, 9),
        horizon_days=60,
        facilities=LINES,
        planned_draws=(draw,),
    )
    assert rows_of(project(book), "d", FlowKind.DRAW) == [(0, 100, 1)]
    assert rows_of(project(book), "d", FlowKind.INSTALMENT) == [(31, 100, 0)]


def test_a_run_of_closed_days_of_any_length_hides_nothing() -> None:
    """Closed from 1 December to 31 January: what is due in between falls outside of it."""
    days = [date(2026, 12, 1) + timedelta(days=n) for n in range(62)]
    years = tuple(
        CalendarYear(year=year, closed=tuple(d for d in days if d.year == year))
        for year in (2026, 2027)
    )
    book = Book(title="t", as_of=date(2027, 1, 20), horizon_days=20, calendar_years=years)
    before = single(first_date=date(2026, 11, 2), repeat=Repeat.MONTHS, count=2)
    after = before.changed(adjustment=Adjustment.FOLLOWING)
    assert rows_of(project(book.changed(cash_flows=(before,))), "f") == []
    assert rows_of(project(book.changed(cash_flows=(after,))), "f") == [(12, 100, 0)]
    late = single(first_date=date(2027, 1, 25), repeat=Repeat.WEEKS, count=1)
    late = late.changed(adjustment=Adjustment.PRECEDING)
    assert rows_of(project(book.changed(cash_flows=(late,))), "f") == [(0, 100, 1)]


def test_the_edges_are_reached_often() -> None:
    """The generator makes what it is for: of each kind a few in two hundred books."""
    seen: Counter[str] = Counter()

    @settings(max_examples=200, database=None, derandomize=True)
    @given(edge_books())
    def count(book: Book) -> None:
        rules: list[CashFlow | PlannedDraw] = [*book.cash_flows, *book.planned_draws]
        for rule in rules:
            single_or_series = "single" if rule.repeat is Repeat.ONCE else "series"
            seen[f"{single_or_series} overdue"] += any(day < 0 for day, _ in due(rule, book))
            own = list(said(rule, book.as_of + timedelta(days=HORIZON)))
            seen["open"] += any(each.rule_date in own for each in rule.open)
            seen["open on another day"] += any(each.expected for each in rule.open)
            seen["open and no date of the rule"] += any(e.rule_date not in own for e in rule.open)
            seen["answered"] += any(day < (rule.answered_until or date.min) for day in own)
            seen["another amount"] += any(each.rule_date in own for each in rule.amounts)
            seen["later amounts"] += any(amount_of(rule, d) != rule.amount for d in own)
            if rule.repeat is Repeat.MONTHS:
                seen[rule.monthly_on] += len(own) > 1
                seen["twice a month"] += bool(rule.second_day) and len(own) > 2
            last = book.as_of + timedelta(days=HORIZON)
            seen["over the horizon"] += any(
                day <= last < falls_on(rule, day, book) for day in said(rule, last)
            )
        receipt = book.cash_flows[1]
        late = receipt.usual_lateness_days
        behind = [day for day, _ in due(receipt, book, late, kept_back=True)]
        past = any(0 <= day < receipt.held_days for day in behind)
        seen["held back of what is settled"] += bool(receipt.held_percent) and past
        seen["long closing"] += any(len(year.closed) > 20 for year in book.calendar_years)

    count()
    assert min(seen.values()) >= 5, seen


def the_next_dates_are_the_first_of_all_that_come(book: Book, since: int) -> None:
    first, calendar = book.as_of + timedelta(days=since), calendar_of(book)
    for rule in (*book.cash_flows, *book.planned_draws):
        found = occurrences(rule, first, first + timedelta(days=400), calendar)
        opened = {each.rule_date for each in rule.open}
        answered = rule.answered_until or date.min
        left = [each for each in found if each.rule_date >= answered or each.rule_date in opened]
        assert upcoming(rule, first, 6, calendar)[: len(left)] == left[:6], rule
        own = set(said(rule, first + timedelta(days=600))) - {*rule.skipped} | opened
        places = [(_place(rule, day, book), day) for day in own]
        last = first + timedelta(days=400)
        assert found == sorted(each for each in places if first <= each[0] <= last), rule


def _place(rule: Recurring, day: date, book: Book) -> date:
    expected = next((each.expected for each in rule.open if each.rule_date == day), None)
    return expected or falls_on(rule, day, book)


def what_is_taken_as_paid_is_all_that_neither_is_due_nor_was_answered(book: Book) -> None:
    """For each date of a series of the last weeks: stated as taken as paid, or due."""
    for flow in book.cash_flows[:2]:
        late = flow.usual_lateness_days if flow.direction is Direction.RECEIPT else 0
        stated = taken_as_paid(flow, book.as_of, calendar_of(book))
        if is_of_one(flow) or flow.answered_until:
            assert stated == []
            continue
        opened = {each.rule_date for each in flow.open}
        past = [
            (falls, day)
            for day in said(flow, book.as_of)
            if day < book.as_of and day not in opened and day not in flow.skipped
            if (falls := falls_on(flow, day, book)) + timedelta(days=late) < book.as_of
            and (book.as_of - falls).days <= late + 35
        ]
        assert stated == sorted(past, reverse=True), flow


@given(edge_books(), st.integers(-60, 120))
def test_nothing_that_is_due_vanishes_and_nothing_is_counted_twice(book: Book, since: int) -> None:
    """In one test, since drawing a book takes longer than looking at it from all sides."""
    each_receipt_and_payment_that_is_due_is_counted_exactly_once(book)
    each_draw_that_is_due_comes_once_and_is_repaid_in_full(book)
    each_purchase_that_is_due_is_billed_exactly_once(book)
    each_instalment_owed_is_due_once_on_its_day_or_today(book)
    what_is_taken_as_paid_is_all_that_neither_is_due_nor_was_answered(book)
    the_next_dates_are_the_first_of_all_that_come(book, since)
