"""The two facing pages of one contingency: what happens, and what to do about it."""

from itertools import groupby

from backstop.contingency import Bounced, ContingencyKind, NothingLost
from backstop.domain import Account, Priority
from backstop.paper import response
from backstop.paper.curve import curve_of
from backstop.paper.document import Band, Fact, Section
from backstop.paper.shortened import where_whole, where_whole_if
from backstop.plan import Answers, Loss, Plan
from backstop.projection import owed_today
from backstop.telling import Narrator
from backstop.telling.accepted_plans import on_paper
from backstop.telling.actions import no_actions
from backstop.telling.asking import asks_heading, not_counted
from backstop.telling.happenings import heading
from backstop.telling.not_arranged import fallback_heading, fallback_lines
from backstop.telling.overdue import still_counted_on
from backstop.telling.phrases import obligation_title
from backstop.telling.playbooks import Guidance, guidance
from backstop.telling.remaining import remaining, unpaid_in_brief
from backstop.telling.sentences import (
    act_by_cell,
    buffer_sentence,
    consequence,
    loss_verdict,
    plan_cell,
)
from backstop.telling.widths import cut

HEADER_CELLS = 44
"""What half a page header holds of a name, in half-width characters."""
MOST_BOUNCES = 9
MOST_REMAINING = 6
"""Lines of what stays unpaid that the page has room for, in two columns."""


def section_of(answers: Answers, plan: Plan, narrator: Narrator) -> Section:
    """Everything that the two pages say."""
    book, loss = answers.book, answers.loss(plan.contingency.id).with_plan(plan)
    said = loss_verdict(answers, loss, narrator, dated=True)
    help_ = guidance(book, plan.contingency)
    remains, *cures = remaining(plan, narrator)
    bounced, anyway = _ranked(plan.before.added), plan.before.anyway
    shown = bounced[: _most_shown(len(bounced))]
    return Section(
        id=plan.contingency.id,
        title=heading(loss, narrator),
        header=cut(heading(loss, narrator), HEADER_CELLS),
        subtitle=_subtitle(plan, help_, narrator),
        warnings=[*_warnings(plan, narrator), *on_paper(answers.projection, plan, narrator)],
        headline=said.headline if anyway else consequence(plan.before, narrator, dated=True),
        detail=said.detail,
        facts=_facts(loss, plan, narrator),
        recognise_heading=narrator.say("How you notice"),
        recognise=[narrator.tell(each) for each in help_.recognise],
        asks_heading=asks_heading(narrator) if plan.asks else narrator.say("This week"),
        asks=response.asks(plan, narrator),
        asks_note=not_counted(narrator) if plan.asks else "",
        bounces_heading=narrator.say("What more is not paid if you do nothing")
        if anyway
        else narrator.say("What is not paid if you do nothing"),
        bounces_head=[
            narrator.say("Date"),
            narrator.say("Payment"),
            narrator.say("amount|Due"),
            narrator.say("Not paid"),
        ],
        bounces=_bands(shown, narrator),
        bounces_more=[_more(bounced[n:], narrator) for n in range(len(shown) + 1)],
        bounces_total=[
            narrator.say("More than anyway") if anyway else narrator.say("Largest gap"),
            narrator.amount(sum(each.missed for each in bounced)),
        ],
        bounces_none=_nothing_bounces(plan, narrator),
        bounces_note=still_counted_on(plan.before, narrator),
        cut_short=_cut_short(answers, loss, plan, narrator),
        where_whole=where_whole(narrator),
        curve_heading=narrator.say("Cash, before and after"),
        curve=curve_of(plan, narrator),
        legend=_legend(plan, narrator),
        actions_heading=narrator.say("Actions, in order"),
        actions_head=[
            narrator.say("Date"),
            narrator.say("Action"),
            narrator.say("Amount"),
            narrator.say("Cost"),
            narrator.say("Contact"),
        ],
        actions=response.action_bands(plan, narrator),
        actions_none=no_actions(plan, narrator),
        actions_total=response.total(plan, narrator),
        in_capitals=response.in_capitals(plan, narrator),
        repayments_heading=narrator.say("What this costs you later") if plan.actions else "",
        repayments=response.repayments(plan, narrator),
        repayments_none=narrator.say("These actions create no later payments."),
        fallback_heading=fallback_heading(plan, narrator) if plan.otherwise else "",
        fallback=fallback_lines(plan, narrator),
        remains_heading=narrator.say("What remains uncovered"),
        remains=remains,
        remains_rows=unpaid_in_brief(plan, narrator, MOST_REMAINING),
        cures=[narrator.joined(cures)] if cures else [],
        proof=response.proof(plan, narrator),
        playbook_heading=narrator.say("First steps"),
        playbook=response.periods(plan, help_, narrator),
        call_heading=narrator.say("Words for the call"),
        call=response.call_words(help_, narrator),
        notes_heading=narrator.say("Notes of calls"),
        notes_head=[narrator.say("When"), narrator.say("With whom"), narrator.say("What was said")],
    )


def _cut_short(answers: Answers, loss: Loss, plan: Plan, narrator: Narrator) -> bool:
    """Whether a list of these pages names fewer than there are, wherever there is room for more."""

    def said(narrator: Narrator) -> list[object]:
        help_ = guidance(answers.book, plan.contingency)
        return [
            _subtitle(plan, help_, narrator),
            loss_verdict(answers, loss, narrator, dated=True),
            consequence(plan.before, narrator, dated=True),
            unpaid_in_brief(plan, narrator, MOST_REMAINING),
            fallback_lines(plan, narrator),
            response.repayments(plan, narrator),
        ]

    return bool(where_whole_if(said, narrator))


