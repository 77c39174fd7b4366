"""What is kept of the steps of a plan means the same actions again."""

import pytest

import solved
from backstop.plan import Action
from backstop.plan.life.steps import action_of, option_of, steps_of


def what(action: Action) -> tuple[str, ...]:
    return (action.kind, action.source, action.payment, str(action.periods))


@pytest.mark.parametrize("sample", ["contractor", "household", "trading", "wholesaler"])
def test_a_kept_step_means_the_action_it_was_made_from(sample: str) -> None:
    answers = solved.sample(sample)
    hurting = [each for each in answers.losses if each.outcome.hurts][:3]
    for loss in hurting:
        plan = solved.planned(answers.book, loss.contingency.id)
        again = [action_of(answers.book, each) for each in steps_of(answers.book, plan)]
        kept = [(*what(a), a.day, a.amount) for a in again if a is not None]
        wanted = [
            (*what(a), day, a.amount // a.times)
            for a in plan.actions
            for day in (a.days if a.times > 1 else (a.day,))
        ]
        assert sorted(kept) == sorted(wanted)
        assert all(len(str(option_of(each))) <= 200 for each in plan.actions)
