"""What is said of a loss agrees with itself, on every sample and in both languages: the first miss,
the day to act by, the first step, and what remains."""

from collections import defaultdict
from collections.abc import Iterator

import pytest

import solved
from backstop.contingency import Obligation, obligations
from backstop.desktop.plan.drafting import PlanDraft
from backstop.desktop.plan.sentences import plan_answer
from backstop.plan import ActionKind, Loss, Plan
from backstop.telling import Narrator, Words, words_for
from backstop.telling.remaining import by_date, remaining, unpaid_in_brief, unpaid_rows
from backstop.telling.sentences import act_by_cell, first_cell, loss_verdict, plan_cell, worst_cell
from unit.test_samples import book_of, every_sample

EN, ZH = words_for("en"), words_for("zh_CN")
LANGUAGES = pytest.mark.parametrize("words", [EN, ZH], ids=["en", "zh_CN"])


def grave(name: str) -> Iterator[tuple[Loss, Plan]]:
    """The losses after which something cannot be paid, with their plans."""
    for loss in solved.assessed(book_of(name)).losses:
        if loss.outcome.hurts:
            assert loss.plan is not None
            yield loss, loss.plan


@every_sample
def test_the_day_to_act_by_is_the_first_step_and_never_after_the_first_miss(name: str) -> None:
    for loss, plan in grave(name):
        assert loss.cure is not None
        assert loss.outcome.shortfall is not None
        steps = [each.start_day for each in plan.actions]
        left = [each.left_on for each in plan.missed]
        purchases = [each for each in plan.missed if each.obligation.bought is not None]
        begins = min([*steps, *left]) if steps or purchases else None
        assert loss.cure.deadline == begins
        if loss.cure.deadline is not None:
            assert loss.cure.deadline <= loss.outcome.shortfall.day
        assert sum(loss.cure.missed) == sum(each.missed for each in plan.missed)
        assert loss.cure.at_least <= sum(loss.cure.missed)


@every_sample
def test_what_is_left_in_hand_is_never_below_nothing_and_what_is_short_is_one_figure(
    name: str,
) -> None:
    """Chart, tightest day and table show cash as it is once what stays unpaid is not paid."""
    for _, plan in grave(name):
        unpaid = sum(each.missed for each in plan.missed)
        assert plan.after.lowest_cash >= int(plan.after.floor.min())
        assert plan.after.low.min() >= 0
        assert plan.after.largest_gap == unpaid
        assert plan.after.first_shortfall == min((each.day for each in plan.missed), default=None)
        short = plan.after.shortfall
        assert (short.most if short else 0) == unpaid


@every_sample
def test_what_a_step_puts_off_or_spares_is_not_missed_as_well(name: str) -> None:
    for _, plan in grave(name):
        spared: dict[tuple[str, int], int] = defaultdict(int)
        for step in plan.actions:
            if step.kind in (ActionKind.DEFER, ActionKind.CUT, ActionKind.PURCHASE):
                paid = step.payment if step.kind is ActionKind.PURCHASE else step.source
                for day in step.days or (step.day,):
                    spared[paid, day] += step.amount // step.times
        for each in plan.missed:
            owed = each.obligation
            assert each.missed + spared[owed.record, each.left_on] <= owed.amount, owed.name


@every_sample
def test_nothing_graver_is_missed_while_something_lesser_is_paid_by_then(name: str) -> None:
    """What a step arranges otherwise is not paid by then. Under the loss as it becomes once
    something is overdue: what a closed line no longer pays is due in cash."""
    projection = solved.assessed(book_of(name)).projection
    for _, plan in grave(name):
        missed = {_same(each.obligation): each.missed for each in plan.missed}
        due = obligations(projection, plan.after.contingency, unmade=projection.start)
        arranged = {
            (record, day)
            for step in plan.actions
            for record in (step.source, step.payment)
            for day in step.days or (step.day,)
        }
        for each in plan.missed:
            lesser = [
                owed.amount
                for owed in due
                if owed.priority > each.priority
                and owed.day <= each.day
                and (owed.record, owed.day if owed.bought is None else owed.bought) not in arranged
                and (owed.partly_payable or _same(owed) not in missed)
                and missed.get(_same(owed), 0) < owed.amount
            ]
            assert not lesser, (plan.contingency.id, each.obligation.record)


def _same(owed: Obligation) -> tuple[object, ...]:
    return owed.record, owed.kind, owed.day, owed.bought


@LANGUAGES
@every_sample
def test_every_sentence_names_the_same_days_and_sums(name: str, words: Words) -> None:
    answers = solved.assessed(book_of(name))
    narrator = Narrator(answers.book, words)
    for loss, plan in grave(name):
        told, short = loss_verdict(answers, loss, narrator, dated=True), loss.outcome.shortfall
        assert short is not None
        assert narrator.on_day(short.day) in told.headline
        assert narrator.brief_day(short.day) in first_cell(loss, narrator)
        assert narrator.amount(-short.most) in worst_cell(loss, narrator)
        assert narrator.amount(short.amount) in told.detail
        assert narrator.amount(short.most) in told.detail
        assert loss.cure is not None
        if loss.cure.deadline is not None:
            assert narrator.on_day(loss.cure.deadline) in told.detail
            day = narrator.brief_day(loss.cure.deadline)
            assert act_by_cell(loss, narrator, dated=True) == day
        draft = PlanDraft(answers, loss, plan)
        unpaid = narrator.amount(sum(each.missed for each in plan.missed))
        if plan.missed:
            for text in (told.detail, plan_answer(draft, words), plan_cell(loss, narrator)):
                assert unpaid in text


@LANGUAGES
@every_sample
def test_what_remains_is_one_sum_of_dated_payments_with_one_cure(name: str, words: Words) -> None:
    narrator = Narrator(book_of(name), words)
    for loss, plan in grave(name):
        first, *others = remaining(plan, narrator)
        missed = by_date(plan)
        rows = unpaid_rows(plan, narrator)
        assert len(rows) == len(missed) == len(plan.missed)
        assert [each.left_on for each in missed] == sorted(each.left_on for each in plan.missed)
        assert len(unpaid_in_brief(plan, narrator, 8)) <= 8
        if not missed:
            assert not others or plan.more
            continue
        assert narrator.amount(sum(each.missed for each in missed)) in first
        assert narrator.on_day(missed[0].left_on) in first
        enough = "more in hand" if words is EN else "手头再多"
        said = [each for each in (first, *others) if enough in each]
        assert len(said) == 1, loss.name
        assert narrator.on_day(min(each.day for each in missed)) in said[0]
