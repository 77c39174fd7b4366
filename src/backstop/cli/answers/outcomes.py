"""What a loss does, as parts of results."""

from collections.abc import Iterable
from datetime import date

from backstop.cli.results.base import Said
from backstop.cli.results.check import FindingOut
from backstop.cli.results.outcomes import (
    CureOut,
    FiguresOut,
    LossOut,
    Missed,
    ShortfallOut,
    WithPlanOut,
)
from backstop.cli.results.project import Payment
from backstop.contingency import Bounced, Obligation, Outcome
from backstop.domain import Book
from backstop.plan import Cure, Loss, Plan
from backstop.services.checks import Finding
from backstop.telling import Words, date_of
from backstop.telling.sentences import Verdict


def verdict_out(verdict: Verdict) -> Said:
    """A verdict in words."""
    return Said(verdict.headline, verdict.detail, verdict.severity)


def finding_out(finding: Finding, words: Words) -> FindingOut:
    """What looks wrong in a book, with its sentence."""
    return FindingOut(finding.check, finding.level, words.tell(finding.said), list(finding.records))


def date_or_none(book: Book, offset: int | None) -> date | None:
    """The date of a day (an offset from the as-of day); none stays none."""
    return None if offset is None else date_of(book, offset)


def payment_out(book: Book, each: Obligation) -> Payment:
    """One obligation, in minor units."""
    return Payment(
        date=date_of(book, each.day),
        name=each.name,
        kind=each.kind,
        record=each.record,
        priority=int(each.priority),
        amount=each.amount,
        overdue=each.overdue,
    )


def missed_out(book: Book, bounced: Iterable[Bounced]) -> list[Missed]:
    """What is not paid of each obligation, in minor units."""
    return [
        Missed(
            date=date_of(book, each.day),
            name=each.obligation.name,
            kind=each.obligation.kind,
            record=each.obligation.record,
            priority=int(each.priority),
            due=each.obligation.amount,
            missed=each.missed,
            not_bought=date_or_none(book, each.obligation.bought),
        )
        for each in bounced
    ]


def cure_out(book: Book, cure: Cure | None) -> CureOut | None:
    """How far the loss can be cured; none where that was not worked out."""
    if cure is None:
        return None
    return CureOut(cure.complete, cure.missed, date_or_none(book, cure.deadline), cure.at_least)


def figures_out(book: Book, outcome: Outcome) -> FiguresOut:
    """What the loss does to cash, in minor units and days."""
    return FiguresOut(
        survival_days=outcome.survival_days,
        first_shortfall=date_or_none(book, outcome.first_shortfall),
        largest_gap=outcome.largest_gap,
        largest_gap_date=date_or_none(book, outcome.largest_gap_day),
        shortfall_days=outcome.shortfall_days,
        days_short=outcome.days_short,
        first_below_minimum=date_or_none(book, outcome.first_below_buffer),
        days_below_minimum=outcome.days_below_buffer,
        buffer_days=outcome.buffer_days,
        lowest=outcome.lowest_cash,
        lowest_date=date_of(book, outcome.lowest_day),
        missed_count=len(outcome.bounced),
        missed_by_class=outcome.missed,
        income_lost=outcome.income_lost,
    )


def _with_plan_out(book: Book, plan: Plan | None) -> WithPlanOut | None:
    if plan is None:
        return None
    return WithPlanOut(
        figures=figures_out(book, plan.after),
        proved=plan.certain,
        cost=plan.cost,
        actions=len(plan.actions),
        new_debt=plan.new_debt,
        peak_debt_service=plan.peak_debt_service,
    )


def _shortfall_out(book: Book, outcome: Outcome) -> ShortfallOut | None:
    short = outcome.shortfall
    if short is None:
        return None
    return ShortfallOut(
        first_date=date_of(book, short.day),
        amount=short.amount,
        most=short.most,
        worst_date=date_of(book, short.worst_day),
    )


def loss_out(book: Book, rank: int, loss: Loss) -> LossOut:
    """One loss with its rank, its figures and its cure."""
    contingency, outcome = loss.contingency, loss.outcome
    return LossOut(
        rank=rank,
        id=contingency.id,
        name=loss.name,
        kind=contingency.kind,
        targets=list(contingency.targets),
        lost_on=date_of(book, contingency.loss_day),
        severity=loss.severity,
        survivable=loss.survivable,
        first_shortfall=date_or_none(book, outcome.first_shortfall),
        largest_gap=outcome.largest_gap,
        largest_gap_date=date_or_none(book, outcome.largest_gap_day),
        days_short=outcome.days_short,
        shortfall_days=outcome.shortfall_days,
        first_below_minimum=date_or_none(book, outcome.first_below_buffer),
        days_below_minimum=outcome.days_below_buffer,
        lowest=outcome.lowest_cash,
        lowest_date=date_of(book, outcome.lowest_day),
        missed=missed_out(book, outcome.bounced),
        cure=cure_out(book, loss.cure),
        figures=figures_out(book, outcome),
        reserve_needed=outcome.reserve_needed,
        with_plan=_with_plan_out(book, loss.plan),
        expense=contingency.expense,
        shortfall=_shortfall_out(book, outcome),
        added=missed_out(book, outcome.added),
        left=loss.left,
        at_most=loss.at_most,
    )
