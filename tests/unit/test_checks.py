"""Named checks of whose money it is, papers on file, and limits; lenient and strict judgement."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from backstop.checks.readiness import findings
from backstop.domain import (
    Book,
    CashFlow,
    Direction,
    Facility,
    Money,
    PlannedDraw,
    RatePer,
    RepaymentMethod,
    Tranche,
)
from backstop.projection import project
from backstop.services.checks import Finding, Level, check_book, passes
from backstop.telling import words_for

DAY_0 = date(2026, 1, 5)


def card(**fields: object) -> Facility:
    plain = Facility(
        id="card",
        name="Card",
        limit=1_000,
        purchases_only=True,
        method=RepaymentMethod.STATEMENT_CYCLE,
        statement_day=1,
        due_day=9,
        personal=True,
        contact="95555",
        last_verified=DAY_0,
        cash_advance_limit=500,
        cash_advance_rate_percent=Decimal(18),
    )
    return plain.changed(**fields)


def book_with(line: Facility, *flows: CashFlow, draws: tuple[PlannedDraw, ...] = ()) -> Book:
    return Book(
        title="Checks",
        as_of=DAY_0,
        next_review=DAY_0,
        horizon_days=100,
        facilities=(line,),
        cash_flows=flows,
        planned_draws=draws,
    )


def bought(**fields: object) -> CashFlow:
    plain = CashFlow(
        id="tiles",
        name="Tiles",
        direction=Direction.PAYMENT,
        amount=300,
        first_date=DAY_0,
        through="card",
        business=True,
    )
    return plain.changed(**fields)


def found_in(book: Book, check: str) -> Finding | None:
    found = [each for each in findings(project(book)) if each.check == check]
    assert len(found) <= 1
    return found[0] if found else None


def test_business_spending_through_a_personal_line_is_named() -> None:
    found = found_in(book_with(card(), bought()), "personal_pays_business")
    assert found is not None
    assert (found.level, found.records) == (Level.WARNING, ("tiles",))


@pytest.mark.parametrize(
    "book",
    [
        book_with(card(personal=False), bought()),
        book_with(card(), bought(business=False)),
        book_with(card(), bought(through="")),
    ],
)
def test_other_spending_is_no_misuse_of_a_personal_line(book: Book) -> None:
    assert found_in(book, "personal_pays_business") is None


@pytest.mark.parametrize(
    ("until", "expected"),
    [(-1, "identity_expired"), (0, "identity_expires"), (100, "identity_expires"), (101, None)],
)
def test_papers_on_file_that_expire_are_named_before_and_after(
    until: int, expected: str | None
) -> None:
    book = book_with(card(identity_until=DAY_0 + timedelta(days=until)))
    checks = ("identity_expired", "identity_expires")
    assert [each for each in checks if found_in(book, each)] == ([expected] if expected else [])


def test_more_owed_than_the_limit_is_said_once() -> None:
    bill = Tranche(
        id="bill",
        name="Bill",
        principal=1_001,
        next_due=date(2026, 2, 9),
        method=RepaymentMethod.STATEMENT_CYCLE,
    )
    book = book_with(card(tranches=(bill,)))
    assert found_in(book, "limit_below_balance") is not None
    assert found_in(book, "use_beyond_limit") is None
    assert found_in(book_with(card(limit=1_001, tranches=(bill,))), "limit_below_balance") is None


@pytest.mark.parametrize(("amount", "named"), [(500, False), (501, True)])
def test_more_cash_than_a_card_advances_is_a_problem(amount: int, named: bool) -> None:
    draw = PlannedDraw(id="cash", name="Cash", facility="card", amount=amount, first_date=DAY_0)
    found = found_in(book_with(card(), draws=(draw,)), "advance_beyond_limit")
    assert (found is not None) is named
    assert found is None or found.level is Level.PROBLEM


def test_warnings_pass_a_lenient_judgement_and_not_a_strict_one() -> None:
    warned = check_book(book_with(card(), bought(amount=1)), DAY_0)
    only_warned = [each for each in warned if each.level is not Level.PROBLEM]
    noted = [each for each in warned if each.level is Level.NOTE]
    assert passes(only_warned)
    assert not passes(only_warned, strict=True)
    assert passes(noted, strict=True)
    assert not passes(check_book(book_with(card(), bought(through="")), DAY_0))


def test_each_finding_is_a_sentence_in_both_languages() -> None:
    expired = DAY_0 - timedelta(days=1)
    draw = PlannedDraw(id="cash", name="Cash", facility="card", amount=900, first_date=DAY_0)
    book = book_with(card(identity_until=expired, limit=10), bought(), draws=(draw,))
    for language, stop in (("en", "."), ("zh_CN", "。")):
        words = words_for(language)
        assert all(words.tell(each.said).endswith(stop) for each in findings(project(book)))


def test_a_finding_about_many_records_names_ten_and_counts_the_others() -> None:
    """More records than calls may be nested in each other."""
    lines = [
        card(id=f"c{n}", name=f"line-{n:04}", last_verified=None, personal=False)
        for n in range(1, 1201)
    ]
    book = book_with(lines[0]).changed(facilities=tuple(lines))
    found = next(each for each in check_book(book, DAY_0) if each.check == "never_verified")
    assert len(found.records) == 1200
    said = words_for("en").tell(found.said)
    assert "line-0001, line-0002" in said
    assert "line-0010 and 1190 others." in said
    assert "line-0011" not in said
    assert "line-0010和另外 1190 项" in words_for("zh_CN").tell(found.said)


def at_the_minimum(**fields: object) -> Facility:
    price = {"rate_per": RatePer.DAY, "rate_percent": Decimal("0.05")}
    return card(cash_advance_rate_percent=Decimal(0), pays_minimum=True, **price, **fields)


def test_a_card_that_minimum_payments_never_pay_off_is_named_with_what_is_left() -> None:
    """1 % is asked for, and more than 1.4 % of interest comes each month: only the first payment,
    on a bill without interest, pays any principal."""
    line = at_the_minimum(minimum_percent=Decimal(1))
    found = found_in(book_with(line, bought(amount=1_000_00)), "minimum_never_pays_off")
    assert found is not None
    assert (found.records, found.level) == ((line.id,), Level.WARNING)
    assert found.said.values["left"] == Money(990_00, "CNY")


def test_minimum_payments_that_come_to_an_end_are_no_finding() -> None:
    ends = at_the_minimum(minimum_percent=Decimal(10), minimum_floor=50)
    assert found_in(book_with(ends, bought(amount=1_000_00)), "minimum_never_pays_off") is None
    in_full = at_the_minimum(minimum_percent=Decimal(1)).changed(pays_minimum=False)
    assert found_in(book_with(in_full, bought()), "minimum_never_pays_off") is None
    unused = at_the_minimum(minimum_percent=Decimal(1))
    assert found_in(book_with(unused), "minimum_never_pays_off") is None


def test_a_credit_that_no_bill_uses_up_is_to_be_asked_for() -> None:
    line = card(cash_advance_rate_percent=Decimal(0), credit_balance=5_000)
    found = found_in(book_with(line, bought(amount=2_000)), "credit_left")
    assert found is not None
    assert (found.records, found.level) == ((line.id,), Level.NOTE)
    assert found.said.values["left"] == Money(3_000, "CNY")
    assert found_in(book_with(line, bought(amount=5_000)), "credit_left") is None
