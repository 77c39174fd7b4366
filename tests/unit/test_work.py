"""Work: whether an answer is still wanted, known wherever it is worked out."""

from threading import Event, Thread

import pytest

from backstop.plan import answer
from backstop.plan.offers.rules import offers_for
from backstop.plan.side_by_side import as_ready, side_by_side
from backstop.services.samples import load_sample
from backstop.work import UNDISTURBED, Cancelled, Work, current_work, working

LEFT = 20


def test_by_default_nothing_is_stopped_and_nobody_is_told() -> None:
    assert current_work() is UNDISTURBED
    current_work().check()
    current_work().progress(1, 2)
    assert not current_work().stopped


def test_what_is_called_within_belongs_to_the_work_and_nothing_after_it() -> None:
    work = Work(lambda: True)
    with working(work):
        assert current_work() is work
        with pytest.raises(Cancelled):
            current_work().check()
        with working(Work()):
            current_work().check()
        assert current_work() is work
    assert current_work() is UNDISTURBED


def test_a_search_asks_before_each_offer_whether_it_is_still_wanted() -> None:
    """Gathering them takes longer than the solver, which asks by itself."""
    answers = answer(load_sample("contractor"))
    loss = max(answers.losses, key=lambda each: each.outcome.largest_gap)
    situation = answers.situation(loss)
    asked = 0

    def soon() -> bool:
        nonlocal asked
        asked += 1
        return asked > LEFT

    with pytest.raises(Cancelled), working(Work(soon)):
        offers_for(situation)
    assert asked == LEFT + 1
    assert len(offers_for(situation)) > LEFT


def test_a_failure_ends_the_work() -> None:
    with pytest.raises(ValueError, match="broken"), working(Work(lambda: True)):
        raise ValueError("broken")
    assert current_work() is UNDISTURBED


def test_another_thread_has_work_of_its_own() -> None:
    seen: list[Work] = []
    with working(Work(lambda: True)):
        thread = Thread(target=lambda: seen.append(current_work()))
        thread.start()
        thread.join()
    assert seen == [UNDISTURBED]


def test_jobs_side_by_side_are_part_of_their_caller_s_work() -> None:
    def job(_: int) -> bool:
        return current_work().stopped

    with working(Work(lambda: True)):
        assert list(side_by_side(job, range(3), threads=2)) == [True] * 3
    assert list(side_by_side(job, range(3), threads=2)) == [False] * 3


def test_what_is_ready_first_is_given_back_first_where_no_order_is_wanted() -> None:
    quick_done = Event()

    def job(number: int) -> int:
        if number == 0:
            assert quick_done.wait(10)
        return number

    found = []
    for each in as_ready(job, range(3), threads=2):
        found.append(each)
        quick_done.set()
    assert found[0] == 1
    assert sorted(found) == [0, 1, 2]
    assert list(side_by_side(job, range(3), threads=2)) == [0, 1, 2]


def test_what_one_of_several_jobs_raises_ends_the_others() -> None:
    def job(number: int) -> int:
        if number == 1:
            raise ValueError("broken")
        while True:
            current_work().check()

    with pytest.raises(ValueError, match="broken"):
        list(as_ready(job, range(3), threads=2))
