"""The solver's program: what is asked of it, and how it is told to stop."""

import random
from collections.abc import Iterator
from threading import Event

import highspy
import pytest

from backstop.plan.solver.program import Infeasible, Program
from backstop.work import Cancelled, Work, working


def chosen() -> tuple[Program, int, int]:
    """Two whole choices of 3 and 2, of which at least 4 are needed; the first is the dearer."""
    program = Program()
    dear, cheap = program.variable(0, 9, integer=True), program.variable(0, 9, integer=True)
    program.row(4, {dear: 3, cheap: 2})
    return program, dear, cheap


@pytest.fixture
def deaf(monkeypatch: pytest.MonkeyPatch) -> Iterator[Event]:
    """A solver that never looks up until it is let go."""
    let_go = Event()
    monkeypatch.setattr(highspy.Highs, "run", lambda _: let_go.wait(60))
    yield let_go
    let_go.set()


def test_the_least_objective_is_found_in_whole_numbers_and_in_part() -> None:
    program, dear, cheap = chosen()
    whole = program.minimise({dear: 10, cheap: 7})
    assert (whole[dear], whole[cheap]) == (0, 2)
    in_part = program.minimise({dear: 10, cheap: 7}, relaxed=True)
    assert in_part[dear] == pytest.approx(4 / 3)
    again = program.minimise({dear: 10, cheap: 7})
    assert (again[dear], again[cheap]) == (0, 2), "whole again after a look in part"


def test_what_no_values_satisfy_is_said() -> None:
    program, dear, cheap = chosen()
    program.row(100, {dear: 1, cheap: 1})
    with pytest.raises(Infeasible):
        program.minimise({dear: 1})


def test_stopping_does_not_wait_for_a_solver_that_does_not_look_up(deaf: Event) -> None:
    asked = [0]

    def cancelled() -> bool:
        asked[0] += 1
        return asked[0] > 3

    with working(Work(cancelled)):
        program, dear, _ = chosen()
    with pytest.raises(Cancelled):
        program.minimise({dear: 1})
    assert not deaf.is_set(), "it is still searching"


def test_a_failure_of_the_solver_is_raised_where_the_answer_is_wanted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def broken(_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(highspy.Highs, "run", broken)
    program, dear, _ = chosen()
    with pytest.raises(ZeroDivisionError):
        program.minimise({dear: 1})


def test_a_search_begins_at_the_values_given_if_they_are_possible() -> None:
    """Sums that are hard to meet: in one node they are found only by who begins there."""
    draws = random.Random(1)
    rows = [[draws.randrange(100) for _ in range(20)] for _ in range(3)]
    known = [draws.randrange(2) for _ in range(20)]

    def split() -> Program:
        program = Program(nodes=1)
        variables = [program.variable(0, 1, integer=True) for _ in known]
        for row in rows:
            total = sum(each * taken for each, taken in zip(row, known, strict=True))
            program.row(total, dict(zip(variables, map(float, row), strict=True)), total)
        return program

    with pytest.raises(Infeasible):
        split().minimise({})
    begun = split()
    begun.begin_at(dict(enumerate(map(float, known))))
    assert begun.minimise({}).round().tolist() == known


def test_a_search_that_cannot_begin_at_the_values_given_finds_the_best_all_the_same() -> None:
    program, dear, cheap = chosen()
    program.begin_at({dear: 0, cheap: 1})
    values = program.minimise({dear: 10, cheap: 7})
    assert (values[dear], values[cheap]) == (0, 2)
