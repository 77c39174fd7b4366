"""A step's action as the book file writes it: the text is part of the format."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backstop.domain import AcceptedPlan, PlanStep
from backstop.domain.step_option import StepOption, read_step_option

names = st.text("abc-0123", min_size=1, max_size=8)


@pytest.mark.parametrize(
    ("option", "text"),
    [
        (StepOption("draw", "jiebei", periods=6), "draw:jiebei::6:"),
        (StepOption("sell_asset", "van"), "sell_asset:van:::"),
        (StepOption("purchase", "card", "rent", 1, (0, 31)), "purchase:card:rent:1:0,31"),
        (StepOption("cut", "gym", gaps=(0, 7, 7, 7)), "cut:gym:::0,7*3"),
    ],
)
def test_it_is_written_as_books_have_it(option: StepOption, text: str) -> None:
    assert str(option) == text
    assert read_step_option(text) == option


@given(
    st.builds(
        StepOption,
        names,
        names,
        st.just("") | names,
        st.integers(0, 360),
        st.lists(st.integers(-40, 400), max_size=6).map(tuple),
    )
)
def test_what_is_written_is_read_again(option: StepOption) -> None:
    assert read_step_option(str(option)) == option


@pytest.mark.parametrize(
    "text", ["", "draw", "draw:a:b:c", "draw:a::x:", "draw:a:::0*x", "draw:a:::1*900000000"]
)
def test_anything_else_is_no_action(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        read_step_option(text)


def test_a_habit_of_every_workday_of_a_year_can_be_a_step_of_an_accepted_plan() -> None:
    """Holidays leave no run of equal gaps: its days are named one by one."""
    option = StepOption("cut", "coffee", gaps=(0, *(1, 1, 1, 1, 3, 1, 2, 1, 1, 4) * 26))
    step = PlanStep(day=date(2026, 12, 1), option=str(option), amount=500)
    assert len(step.option) > 200
    plan = AcceptedPlan(
        id="plan-gone",
        name="gone",
        contingency="gone",
        loss_date=date(2026, 12, 1),
        accepted_on=date(2026, 12, 1),
        inputs="known",
        steps=(step,),
    )
    assert read_step_option(plan.steps[0].option) == option
