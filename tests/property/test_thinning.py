"""Thinning, under any clock: what is kept reaches back evenly, and good ones are never lost."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backstop.services.thinning import Dated, doomed

NOW = datetime(2026, 6, 15, 12, tzinfo=UTC)
backups = st.lists(
    st.builds(
        Dated,
        st.integers(0, 3 * 365 * 24 * 60).map(lambda minutes: NOW - timedelta(minutes=minutes)),
        st.sampled_from((0, 3, 7)),
    ),
    unique_by=lambda each: each.at,
    max_size=60,
)


def always(_: Dated) -> bool:
    return True


def left(found: list[Dated], now: datetime, good: Callable[[Dated], bool]) -> list[Dated]:
    gone = set(doomed(found, now, good))
    return [each for each in found if each not in gone]


@given(backups)
def test_the_newest_full_one_stays_and_every_month_keeps_one(found: list[Dated]) -> None:
    kept = left(found, NOW, always)
    for records in (True, False):
        before = [each for each in found if bool(each.records) is records]
        after = [each for each in kept if bool(each.records) is records]
        assert max(before, key=lambda b: b.at, default=None) == max(
            after, key=lambda b: b.at, default=None
        )
        assert {f"{b.at:%Y-%m}" for b in before} == {f"{b.at:%Y-%m}" for b in after}


@given(backups)
def test_every_hour_day_and_week_of_its_reach_keeps_one(found: list[Dated]) -> None:
    kept = left(found, NOW, always)
    reach = ((1, "%c"), (3, "%F %H"), (31, "%F"), (180, "%G-%V"))
    for days, pattern in reach:
        recent = [b for b in found if NOW - b.at < timedelta(days=days)]
        assert {b.at.strftime(pattern) for b in recent} <= {b.at.strftime(pattern) for b in kept}


@given(backups, st.sets(st.integers(0, 59)))
def test_a_damaged_one_never_stands_for_a_good_one(found: list[Dated], bad: set[int]) -> None:
    damaged = {each for place, each in enumerate(found) if place in bad}

    def good(each: Dated) -> bool:
        return each not in damaged

    gone = doomed(found, NOW, good)
    for each in gone:
        if good(each):
            newer = [b for b in found if b.at > each.at and good(b) and b not in gone]
            assert any(bool(b.records) == bool(each.records) for b in newer)


@given(backups)
def test_nothing_goes_where_everything_is_damaged(found: list[Dated]) -> None:
    assert doomed(found, NOW, lambda _: False) == []


def test_of_each_hour_day_week_and_month_past_its_reach_the_newest_alone_stays() -> None:
    """One backup each half hour of 400 days: all of the last day, then one a span, to the last."""
    found = [Dated(NOW - timedelta(minutes=30 * n), 1) for n in range(400 * 48)]
    kept = set(left(found, NOW, always))
    assert kept >= set(found[:48])
    reaches = ((1, 3, "%F %H"), (3, 31, "%F"), (31, 182, "%Y-%m %G-%V"), (182, 400, "%Y-%m"))
    for youngest, oldest, span in reaches:
        past = found[youngest * 48 : oldest * 48]  # the newest first
        newest = {each.at.strftime(span): each for each in reversed(past)}
        assert kept & set(past) == set(newest.values())


@pytest.mark.parametrize("hours", [1, 5, 24, 60])
def test_thinned_again_and_again_it_stays_small_and_reaches_back(hours: int) -> None:
    """500 backups so many hours apart: no more stay than the spans that there are."""
    made = [Dated(NOW + n * timedelta(hours=hours), 1) for n in range(500)]
    kept: list[Dated] = []
    for each in made:
        kept = left([*kept, each], each.at, always)
        assert each in kept
    months = {f"{each.at:%Y-%m}" for each in made}
    assert months == {f"{each.at:%Y-%m}" for each in kept}
    assert len(kept) <= 24 + 48 + 31 + 34 + len(months)
