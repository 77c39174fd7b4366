"""The sentences that screen, paper and command line share, so that they never disagree.

All take results (`Answers`, `Loss`, `Plan`) and the narrator of their book, and return plain text.
"""

from dataclasses import dataclass

from backstop.contingency import Outcome
from backstop.domain import Account
from backstop.plan import Answers, Loss, Severity, income_lost
from backstop.telling import Narrator
from backstop.telling.actions import (
    action_text,
    action_when,
    begins,
    cautions,
    no_actions,
    phase_heading,
    takes_effect,
)
from backstop.telling.cells import (
    MARKS,
    act_by_cell,
    bounces_cell,
    first_cell,
    gap_cell,
    loss_summary,
    plan_cell,
    severity_word,
    worst_cell,
)
from backstop.telling.consequences import (
    bounces_sentence,
    consequence,
    in_part,
    others_follow,
    survival,
)
from backstop.telling.deadlines import act_by, called_today, deadline_sentence
from backstop.telling.happenings import condition, frozen_draws, stopping_costs
from backstop.telling.lines_open import (
    ALL_PAID,
    BELOW_ZERO,
    TOO_LOW,
    UNPAID,
    LinesOpen,
    lines_open,
)
from backstop.telling.not_arranged import counts_on
from backstop.telling.phrases import dated_names, first_day
from backstop.telling.remaining import income_sentence
from backstop.telling.secure import provisional_sentence, secure_count

__all__ = [
    "MARKS",
    "Verdict",
    "act_by_cell",
    "action_text",
    "action_when",
    "base_verdict",
    "begins",
    "bounces_cell",
    "bounces_sentence",
    "buffer_sentence",
    "cautions",
    "consequence",
    "deadline_sentence",
    "first_cell",
    "gap_cell",
    "loss_summary",
    "loss_verdict",
    "no_actions",
    "own_verdict",
    "phase_heading",
    "plan_cell",
    "provisional_sentence",
    "secure_count",
    "secure_verdict",
    "severity_word",
    "survival",
    "takes_effect",
    "verdict",
    "what_it_adds",
    "worst_cell",
]


@dataclass(frozen=True)
class Verdict:
    """The answer in one sentence, its figures, and the contingency it speaks of (or empty)."""

    headline: str
    detail: str
    severity: Severity
    contingency: str = ""

    @property
    def text(self) -> str:
        """Both sentences, as one paragraph: for who listens to them."""
        return f"{self.headline} {self.detail}".strip()


def verdict(answers: Answers, narrator: Narrator, *, dated: bool = False) -> Verdict:
    """What an owner has to know first about this book.

    `dated` writes days out instead of "today": for paper.
    """
    if answers.projection.is_over:
        return _none(narrator)
    if answers.anyway is not None:
        return _short_anyway(answers, answers.anyway, narrator, dated=dated)
    if not answers.book.cash_flows:
        return _nothing_known(narrator)
    if not answers.losses:
        return Verdict(
            narrator.say("No credit line is registered, so none can be withdrawn."),
            narrator.say("Every payment is covered by own cash."),
            Severity.FINE,
        )
    worst = answers.losses[0]
    if worst.outcome.hurts:
        return loss_verdict(answers, worst, narrator, dated=dated)
    return secure_verdict(
        answers, narrator, narrator.say("Every single line can be lost without a missed payment.")
    )


def _nothing_known(narrator: Narrator) -> Verdict:
    """Of a book that tells of no payment: that all of them can be made would be no news."""
    return Verdict(
        narrator.say("Nothing is known yet of what comes in and what goes out."),
        narrator.say("Enter receipts and payments: the verdict follows."),
        Severity.CAREFUL,
    )


def base_verdict(base: Outcome, narrator: Narrator, *, dated: bool = False) -> Verdict:
    """The answer before anything is lost."""
    if base.projection.is_over:
        return _none(narrator)
    if base.hurts:
        headline = _base_headline(base, narrator, dated=dated)
        return Verdict(headline, _short_by(base, narrator), Severity.DANGER)
    return Verdict(
        narrator.say(ALL_PAID[lines_open(narrator.book)]),
        _closest_call_alone(base, narrator),
        Severity.CAREFUL if base.touches_buffer else Severity.FINE,
    )


def _short_anyway(answers: Answers, anyway: Loss, narrator: Narrator, *, dated: bool) -> Verdict:
    """What cannot be paid though nothing is lost; how far that can be cured."""
    said = base_verdict(answers.base, narrator, dated=dated)
    cured = deadline_sentence(anyway, narrator, dated=dated)
    detail = narrator.joined([said.detail, cured])
    return Verdict(said.headline, detail, said.severity, anyway.contingency.id)


def _none(narrator: Narrator) -> Verdict:
    """Of a book whose days are all past; how old it is stands beside it."""
    return Verdict(narrator.say("This book is over: there is no verdict."), "", Severity.CAREFUL)


