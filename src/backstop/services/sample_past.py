"""What happened in the half year before a sample: planned and actual of its rules, told backwards.

A sample's rules begin after its as-of date; what ran before is taken to have run alike. Its story
says what came otherwise: customers who paid late, a date that was left out, a bill that grew, a
limit that was cut.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache

import msgspec

from backstop.domain import (
    Book,
    CashFlow,
    Direction,
    Facility,
    LimitChange,
    Repeat,
    Settled,
    Teller,
)
from backstop.projection.recurrence import add_months
from backstop.resources import resource
from backstop.services import clock
from backstop.services.samples import load_sample
from backstop.settling import ExpectedKind, main_account, settle

HALF_A_YEAR = timedelta(days=184)
CUT_MONTHS_AGO = 3
GROWS = 5
"""How many times a bill has grown beyond what was planned for it."""


class Story(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`late`: days by which each receipt of a rule came late, the newest first, over and over;
    `skipped`: which date of a rule was left out, counted back; `drift`: percent of what was planned
    by which a payment has grown each time; `cut`: lines that once had this limit (minor units)."""

    late: dict[str, tuple[int, ...]] = {}
    skipped: dict[str, int] = {}
    drift: dict[str, int] = {}
    cut: dict[str, int] = {}


@cache
def _stories() -> dict[str, Story]:
    data = resource("samples", "past", "stories.json").read_bytes()
    return msgspec.json.decode(data, type=dict[str, Story])


def story_of(name: str) -> Story:
    """What came otherwise in a sample; nothing in one without a story."""
    return _stories().get(name, Story())


def sample_of_today(name: str) -> tuple[Book, tuple[Settled, ...]]:
    """A sample as it is opened: the book of today, and what was settled before."""
    today, story = clock.today_of(load_sample(name)), story_of(name)
    book = with_limits_once_cut(load_sample(name, today), story)
    brought = settle(book, today, by=Teller.PLAN)
    return brought.book, (*past_of(book, story), *brought.ledger)


def with_limits_once_cut(book: Book, story: Story) -> Book:
    """The book whose lines had other limits until some months ago."""
    for line_id, former in story.cut.items():
        line = book.by_id[line_id]
        assert isinstance(line, Facility)
        cut = LimitChange(from_day=add_months(book.as_of, -CUT_MONTHS_AGO), limit=line.limit)
        book = book.put(line.changed(limit=former, limit_changes=(cut, *line.limit_changes)))
    return book


def past_of(book: Book, story: Story) -> tuple[Settled, ...]:
    """What was settled in the half year before the book's day, in the order of days."""
    rows = [row for flow in book.cash_flows for row in _rows(book, flow, story)]
    return tuple(sorted(rows, key=lambda each: (each.planned_day, each.record)))


def _rows(book: Book, flow: CashFlow, story: Story) -> Iterator[Settled]:
    late = story.late.get(flow.id, (0,))
    for number, day in enumerate(_dates_before(flow, book.as_of)):
        skipped = story.skipped.get(flow.id) == number + 1
        expected = day + timedelta(days=flow.usual_lateness_days)
        grown = story.drift.get(flow.id, 0) * max(0, GROWS - number)
        came = day + timedelta(days=late[number % len(late)])
        if max(came, expected) >= book.as_of:
            continue  # it would be open, and the book knows nothing of that
        yield Settled(
            record=flow.id,
            name=flow.name,
            kind=_kind(book, flow),
            rule_date=day,
            planned_day=expected,
            planned=flow.amount * (100 - flow.haircut_percent) // 100,
            actual_day=None if skipped else came,
            actual=0 if skipped else flow.amount * (100 + grown) // 100,
            account=_account(book, flow),
            said_by=Teller.HAND,
        )


def _dates_before(flow: CashFlow, as_of: date) -> Iterator[date]:
    """The dates on which the rule ran, the newest first; none of one that begins later on."""
    if flow.repeat is Repeat.ONCE or _back(flow, 2) >= as_of:
        return
    step, day = 1, _back(flow, 1)
    while day >= as_of - HALF_A_YEAR:
        if day < as_of:
            yield day
        step += 1
        day = _back(flow, step)


def _back(flow: CashFlow, step: int) -> date:
    """The date so many times before the first."""
    match flow.repeat:
        case Repeat.MONTHS:
            return add_months(flow.first_date, -step * flow.every)
        case Repeat.YEARS:
            return add_months(flow.first_date, -12 * step * flow.every)
        case Repeat.WEEKS:
            return flow.first_date - timedelta(weeks=step * flow.every)
        case _:
            return flow.first_date - timedelta(days=step * flow.every)


def _kind(book: Book, flow: CashFlow) -> str:
    if flow.direction is Direction.RECEIPT:
        return ExpectedKind.RECEIPT.value
    bought = isinstance(book.by_id.get(flow.through), Facility)
    return (ExpectedKind.PURCHASE if bought else ExpectedKind.PAYMENT).value


def _account(book: Book, flow: CashFlow) -> str:
    if isinstance(book.by_id.get(flow.through), Facility):
        return ""
    return flow.through or main_account(book)
