"""The named checks: each finds its one thing, says the remedy, and is silent otherwise."""

from datetime import date, timedelta

import pytest

from backstop.checks.readiness import CHECKS, Finding, Level, findings
from backstop.domain import (
    Adjustment,
    Book,
    CashFlow,
    Direction,
    Facility,
    IntradayOrder,
    PlannedDraw,
    Record,
    Tranche,
    UnsureSources,
)
from backstop.projection import project
from backstop.services.checks import check_book
from backstop.telling import words_for
from unit.test_report_book import DAY_0, YUAN, payment, shop, without

EN, ZH = words_for("en"), words_for("zh_CN")


def found_in(book: Book, check: str) -> Finding | None:
    found = [each for each in findings(project(book)) if each.check == check]
    assert len(found) <= 1
    return found[0] if found else None


def with_line(book: Book, **fields: object) -> Book:
    record: Record = book.by_id["backup"]
    assert isinstance(record, Facility)
    return book.put(record.changed(**fields))


SILENT = [check.__name__ for check in CHECKS if check.__name__ != "no_contact"]


@pytest.mark.parametrize("check", SILENT)
def test_a_sound_book_gives_no_finding(check: str) -> None:
    assert found_in(shop(), check) is None


def test_a_shortfall_of_the_book_itself_is_a_problem() -> None:
    book = shop().put(payment("tax", "tax", 90_000, date(2026, 12, 1)))
    found = found_in(book, "base_shortfall")
    assert found is not None
    assert found.level is Level.PROBLEM
    assert "on 1 Dec 2026" in EN.tell(found.said)
    assert "¥73,000.00" in EN.tell(found.said)


def test_a_day_that_only_its_order_makes_short_is_named() -> None:
    """Rent and its money come on one day: enough in the evening, too little in the morning."""
    day = date(2026, 12, 1)
    much = payment("much", "much", 900_000, day)
    money = much.changed(id="money", name="money", direction=Direction.RECEIPT)
    book = shop().put(much).put(money)
    found = found_in(book, "same_day_order")
    assert found is not None
    assert "On 1 Dec 2026 cash is short only because" in EN.tell(found.said)
    other = book.changed(intraday_order=IntradayOrder.RECEIPTS_FIRST)
    assert found_in(other, "same_day_order") is None
    assert found_in(book.without("money"), "same_day_order") is None


def test_sources_of_one_name_are_told_of() -> None:
    found = found_in(with_line(shop(), name=" JIEBEI"), "same_name")
    assert found is not None
    assert found.level is Level.WARNING
    assert set(found.records) == {"jiebei", "backup"}
    assert "Give each its own" in EN.tell(found.said)


def test_use_beyond_the_limit_names_line_amount_and_day() -> None:
    draw = PlannedDraw(
        id="more",
        name="more",
        facility="jiebei",
        amount=20_000 * YUAN,
        first_date=date(2027, 1, 6),
    )
    found = found_in(shop().put(draw), "use_beyond_limit")
    assert found is not None
    assert found.records == ("jiebei",)
    assert found.level is Level.PROBLEM
    said = EN.tell(found.said)
    assert said.startswith("Jiebei is used beyond its limit of ¥50,000.00: by up to ¥10,000.00")
    assert "from 6 Jan 2027 on" in said


def test_a_draw_after_the_end_of_use_is_a_problem() -> None:
    record = shop().by_id["jiebei"].changed(usage_until=date(2027, 1, 4))
    found = found_in(shop().put(record), "draw_after_end")
    assert found is not None
    assert found.records == ("jiebei",)
    on_time = shop().by_id["jiebei"].changed(usage_until=date(2027, 1, 5))
    assert found_in(shop().put(on_time), "draw_after_end") is None


@pytest.mark.parametrize(
    ("fields", "check", "level"),
    [
        ({"lead_days": None}, "no_lead_time", Level.WARNING),
        ({"last_verified": None}, "never_verified", Level.WARNING),
        ({"last_verified": DAY_0 - timedelta(days=181)}, "verified_long_ago", Level.NOTE),
        ({"contract_until": DAY_0 - timedelta(days=1)}, "line_expired", Level.WARNING),
        ({"usage_until": DAY_0 + timedelta(days=90)}, "line_expires_soon", Level.NOTE),
        ({"contract_until": DAY_0}, "line_expires_soon", Level.NOTE),
        (
            {
                "usage_until": DAY_0 - timedelta(days=1),
                "contract_until": DAY_0 + timedelta(days=200),
            },
            "line_expired",
            Level.WARNING,
        ),
        ({"contact": ""}, "no_contact", Level.NOTE),
    ],
)
def test_a_line_that_cannot_be_relied_on_is_named(
    fields: dict[str, object], check: str, level: Level
) -> None:
    found = found_in(with_line(shop(), **fields), check)
    assert found is not None
    assert found.level is level
    assert "backup" in found.records
    assert "WeBank" in EN.tell(found.said)


@pytest.mark.parametrize(
    ("fields", "check"),
    [
        ({"last_verified": DAY_0 - timedelta(days=180)}, "verified_long_ago"),
        ({"contract_until": DAY_0}, "line_expired"),
        ({"usage_until": DAY_0 + timedelta(days=91)}, "line_expires_soon"),
    ],
)
def test_the_last_day_that_is_still_well(fields: dict[str, object], check: str) -> None:
    assert found_in(with_line(shop(), **fields), check) is None


