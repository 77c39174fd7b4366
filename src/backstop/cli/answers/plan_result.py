"""A plan as a result."""

from backstop.cli.answers.outcomes import date_or_none, figures_out, missed_out, verdict_out
from backstop.cli.results.plan import (
    ActionOut,
    AskOut,
    LineCureOut,
    NextBestOut,
    PlanOut,
    RepaymentOut,
    ShortageOut,
    WorthOut,
)
from backstop.domain import Book
from backstop.plan import Action, Answers, Ask, Plan, Shortage
from backstop.telling import Narrator, Words, date_of
from backstop.telling.asking import ask_spares, ask_terms, ask_text
from backstop.telling.remaining import by_date, remaining
from backstop.telling.sentences import action_text, cautions, loss_verdict


def _next_best_out(plan: Plan, action: Action, words: Words) -> NextBestOut | None:
    for each in plan.explanation.next_best if plan.explanation else ():
        if each.source == action.source:
            said = words.tell(each.sentence)
            return NextBestOut(each.steps, each.cost_more, each.missed_more, said)
    return None


def action_out(book: Book, plan: Plan, action: Action, words: Words) -> ActionOut:
    """One action of a plan, with its sentences."""
    narrator = Narrator(book, words)
    return ActionOut(
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
        repays=action.repays,
        repayments=[RepaymentOut(date_of(book, r.day), r.amount) for r in action.repayments],
        pinned=action.pinned,
        next_best=_next_best_out(plan, action, words),
    )


def ask_out(plan: Plan, ask: Ask, narrator: Narrator) -> AskOut:
    """One thing to ask for, with its sentences."""
    return AskOut(
        kind=ask.kind,
        about=ask.measure.target,
        by=narrator.date_of(ask.by),
        date=narrator.date_of(ask.day),
        amount=ask.amount,
        chance_percent=ask.measure.chance_percent,
        text=ask_text(ask, narrator),
        terms=ask_terms(ask, narrator),
        if_granted=ask_spares(ask, plan, narrator),
        spared=list(ask.spared),
        paid=ask.paid,
        contact=ask.measure.contact,
    )


def _shortage_out(book: Book, short: Shortage | None) -> ShortageOut | None:
    if short is None:
        return None
    return ShortageOut(
        income_lost=short.income_lost,
        cash=short.cash,
        cash_by=date_of(book, short.cash_day),
        lines=[LineCureOut(each.lead_days, each.limit) for each in short.lines],
    )


def plan_out(answers: Answers, plan: Plan, words: Words) -> PlanOut:
    """A plan, what it does, and what it leaves."""
    book, contingency = answers.book, plan.contingency
    loss = answers.loss(contingency.id).with_plan(plan)
    why = plan.explanation
    return PlanOut(
        id=contingency.id,
        name=loss.name,
        targets=list(contingency.targets),
        lost_on=date_of(book, contingency.loss_day),
        verdict=verdict_out(loss_verdict(answers, loss, Narrator(answers.book, words), dated=True)),
        proved=plan.certain,
        cost=plan.cost,
        new_debt=plan.new_debt,
        peak_debt_service=plan.peak_debt_service,
        before=figures_out(book, plan.before),
        after=figures_out(book, plan.after),
        actions=[action_out(book, plan, each, words) for each in plan.actions],
        gap_before=plan.before.largest_gap,
        gap_after=plan.after.largest_gap,
        missed_before=missed_out(book, plan.before.bounced),
        missed_after=missed_out(book, by_date(plan)),
        remains=words.joined(remaining(plan, Narrator(book, words))),
        more=words.tell(plan.more) if plan.more else None,
        notes=[words.tell(each) for each in plan.notes],
        asks=[ask_out(plan, each, Narrator(book, words)) for each in plan.asks],
        begin=[words.tell(each) for each in plan.begin],
        unmet=[words.tell(each) for each in plan.unmet],
        tightest=date_or_none(book, why.tightest) if why else None,
        worth=[
            WorthOut(each.source, each.share, words.tell(each.sentence))
            for each in (why.worth if why else ())
        ],
        shortage=_shortage_out(book, plan.shortage),
        unarranged=list(plan.unarranged),
        otherwise=None if plan.otherwise is None else plan_out(answers, plan.otherwise, words),
    )
