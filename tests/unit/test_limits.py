"""Limits that change, headroom that does not come back, draws that are counted."""

from collections.abc import Sequence
from datetime import date, timedelta

import pytest

from backstop.checks.limits import temporary_limit_ends, too_many_draws
from backstop.checks.terms import limit_below_balance
from backstop.contingency import Contingency, ContingencyKind
from backstop.contingency.availability import limits_under, room_under
from backstop.contingency.identity import OfRecord
from backstop.contingency.standing import with_standing_draws
from backstop.domain import (
    Account,
    BadInput,
    Book,
    CashFlow,
    Direction,
    Facility,
    LimitChange,
    LossMode,
    PlannedDraw,
    Tranche,
)
from backstop.projection import Projection, headroom, limits_of, project
from backstop.telling import words_for

AS_OF = date(2026, 1, 5)
PAYMENT = Direction.PAYMENT


def on(day: int) -> date:
    return AS_OF + timedelta(days=day)


def limit(first: int, amount: int, last: int | None = None) -> LimitChange:
    return LimitChange(from_day=on(first), limit=amount, until=None if last is None else on(last))


def line(**fields: object) -> Facility:
    return Facility(id="line", name="Line", limit=1_000).changed(**fields)


def projected(owed: int = 0, draws: Sequence[int] = (), **fields: object) -> Projection:
    """A line of 1,000 with so much owed for years, and draws of 100 planned on these days."""
    tranches = () if not owed else (Tranche(id="t", name="T", principal=owed, next_due=on(900)),)
    planned = tuple(
        PlannedDraw(id=f"d{day}", name="D", facility="line", amount=100, first_date=on(day))
        for day in draws
    )
    facility = line(tranches=tranches, **fields)
    return project(
        Book(title="B", as_of=AS_OF, horizon_days=20, facilities=(facility,), planned_draws=planned)
    )


def rooms(projection: Projection) -> list[int]:
    found = headroom(projection, projection.book.facilities[0])
    return [int(each) for each in found]


def test_a_temporary_limit_holds_to_its_last_day_and_one_for_good_from_its_first() -> None:
    changes = (limit(-3, 1_500, 4), limit(2, 800), limit(10, 2_000, 10))
    projection = projected(limit_changes=changes)
    facility = projection.book.facilities[0]
    expected = [1_500] * 5 + [800] * 5 + [2_000] + [800] * 10
    assert limits_of(projection, facility).tolist() == expected
    assert [facility.limit_on(on(day)) for day in range(21)] == expected
    assert rooms(projection) == expected


def test_what_is_owed_blocked_or_kept_back_is_no_headroom() -> None:
    projection = projected(owed=300, blocked=250, headroom_haircut_percent=10)
    assert rooms(projection) == [350] * 21


def test_a_cut_takes_its_share_of_the_limit_of_each_day() -> None:
    projection = projected(limit_changes=(limit(5, 3_000),))
    facility = projection.book.facilities[0]
    loss = Contingency(
        OfRecord("cut"),
        ContingencyKind.SINGLE,
        ("line",),
        loss_day=3,
        mode=LossMode.LIMIT_CUT,
        cut_percent=40,
    )
    expected = [1_000] * 3 + [600] * 2 + [1_800] * 16
    assert limits_under(projection, loss, facility).tolist() == expected
    assert room_under(projection, loss, facility).tolist() == expected


def test_the_room_ends_when_the_line_is_drawn_on_as_often_as_the_lender_lets() -> None:
    assert rooms(projected(draws=[4], maximum_draws=3, draws_made=2))[:6] == [1_000] * 4 + [0] * 2
    assert rooms(projected(draws=[4], maximum_draws=4, draws_made=2))[:6] == [1_000] * 4 + [900] * 2
    assert rooms(projected(maximum_draws=2, draws_made=2)) == [0] * 21


def test_more_draws_than_the_lender_lets_are_a_problem() -> None:
    assert not too_many_draws(projected(draws=[4], maximum_draws=3, draws_made=2))
    [found] = too_many_draws(projected(draws=[4, 6], maximum_draws=3, draws_made=2))
    assert found.records == ("line",)


@pytest.mark.parametrize(
    ("owed", "level", "words"),
    [
        (1_000, "note", "from then on it is ¥10.00"),
        (1_200, "warning", "¥2.00 more than the ¥10.00"),
    ],
)
def test_the_end_of_a_temporary_limit_is_said(owed: int, level: str, words: str) -> None:
    projection = projected(owed=owed, limit_changes=(limit(-3, 1_500, 4),))
    [found] = temporary_limit_ends(projection)
    assert found.level == level
    assert words in words_for("en").tell(found.said)
    assert "{" not in words_for("zh_CN").tell(found.said)
    assert not limit_below_balance(projection)
    assert not temporary_limit_ends(projected(limit_changes=(limit(-3, 1_500, -1),)))
    assert not temporary_limit_ends(projected(limit_changes=(limit(3, 1_500, 20),)))


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"limit_changes": (limit(5, 1), limit(5, 2))}, "limit_changes"),
        ({"limit_changes": (limit(5, 1, 4),)}, "limit_changes"),
        ({"limit_changes": (limit(5, -1),)}, "limit_changes"),
        ({"maximum_draws": 2, "draws_made": 3}, "draws_made"),
        ({"blocked": -1}, "blocked"),
    ],
)
def test_what_no_lender_says_is_refused(fields: dict[str, object], field: str) -> None:
    with pytest.raises(BadInput) as refused:
        line(**fields)
    assert refused.value.field == field


def test_a_line_is_paid_from_an_account_of_the_book_and_from_the_main_one_when_that_goes() -> None:
    bank = Account(id="bank", name="Bank")
    paid = line(paid_from="bank", paid_into="bank")
    book = Book(title="B", as_of=AS_OF, accounts=(bank,), facilities=(paid,))
    assert book.without("bank").facilities == (line(),)
    with pytest.raises(BadInput, match="is not in this book") as refused:
        book.put(line(paid_from="line"))
    assert refused.value.field == "paid_from"


@pytest.mark.parametrize(("made", "drawn"), [(0, 2), (1, 1), (2, 0)])
def test_the_standing_rule_draws_as_often_as_the_lender_lets(made: int, drawn: int) -> None:
    """50 short on each of three days; three draws in all, one of them planned for later."""
    facility = line(
        maximum_draws=3, draws_made=made, last_verified=AS_OF, periods=24, minimum_draw=50
    )
    bills = tuple(
        CashFlow(id=f"b{n}", name="B", direction=PAYMENT, amount=50, first_date=on(n))
        for n in range(3)
    )
    later = PlannedDraw(id="d", name="D", facility="line", amount=100, first_date=on(15))
    book = Book(
        title="B",
        as_of=AS_OF,
        horizon_days=20,
        facilities=(facility,),
        cash_flows=bills,
        planned_draws=(later,),
        standing_draws=("line",),
    )
    nothing = Contingency(OfRecord("none"), ContingencyKind.GROUP, ())
    [after] = with_standing_draws(project(book), [nothing])
    assert len(after.draws) == drawn
