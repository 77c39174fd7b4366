"""Engine values to result values."""

from collections.abc import Iterable
from datetime import date

from backstop.cli import results as out
from backstop.contingency import Bounced, Obligation, Outcome
from backstop.domain import Book
from backstop.plan import Action, Answers, Cure, Loss, Plan, Shortage
from backstop.services.checks import Finding
from backstop.telling import Narrator, Words, date_of
from backstop.telling.sentences import Verdict, action_text, cautions, loss_verdict


def said(verdict: Verdict) -> out.Said:
    return out.Said(verdict.headline, verdict.detail, verdict.severity)


def finding_out(finding: Finding, words: Words) -> out.FindingOut:
    return out.FindingOut(
        finding.check, finding.level, words.tell(finding.said), list(finding.records)
    )


def _maybe(book: Book, offset: int | None) -> date | None:
    return None if offset is None else date_of(book, offset)


def payment_out(book: Book, each: Obligation) -> out.Payment:
    return out.Payment(
        date=date_of(book, each.day),
        name=each.name,
        kind=each.kind,
        record=each.record,
        priority=int(each.priority),
        amount=each.amount,
        overdue=each.overdue,
    )


def missed_out(book: Book, bounced: Iterable[Bounced]) -> list[out.Missed]:
    return [
        out.Missed(
            date=date_of(book, each.day),
            name=each.obligation.name,
            kind=each.obligation.kind,
            record=each.obligation.record,
            priority=int(each.priority),
            due=each.obligation.amount,
            missed=each.missed,
        )
        for each in bounced
    ]


def cure_out(book: Book, cure: Cure | None) -> out.CureOut | None:
    if cure is None:
        return None
    return out.CureOut(cure.complete, cure.missed, _maybe(book, cure.deadline))


def figures_out(book: Book, outcome: Outcome) -> out.FiguresOut:
    return out.FiguresOut(
        survival_days=outcome.survival_days,
        first_shortfall=_maybe(book, outcome.first_shortfall),
        largest_gap=outcome.largest_gap,
        largest_gap_date=_maybe(book, outcome.largest_gap_day),
        shortfall_days=outcome.shortfall_days,
        days_short=outcome.days_short,
        first_below_minimum=_maybe(book, outcome.first_below_buffer),
        days_below_minimum=outcome.days_below_buffer,
        buffer_days=outcome.buffer_days,
        lowest=outcome.lowest_cash,
        lowest_date=date_of(book, outcome.lowest_day),
        missed_count=len(outcome.bounced),
        missed_by_class=outcome.missed,
        income_lost=outcome.income_lost,
    )


def _with_plan_out(book: Book, plan: Plan | None) -> out.WithPlanOut | None:
    if plan is None:
        return None
    return out.WithPlanOut(
        figures=figures_out(book, plan.after),
        proved=plan.proved,
        cost=plan.cost,
        actions=len(plan.actions),
        new_debt=plan.new_debt,
        peak_debt_service=plan.peak_debt_service,
    )


def loss_out(book: Book, rank: int, loss: Loss) -> out.LossOut:
    contingency, outcome = loss.contingency, loss.outcome
    return out.LossOut(
        rank=rank,
        id=contingency.id,
        name=loss.name,
        kind=contingency.kind,
        targets=list(contingency.targets),
        lost_on=date_of(book, contingency.loss_day),
        severity=loss.severity,
        survivable=loss.survivable,
        first_shortfall=_maybe(book, outcome.first_shortfall),
        largest_gap=outcome.largest_gap,
        largest_gap_date=_maybe(book, outcome.largest_gap_day),
        days_short=outcome.days_short,
        shortfall_days=outcome.shortfall_days,
        first_below_minimum=_maybe(book, outcome.first_below_buffer),
        days_below_minimum=outcome.days_below_buffer,
        lowest=outcome.lowest_cash,
        lowest_date=date_of(book, outcome.lowest_day),
        missed=missed_out(book, outcome.bounced),
        cure=cure_out(book, loss.cure),
        figures=figures_out(book, outcome),
        reserve_needed=outcome.reserve_needed,
        with_plan=_with_plan_out(book, loss.plan),
    )


def _next_best_out(plan: Plan, action: Action, words: Words) -> out.NextBestOut | None:
    for each in plan.explanation.next_best if plan.explanation else ():
        if each.source == action.source:
            said = words.tell(each.sentence)
            return out.NextBestOut(each.steps, each.cost_more, each.missed_more, said)
    return None


def action_out(book: Book, plan: Plan, action: Action, words: Words) -> out.ActionOut:
    narrator = Narrator(book, words)
    return out.ActionOut(
        kind=action.kind,
        source=action.source,
        name=action.name,
        start=date_of(book, action.start_day),
        date=date_of(book, action.day),
        amount=action.amount,
        cost=action.cost,
        phase=action.phase,
        contact=action.contact,
        payment=action.payment,
        text=action_text(action, narrator),
        because=words.tell(action.because) if action.because else "",
        cautions=cautions(action, narrator),
        repayments=[out.RepaymentOut(date_of(book, r.day), r.amount) for r in action.repayments],
        pinned=action.pinned,
        next_best=_next_best_out(plan, action, words),
    )


def _shortage_out(book: Book, short: Shortage | None) -> out.ShortageOut | None:
    if short is None:
        return None
    return out.ShortageOut(
        income_lost=short.income_lost,
        cash=short.cash,
        cash_by=date_of(book, short.cash_day),
        lines=[out.LineCureOut(each.lead_days, each.limit) for each in short.lines],
    )


def plan_out(answers: Answers, plan: Plan, words: Words) -> out.PlanOut:
    book, contingency = answers.book, plan.contingency
    loss = answers.loss(contingency.id)
    why = plan.explanation
    return out.PlanOut(
        id=contingency.id,
        name=loss.name,
        targets=list(contingency.targets),
        lost_on=date_of(book, contingency.loss_day),
        verdict=said(loss_verdict(answers, loss, Narrator(answers.book, words), dated=True)),
        proved=plan.proved,
        cost=plan.cost,
        new_debt=plan.new_debt,
        peak_debt_service=plan.peak_debt_service,
        before=figures_out(book, plan.before),
        after=figures_out(book, plan.after),
        actions=[action_out(book, plan, each, words) for each in plan.actions],
        gap_before=plan.before.largest_gap,
        gap_after=plan.after.largest_gap,
        missed_before=missed_out(book, plan.before.bounced),
        missed_after=missed_out(book, plan.shortage.order if plan.shortage else plan.missed),
        remains=words.tell(plan.remains),
        more=words.tell(plan.more) if plan.more else None,
        unmet=[words.tell(each) for each in plan.unmet],
        tightest=_maybe(book, why.tightest) if why else None,
        worth=[
            out.WorthOut(each.source, each.share, words.tell(each.sentence))
            for each in (why.worth if why else ())
        ],
        shortage=_shortage_out(book, plan.shortage),
    )
