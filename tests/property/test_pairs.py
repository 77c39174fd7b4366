"""All pairs at once equal each pair asked alone; groups are what shares something."""

from collections import defaultdict
from dataclasses import replace

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

import strategies
from backstop.contingency import (
    Basis,
    all_closures,
    found_closures,
    groups,
    low_under,
    pairs,
    single_closures,
    title_of,
)
from backstop.domain import Book, LossMode
from backstop.projection import project
from backstop.telling import words_for
from naive import beyond, naive_lows


@given(strategies.moving_books(most_accounts=3), st.none() | st.sampled_from(LossMode))
def test_each_pair_is_the_loss_of_both(book: Book, mode: LossMode | None) -> None:
    """Of single lines and of groups, which may share members or freeze cash of one pool."""
    projection = project(book)
    closures = [replace(each, mode=mode) for each in all_closures(book)]
    base = naive_lows(book)
    found = pairs(projection, closures)
    assert len(found) == len(closures) * (len(closures) - 1) // 2
    for number in range(len(found)):
        low = np.array(beyond(naive_lows(book, found.contingency(number)), base))
        assert found.gap[number] == max(0, -low.min())
        if found.gap[number]:
            assert found.gap_day[number] == low.argmin()
            assert found.shortfall_day[number] == (low < 0).argmax()
        else:
            assert found.shortfall_day[number] == -1


@given(strategies.moving_books())
def test_pairs_are_ranked_by_their_gap_and_say_what_the_second_loss_adds(book: Book) -> None:
    projection = project(book)
    singles = single_closures(book)
    found = pairs(projection, singles)
    worst = found.worst(3)
    assert [int(found.gap[each]) for each in worst] == sorted(found.gap[found.gap > 0])[:-4:-1]
    lows = low_under(projection, singles).tolist()
    alone = [max(0, -min(beyond(each, projection.spendable.tolist()))) for each in lows]
    for number in range(len(found)):
        larger = max(alone[found.first[number]], alone[found.second[number]])
        assert found.added[number] == found.gap[number] - larger


@given(strategies.moving_books())
def test_every_group_equals_a_plain_loop_without_its_members(book: Book) -> None:
    closures = found_closures(book, 2)
    for contingency, row in zip(closures, low_under(project(book), closures), strict=True):
        assert row.tolist() == naive_lows(book, contingency)


@given(strategies.moving_books())
def test_groups_are_distinct_and_have_names_in_both_languages(book: Book) -> None:
    found = groups(book)
    members = [frozenset(each.members) for each in found]
    assert len(set(members)) == len(members)
    assert len({each.id for each in found}) == len(found)
    accounts = {each.id for each in book.accounts}
    for each in found:
        alone = each.basis is Basis.CUSTOMER or set(each.members) <= accounts
        assert len(each.members) > 1 or alone
        for language in ("en", "zh_CN"):
            assert words_for(language).tell(title_of(book, each.identity))


SHARED = {
    Basis.LENDER: "lender",
    Basis.FUNDER: "upstream_funder",
    Basis.HOLDER: "holder",
    Basis.PLATFORM: "platform",
    Basis.CATEGORY: "kind",
}


@given(strategies.moving_books())
def test_whatever_shares_a_name_is_a_group_with_all_that_share_it(book: Book) -> None:
    found = groups(book)
    members = {frozenset(each.members) for each in found}
    for basis, field in SHARED.items():
        sharing: dict[str, list[str]] = defaultdict(list)
        cash = book.accounts if basis is Basis.PLATFORM else ()
        for each in (*book.facilities, *cash):
            sharing[str(getattr(each, field)).strip()].append(each.id)
        sharing.pop("", None)
        named = {each.value: list(each.members) for each in found if each.basis is basis}
        assert named.items() <= sharing.items()
        for ids in sharing.values():
            alone = len(ids) == 1 and ids[0] in {line.id for line in book.facilities}
            assert alone or frozenset(ids) in members
