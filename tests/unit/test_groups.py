"""Groups found in a book: what its lines and accounts have in common."""

from datetime import date

from backstop.contingency import Basis, groups
from backstop.domain import Account, Book, Facility, FacilityKind, LinkGroup


def line(name: str, kind: FacilityKind, **facts: object) -> Facility:
    return Facility(id=name, name=name, kind=kind).changed(**facts)


def found(*lines: Facility, **facts: object) -> list[tuple[Basis, str, tuple[str, ...]]]:
    book = Book(title="x", as_of=date(2026, 1, 5), facilities=lines).changed(**facts)
    return [(each.basis, each.value, each.members) for each in groups(book)]


LOAN, CARD = FacilityKind.BANK_LINE, FacilityKind.CREDIT_CARD


def test_lines_of_one_lender_are_a_group_whatever_blanks_stand_around_its_name() -> None:
    lines = line("a", LOAN, lender="Bank"), line("b", CARD, lender=" Bank ")
    assert found(*lines) == [(Basis.LENDER, "Bank", ("a", "b"))]


def test_of_groups_with_the_same_members_the_first_is_kept() -> None:
    lines = line("a", LOAN, lender="Bank", holder="Li"), line("b", CARD, lender="Bank", holder="Li")
    assert found(*lines) == [(Basis.LENDER, "Bank", ("a", "b"))]


def test_one_line_that_fails_when_all_do_is_no_group_and_two_are() -> None:
    first, second = line("a", LOAN, systemic=True), line("b", CARD)
    assert found(first, second) == []
    assert found(first, second.changed(systemic=True)) == [(Basis.SYSTEMIC, "", ("a", "b"))]


def test_cash_held_at_one_platform_is_a_group_of_its_own_and_a_single_line_is_not() -> None:
    purse = Account(id="purse", name="Purse", platform="Pay")
    assert found(line("a", LOAN, platform="Other"), accounts=(purse,)) == [
        (Basis.PLATFORM, "Pay", ("purse",))
    ]


def test_a_member_that_is_linked_twice_is_lost_once() -> None:
    twice = LinkGroup(id="g", name="g", members=("b", "a", "b"))
    lines = line("a", LOAN), line("b", CARD)
    assert found(*lines, link_groups=(twice,)) == [(Basis.LINK, "g", ("b", "a"))]
