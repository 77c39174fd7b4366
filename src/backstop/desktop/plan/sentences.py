"""What the plan page says about a plan, besides what the paper says too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from backstop.contingency import NothingLost
from backstop.telling import Narrator, Words
from backstop.telling.explaining import worth_lines
from backstop.telling.happenings import condition
from backstop.telling.not_arranged import counts_on, proof_sentence
from backstop.telling.phrases import obligation_title
from backstop.telling.remaining import owner_said
from backstop.telling.remaining import remaining as what_remains
from backstop.telling.sentences import loss_verdict, what_it_adds

if TYPE_CHECKING:
    from backstop.contingency import Bounced
    from backstop.desktop.plan.drafting import PlanDraft
    from backstop.domain import Book
    from backstop.plan import Plan


def plan_answer(draft: PlanDraft, words: Words) -> str:
    """The plan in one sentence."""
    plan = draft.plan
    narrator = Narrator(draft.answers.book, words)
    is_over = draft.answers.projection.is_over
    if draft.loss.outcome.anyway is not None or draft.loss.is_over:
        return loss_verdict(draft.answers, draft.loss, narrator).headline
    if is_over or (not draft.loss.outcome.hurts and not plan.actions):
        return loss_verdict(draft.answers, draft.loss, narrator).headline
    so = condition(draft.loss, narrator, dated=False)
    if not plan.proved:
        return words.say(
            "{condition}, no plan could be proved. Do not rely on these steps.", condition=so
        )
    unpaid = sum(each.missed for each in plan.missed)
    if not plan.actions:
        return words.say(
            "{condition}, nothing that is left can help: {unpaid} stays unpaid.",
            condition=so,
            unpaid=narrator.amount(unpaid),
        )
    values = {"condition": so, "cost": narrator.amount(plan.cost)}
    if unpaid:
        return words.count(
            len(plan.actions),
            "{condition}, one step costing {cost} helps, but {unpaid} stays unpaid.",
            "{condition}, {n} steps costing {cost} help, but {unpaid} stays unpaid.",
            **values,
            unpaid=narrator.amount(unpaid),
        )
    return words.count(
        len(plan.actions),
        "{condition}, one step costing {cost} keeps every payment.",
        "{condition}, {n} steps costing {cost} keep every payment.",
        **values,
    )


def paper_title(draft: PlanDraft, words: Words) -> str:
    """What the pages of a plan are called, where nothing is lost too."""
    if draft.loss.contingency.identity == NothingLost():
        return words.say("Plan though no line is lost")
    return words.say("Plan for losing {line}", line=draft.loss.name)


def beyond_anyway(draft: PlanDraft, words: Words) -> str:
    """Where something falls short though nothing is lost, what the loss adds to it; what falls
    short without what is really gone; what the plan counts on that nobody has granted."""
    if draft.answers.projection.is_over:
        return ""
    narrator = Narrator(draft.answers.book, words)
    if draft.loss.is_over:
        return loss_verdict(draft.answers, draft.loss, narrator).detail
    if draft.loss.outcome.anyway is None:
        return counts_on(draft.plan, narrator)
    steps = words.say("The steps are for all of it.") if draft.plan.actions else ""
    return words.joined([what_it_adds(draft.loss, narrator), steps])


def proof(book: Book, plan: Plan, words: Words) -> str:
    """Whether the plan was proved by replaying it."""
    if plan.unarranged and plan.proved:
        return "▲ " + proof_sentence(plan, Narrator(book, words))
    if plan.proved:
        return "✓ " + words.say("proved by replay")
    return "■ " + words.say("not proved: the replay falls short of it")


def figures(book: Book, plan: Plan, words: Words) -> str:
    """New debt and its end, in a few words."""
    narrator = Narrator(book, words)
    parts = [words.say("cost {cost}", cost=narrator.amount(plan.cost))]
    if plan.new_debt:
        parts.append(words.say("new debt {debt}", debt=narrator.amount(plan.new_debt)))
    last = max((each.last_repayment_day or 0 for each in plan.actions), default=0)
    if last:
        parts.append(words.say("paid back by {day}", day=narrator.brief_day(last)))
    return " · ".join(parts)


def remains(book: Book, plan: Plan, words: Words) -> str:
    """What the plan leaves open, and what would cure it; a line each."""
    return "\n".join(what_remains(plan, Narrator(book, words)))


def missed_title(book: Book, plan: Plan, each: Bounced, words: Words) -> str:
    """A payment to miss, and what the owner once said of it."""
    narrator = Narrator(book, words)

    title = obligation_title(each.obligation, narrator)
    said = owner_said(plan, each, narrator)
    return f"{title} · {said}" if said else title


def worth(book: Book, plan: Plan, words: Words) -> str:
    """The tightest day, and what more of each limit would be worth; a line each."""
    return "\n".join(worth_lines(plan.explanation, Narrator(book, words)))


def no_steps(draft: PlanDraft, words: Words) -> str:
    """Why a plan has no steps."""
    if draft.answers.projection.is_over:
        return words.tell(draft.plan.remains)
    if draft.loss.outcome.hurts:
        return words.say("Nothing that is left in this book would help.")
    return words.say("No step is needed.")