def _subtitle(plan: Plan, help_: Guidance, narrator: Narrator) -> str:
    loss = plan.contingency
    if isinstance(loss.identity, NothingLost):
        return ""
    if loss.kind is ContingencyKind.EXPENSE:
        on = "spent on {day}"
    elif help_.targets:
        on = "lost on {day}"
    else:
        on = "from {day}"
    day = narrator.say(on, day=narrator.date_of(loss.loss_day))
    spent = [_expense(loss.expense, narrator)] if loss.expense else []
    return " · ".join([*_about(help_, narrator), *spent, day])


def _expense(amount: int, narrator: Narrator) -> str:
    return narrator.say("sudden expense of {amount}", amount=narrator.amount(amount))


def _about(help_: Guidance, narrator: Narrator) -> list[str]:
    """What is lost: a line's kind, lender and amounts, or the members of a group."""
    if not help_.targets:
        return []
    if len(help_.targets) != 1:
        names = narrator.few([each.name for each in help_.targets])
        return [narrator.say("Lost together: {names}", names=names)]
    [target] = help_.targets
    if isinstance(target, Account):
        return [narrator.label(target.kind)]
    limit = narrator.say(
        "limit {amount}", amount=narrator.amount(target.limit_on(narrator.book.as_of))
    )
    owed = narrator.say("owed {amount}", amount=narrator.amount(owed_today(narrator.book, target)))
    parts = [narrator.label(target.kind), target.lender, limit, owed]
    return [each for each in parts if each]


def _warnings(plan: Plan, narrator: Narrator) -> list[str]:
    """What must be read before anything else, in a frame."""
    found = []
    if not plan.proved:
        found.append(
            narrator.say(
                "NOT PROVED. Put through the day-by-day projection, these actions do not do all "
                "that was calculated. Do not rely on this plan; draft it again."
            )
        )
    if plan.fingerprint != narrator.book.fingerprint:
        found.append(
            narrator.say("STALE. The book has changed since this plan was made. Draft it again.")
        )
    return found


def _facts(loss: Loss, plan: Plan, narrator: Narrator) -> list[Fact]:
    short = plan.before.shortfall
    return [
        Fact(
            narrator.say("First not paid"),
            narrator.say("never") if short is None else narrator.brief_day(short.day),
        ),
        Fact(narrator.say("Largest gap"), narrator.amount(short.most if short else 0)),
        Fact(narrator.say("Act by"), act_by_cell(loss, narrator, dated=True)),
        Fact(narrator.say("Cost of the plan"), narrator.amount(plan.cost)),
        Fact(
            narrator.say("With the plan"),
            plan_cell(loss, narrator)
            if plan.before.adds
            else narrator.say("{amount} unpaid", amount=narrator.amount(sum(plan.after.missed)))
            if plan.missed
            else narrator.say("nothing missed"),
        ),
    ]


def _ranked(bounced: tuple[Bounced, ...]) -> list[Bounced]:
    """By class and day; the first of them are shown, the others only counted."""
    return sorted(bounced, key=lambda b: (b.priority, b.day, b.obligation.record))


def _most_shown(number: int) -> int:
    """How many are shown where the page has room: a line saying "and one more" is no shorter."""
    return number if number == MOST_BOUNCES + 1 else MOST_BOUNCES


def _bands(shown: list[Bounced], narrator: Narrator) -> list[Band]:
    return [
        Band(
            heading=class_heading(priority, narrator),
            rows=[_bounced_row(each, narrator) for each in group],
        )
        for priority, group in groupby(shown, key=lambda b: b.priority)
    ]


def class_heading(priority: Priority, narrator: Narrator) -> str:
    """The class of a payment by number and name."""
    return narrator.say("Class {n}: {label}", n=int(priority), label=priority)


def _bounced_row(each: Bounced, narrator: Narrator) -> list[str]:
    obligation = each.obligation
    name = obligation_title(obligation, narrator)
    if obligation.overdue:
        name = narrator.say("{name} (overdue)", name=name)
    return [
        narrator.brief_day(each.day),
        name,
        narrator.amount(obligation.amount),
        narrator.amount(each.missed),
    ]


def _more(hidden: list[Bounced], narrator: Narrator) -> list[str]:
    if not hidden:
        return []
    last = max(each.day for each in hidden)
    said = narrator.say("and {n} more, to {day}", n=len(hidden), day=narrator.brief_day(last))
    return [said, narrator.amount(sum(each.missed for each in hidden))]


def _nothing_bounces(plan: Plan, narrator: Narrator) -> str:
    if plan.before.added:
        return ""
    said = consequence(plan.before, narrator, dated=True)
    return narrator.joined([said, buffer_sentence(plan.before, narrator)])


def _legend(plan: Plan, narrator: Narrator) -> dict[str, str]:
    return {
        "before": narrator.say("if nothing is done"),
        "after": narrator.say("with the plan") if plan.actions else "",
        "buffer": narrator.say("minimum cash"),
        "floor": narrator.say("overdraft limit"),
        "short": narrator.say("payments without money"),
        "lost": narrator.say("closes"),
    }