def _base_headline(base: Outcome, narrator: Narrator, *, dated: bool) -> str:
    which = lines_open(narrator.book)
    if which is LinesOpen.NONE:
        return consequence(base, narrator, dated=dated)
    if not base.bounced:
        day = narrator.on_day(base.first_shortfall or 0)
        return narrator.say((TOO_LOW if base.floor.any() else BELOW_ZERO)[which], day=day)
    what = dated_names(first_day(base.bounced), narrator, called_today(base, dated=dated))
    return narrator.say(UNPAID[which], what=what)


def secure_verdict(answers: Answers, narrator: Narrator, headline: str) -> Verdict:
    """That no loss of these answers hurts: `headline` says which losses were asked about."""
    if answers.projection.is_over:
        return _none(narrator)
    tightest = min(answers.losses, key=lambda each: (each.outcome.margin, each.name))
    touched = any(each.outcome.touches_buffer for each in answers.losses)
    return Verdict(
        headline,
        _closest_call(tightest, narrator),
        Severity.CAREFUL if touched else Severity.FINE,
        tightest.contingency.id,
    )


def _closest_call(loss: Loss, narrator: Narrator) -> str:
    low = loss.outcome
    if low.touches_buffer:
        return narrator.say(
            "The closest call is {line}: cash would fall to {amount} on {day}, "
            "below your minimum of {buffer}.",
            line=loss.name,
            amount=narrator.amount(low.barest_cash),
            day=narrator.on_day(low.barest_day),
            buffer=narrator.amount(low.wanted_then),
        )
    return narrator.say(
        "The closest call is {line}: cash would never fall below {amount} ({day}).",
        line=loss.name,
        amount=narrator.amount(low.lowest_cash),
        day=narrator.on_day(low.lowest_day),
    )


def loss_verdict(
    answers: Answers, loss: Loss, narrator: Narrator, *, dated: bool = False
) -> Verdict:
    """The same for one loss: what it does, by how much, and until when it can be helped."""
    outcome = loss.outcome
    if outcome.projection.is_over:
        return _none(narrator)
    if loss.is_over:
        return _gone_already(answers, loss, narrator, dated=dated)
    if outcome.anyway is not None:
        return _beyond_anyway(loss, outcome.anyway, narrator, dated=dated)
    so = condition(loss, narrator, dated=dated)
    if not outcome.hurts:
        headline = narrator.say("{condition}, nothing is missed.", condition=so)
        detail = narrator.joined([_closest_call_alone(outcome, narrator), *beside(loss, narrator)])
        return Verdict(headline, detail, loss.severity, loss.contingency.id)
    headline = _cannot_be_paid(outcome, so, narrator, dated=dated)
    parts = [_short_by(outcome, narrator), deadline_sentence(loss, narrator, dated=dated)]
    detail = narrator.joined([*parts, *beside(loss, narrator)])
    return Verdict(headline, detail, Severity.DANGER, loss.contingency.id)


def _gone_already(answers: Answers, loss: Loss, narrator: Narrator, *, dated: bool) -> Verdict:
    """Of what is really gone: nothing can be added to what the projection counts without it."""
    gone = _gone(loss, narrator)
    base = base_verdict(answers.base, narrator, dated=dated)
    until = answers.anyway if loss.cure is None else loss
    cured = deadline_sentence(until, narrator, dated=dated) if until else ""
    detail = narrator.joined([base.headline, base.detail, cured])
    return Verdict(gone, detail, base.severity, loss.contingency.id)


def _gone(loss: Loss, narrator: Narrator) -> str:
    """That it is gone; of an account, until when it is frozen."""
    lost = [narrator.book.by_id[each] for each in loss.contingency.targets]
    days = [each.frozen_until for each in lost if isinstance(each, Account) and each.frozen_until]
    if len(days) < len(lost):
        return narrator.say("{line} is already gone: all figures count without it.", line=loss.name)
    return narrator.say(
        "{line} is already frozen, until {day}: all figures count with that.",
        line=loss.name,
        day=narrator.day(max(days)),
    )


def _beyond_anyway(loss: Loss, base: Outcome, narrator: Narrator, *, dated: bool) -> Verdict:
    """What falls short though nothing is lost, first; then what this loss adds to it."""
    headline = _base_headline(base, narrator, dated=dated)
    return Verdict(
        headline, what_it_adds(loss, narrator, dated=dated), Severity.DANGER, loss.contingency.id
    )


def what_it_adds(loss: Loss, narrator: Narrator, *, dated: bool = False) -> str:
    """What a loss does beyond what falls short anyway, and what its plan leaves of that."""
    said = _adds(loss, narrator, dated=dated)
    if not loss.is_grave:
        return said
    left = _left_beyond(loss, narrator, dated=dated)
    return narrator.joined([said, _short_by(loss.outcome, narrator), left, *beside(loss, narrator)])


