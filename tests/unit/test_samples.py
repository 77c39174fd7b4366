"""The sample books: whole, lived-in, and each with the three kinds of loss that teach the job."""

from datetime import date, timedelta
from functools import cache

import pytest

from backstop.checks.readiness import findings
from backstop.domain import (
    AccountRole,
    Book,
    Direction,
    Priority,
    Repeat,
)
from backstop.projection import project
from backstop.resources import resource
from backstop.store import book_from_json, book_to_json

CHINESE = ("contractor", "household", "trading", "wholesaler")
ENGLISH = ("contractor-us", "household-us", "online-shop-us", "wholesaler-us")
NAMES = tuple(sorted(CHINESE + ENGLISH))
AS_OF = date(2026, 11, 21)
THREE_MONTHS = timedelta(days=92)

every_sample = pytest.mark.parametrize("name", NAMES)


@cache
def book_of(name: str) -> Book:
    return book_from_json(resource("samples", f"{name}.json").read_bytes())


def test_four_samples_in_each_language_are_what_ships() -> None:
    assert tuple(sorted(path.stem for path in resource("samples").glob("*.json"))) == NAMES


@every_sample
def test_is_written_exactly_as_an_export_writes_it(name: str) -> None:
    assert book_to_json(book_of(name)) == resource("samples", f"{name}.json").read_bytes()


@every_sample
def test_looks_a_year_ahead_from_the_same_day_and_keeps_some_cash(name: str) -> None:
    book = book_of(name)
    assert (book.as_of, book.horizon_days) == (AS_OF, 365)
    assert book.minimum_cash > 0


@pytest.mark.parametrize("name", ENGLISH)
def test_an_english_sample_is_in_dollars_and_wholly_in_english(name: str) -> None:
    book = book_of(name)
    assert (book.currency, book.country) == ("USD", "US")
    assert book_to_json(book).isascii()


@pytest.mark.parametrize("name", CHINESE)
def test_a_chinese_sample_says_who_and_what_in_both_languages(name: str) -> None:
    book = book_of(name)
    assert (book.currency, book.country) == ("CNY", "CN")
    assert " · " in book.title
    chinese, english = book.notes.splitlines()
    assert any(not character.isascii() for character in chinese)
    assert english.isascii() or "¥" in english
    assert all(not record.name.isascii() for record in book.records())


@every_sample
def test_shows_every_kind_of_record_and_of_payment(name: str) -> None:
    book = book_of(name)
    payments = [flow for flow in book.cash_flows if flow.direction is Direction.PAYMENT]
    receipts = [flow for flow in book.cash_flows if flow.direction is Direction.RECEIPT]
    lines = {facility.id for facility in book.facilities}
    assert 6 <= len(book.accounts) + len(book.facilities) <= 12
    assert 12 <= len(book.cash_flows) <= 30
    assert book.planned_draws
    assert book.link_groups
    assert any(account.role is AccountRole.RESERVE for account in book.accounts)
    assert any(facility.tranches for facility in book.facilities)
    assert {flow.priority for flow in payments} == set(Priority)
    assert any(flow.deferrable_days for flow in payments)
    assert any(flow.cuttable_percent for flow in payments)
    assert any(flow.through in lines for flow in payments)
    assert any(flow.usual_lateness_days for flow in receipts)
    assert any(flow.haircut_percent for flow in receipts)
    assert any(flow.repeat is not Repeat.ONCE for flow in payments)


@every_sample
def test_a_purchase_line_could_pay_something_that_is_paid_in_cash(name: str) -> None:
    book = book_of(name)
    in_cash = [f for f in book.cash_flows if f.direction is Direction.PAYMENT and not f.through]
    payable = {tag for flow in in_cash for tag in flow.tags}
    tags = {tag for facility in book.facilities for tag in facility.purchase_tags}
    assert tags
    assert payable & tags


@every_sample
def test_sources_were_verified_lately_or_are_not_counted(name: str) -> None:
    for facility in book_of(name).facilities:
        verified = facility.last_verified
        assert facility.contact
        if facility.lead_days is None:
            assert verified is None
        else:
            assert verified is not None
            assert AS_OF - THREE_MONTHS <= verified <= AS_OF


@every_sample
def test_no_sample_means_to_pay_its_business_with_household_money(name: str) -> None:
    """What plans keep to, the samples' own planned draws keep to as well."""
    found = findings(project(book_of(name)))
    assert "household_draw_for_business" not in {each.check for each in found}