def test_overdue_payments_and_late_receipts_are_told_apart() -> None:
    book = shop().put(payment("old", "old bill", 5, date(2026, 11, 1)))
    late = CashFlow(
        id="late",
        name="late customer",
        direction=Direction.RECEIPT,
        amount=500,
        first_date=date(2026, 11, 2),
    )
    book = book.put(late)
    overdue, coming = found_in(book, "overdue_items"), found_in(book, "late_receipts")
    assert overdue is not None
    assert coming is not None
    assert (overdue.records, coming.records) == (("old",), ("late",))


def test_draws_and_purchases_whose_day_is_past_are_named() -> None:
    book = shop()
    drawn = book.planned_draws[0].changed(id="past", name="past draw", first_date=date(2026, 11, 2))
    card = book.by_id["huabei"].changed(purchases_only=True)
    bought = payment("tool", "tool", 500, date(2026, 11, 2)).changed(through="huabei")
    book = book.changed(planned_draws=(drawn,)).put(card).put(bought)
    found = found_in(book, "past_plans")
    assert found is not None
    assert found.records == ("past", "tool")
    assert found_in(shop(), "past_plans") is None


def test_an_overdue_instalment_is_found_at_its_line() -> None:
    owed = Tranche(id="t1", name="old draw", principal=500, next_due=date(2026, 11, 1))
    found = found_in(with_line(shop(), tranches=(owed,)), "overdue_items")
    assert found is not None
    assert found.records == ("backup",)


@pytest.mark.parametrize("noted", [None, DAY_0 - timedelta(days=31)])
def test_a_stale_balance_is_found(noted: date | None) -> None:
    account = shop().by_id["cash"].changed(balance_date=noted)
    found = found_in(shop().put(account), "stale_balances")
    assert found is not None
    assert found.records == ("cash",)
    fresh = shop().by_id["cash"].changed(balance_date=DAY_0 - timedelta(days=30))
    assert found_in(shop().put(fresh), "stale_balances") is None


def test_names_are_joined_as_each_language_joins_them() -> None:
    book = shop()
    for key in ("jiebei", "backup", "huabei"):
        book = book.put(book.by_id[key].changed(last_verified=None))
    found = found_in(book, "never_verified")
    assert found is not None
    assert "Jiebei, WeBank and Huabei" in EN.tell(found.said)
    assert "Jiebei、WeBank和Huabei" in ZH.tell(found.said)


def test_a_source_never_verified_is_said_to_count_where_the_owner_counts_on_it() -> None:
    book = with_line(shop(), last_verified=None).changed(unsure_sources=UnsureSources.COUNTED)
    found = found_in(book, "never_verified")
    assert found is not None
    assert "yet plans count on it" in EN.tell(found.said)
    assert "仍指望" in ZH.tell(found.said)


def test_a_book_that_stands_long_ago_is_outdated() -> None:
    fresh = [each.check for each in check_book(shop(), DAY_0 + timedelta(days=14))]
    stale = [each.check for each in check_book(shop(), DAY_0 + timedelta(days=15))]
    assert "outdated" not in fresh
    assert "outdated" in stale


def test_the_review_must_be_set_and_held() -> None:
    def level(next_review: date | None) -> Level | None:
        found = check_book(shop(next_review=next_review), DAY_0)
        return next((each.level for each in found if each.check == "review_due"), None)

    assert level(None) is Level.NOTE
    assert level(DAY_0 - timedelta(days=1)) is Level.WARNING
    assert level(DAY_0) is None


def test_the_gravest_findings_come_first() -> None:
    book = with_line(shop(), last_verified=None, contact="")
    book = book.put(payment("tax", "tax", 90_000, date(2026, 12, 1)))
    overdue = book.changed(next_review=DAY_0 - timedelta(days=1))
    levels = [each.level for each in check_book(overdue, DAY_0)]
    assert levels == sorted(levels, key=list(Level).index)
    assert levels[0] is Level.PROBLEM


def test_an_empty_book_can_be_checked() -> None:
    lists = ("accounts", "facilities", "cash_flows", "planned_draws", "link_groups")
    assert [each.check for each in check_book(without(*lists), DAY_0)] == ["review_due"]


def test_a_line_that_pays_what_it_is_not_meant_for_is_named() -> None:
    line = shop().by_id["huabei"].changed(purchase_tags=("tools",))
    bought = payment("sofa", "sofa", 100, DAY_0 + timedelta(days=3)).changed(through="huabei")
    found = found_in(shop().put(line).put(bought), "not_eligible")
    assert found is not None
    assert "sofa" in EN.tell(found.said)
    eligible = bought.changed(tags=("tools",))
    again = found_in(shop().put(line).put(eligible), "not_eligible")
    assert again is None or "sofa" not in again.records


def test_a_calendar_that_is_not_published_yet_is_flagged() -> None:
    moved = payment("sofa", "sofa", 100, DAY_0).changed(adjustment=Adjustment.FOLLOWING)
    book = shop().put(moved).changed(country="CN", horizon_days=800)
    found = found_in(book, "calendar_unpublished")
    assert found is not None
    assert "2027" in EN.tell(found.said)
    assert "from 1 Jan 2027 on" in EN.tell(found.said)
    later = book.changed(as_of=date(2027, 3, 1), cash_flows=(moved,))
    found = found_in(later, "calendar_unpublished")
    assert found is not None
    assert "from 1 Mar 2027 on" in EN.tell(found.said)
    as_they_fall = book.put(moved.changed(adjustment=Adjustment.NONE))
    assert found_in(as_they_fall, "calendar_unpublished") is None
    assert found_in(book.changed(country=""), "calendar_unpublished") is None