def beside(loss: Loss, narrator: Narrator) -> list[str]:
    """What has to be known of a loss beside its figures: other lenders' cuts, income that is lost,
    draws that fall into a freeze, and what its plan counts on that nobody has granted."""
    lost = sum(income_lost(each) for each in loss.outcome.added)
    return [
        others_follow(loss, narrator),
        stopping_costs(loss, narrator),
        income_sentence(lost, narrator),
        frozen_draws(loss, narrator),
        counts_on(loss.plan, narrator),
    ]


def _adds(loss: Loss, narrator: Narrator, *, dated: bool) -> str:
    so, outcome = condition(loss, narrator, dated=dated), loss.outcome
    if not outcome.adds and loss.is_grave:
        return narrator.say(
            "{condition}, it can no longer help with what is missed anyway.", condition=so
        )
    if not outcome.adds:
        return narrator.say(
            "{condition}, nothing is missed that is not missed anyway.", condition=so
        )
    what = dated_names(first_day(outcome.added), narrator, called_today(outcome, dated=dated))
    if in_part(outcome):
        return narrator.say(
            "{condition}, {what} cannot be paid in full either.", condition=so, what=what
        )
    return narrator.say("{condition}, {what} cannot be paid either.", condition=so, what=what)


def _left_beyond(loss: Loss, narrator: Narrator, *, dated: bool) -> str:
    cure = loss.cure
    if cure is None:
        return ""
    left = sum(loss.left)
    if not left:
        said = narrator.say("With a plan, no more stays unpaid than anyway.")
    else:
        text = (
            "With a plan, at most {amount} more stays unpaid than anyway."
            if cure.first
            else "Even with a plan, {amount} more stays unpaid than anyway."
        )
        said = narrator.say(text, amount=narrator.amount(left))
    return narrator.joined([act_by(loss, cure, narrator, dated=dated), said])


def own_verdict(answers: Answers, loss: Loss, narrator: Narrator, *, dated: bool = False) -> str:
    """What this loss itself does; what falls short anyway is said elsewhere."""
    over = answers.projection.is_over or loss.is_over
    if loss.outcome.anyway is not None and not over:
        return _adds(loss, narrator, dated=dated)
    return loss_verdict(answers, loss, narrator, dated=dated).headline


def _cannot_be_paid(outcome: Outcome, so: str, narrator: Narrator, *, dated: bool) -> str:
    if not outcome.bounced:
        day = narrator.on_day(outcome.first_shortfall or 0)
        return narrator.say("{condition}, cash is below zero from {day}.", condition=so, day=day)
    what = dated_names(first_day(outcome.bounced), narrator, called_today(outcome, dated=dated))
    if in_part(outcome):
        return narrator.say("{condition}, {what} cannot be paid in full.", condition=so, what=what)
    return narrator.say("{condition}, {what} cannot be paid.", condition=so, what=what)


def _closest_call_alone(outcome: Outcome, narrator: Narrator) -> str:
    if outcome.touches_buffer:
        return buffer_sentence(outcome, narrator)
    return narrator.say(
        "Cash never falls below {amount} ({day}).",
        amount=narrator.amount(outcome.lowest_cash),
        day=narrator.on_day(outcome.lowest_day),
    )


def buffer_sentence(outcome: Outcome, narrator: Narrator) -> str:
    """How long and how deep cash lies below the owner's minimum; empty if it never does."""
    if outcome.first_below_buffer is None:
        return ""
    below = outcome.projection.buffer[outcome.low < outcome.projection.buffer]
    if below.min() < below.max():
        return narrator.say(
            "Cash is below what you want to keep for {n} days, from {day}; furthest on {worst}: "
            "{amount} of {buffer}.",
            n=outcome.days_below_buffer,
            day=narrator.on_day(outcome.first_below_buffer),
            worst=narrator.on_day(outcome.barest_day),
            amount=narrator.amount(outcome.barest_cash),
            buffer=narrator.amount(outcome.wanted_then),
        )
    return narrator.count(
        outcome.days_below_buffer,
        "Cash is below your minimum of {buffer} for one day, {day}; lowest: {amount}.",
        "Cash is below your minimum of {buffer} for {n} days, from {day}; lowest: {amount}.",
        buffer=narrator.amount(outcome.wanted_then),
        day=narrator.on_day(outcome.first_below_buffer),
        amount=narrator.amount(outcome.barest_cash),
    )


def _short_by(outcome: Outcome, narrator: Narrator) -> str:
    """`¥38,200 short.`; where the gap grows later, both figures. More than anyway, where something
    falls short anyway."""
    short = outcome.shortfall
    if short is None:
        return ""
    figures = {
        "first": narrator.amount(short.amount),
        "amount": narrator.amount(short.most),
        "day": narrator.on_day(short.worst_day),
    }
    if outcome.anyway is None:
        text = "{first} short that day, {amount} by {day}." if short.grows else "{amount} short."
    elif short.grows:
        text = "{first} more short that day, {amount} more by {day}."
    else:
        text = "{amount} more short."
    return narrator.say(text, **figures)
