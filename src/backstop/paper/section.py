"""The two facing pages of one contingency: what happens, and what to do about it."""

from itertools import groupby

from backstop.contingency import Bounced, ContingencyKind
from backstop.domain import Account, Book, Priority
from backstop.paper import response
from backstop.paper.curve import curve_of
from backstop.paper.document import Band, Fact, Section
from backstop.plan import Answers, Loss, Plan
from backstop.telling import Words
from backstop.telling.accepted_plans import on_paper
from backstop.telling.explaining import brief
from backstop.telling.phrases import amount, brief_day, date_of, joined, obligation_title
from backstop.telling.playbooks import Guidance, guidance
from backstop.telling.sentences import act_by_cell, buffer_sentence, consequence, loss_verdict
from backstop.telling.shortage import cure_lines
from backstop.telling.widths import cut

HEADER_CELLS = 44
"""What half a page header holds of a name, in half-width characters."""
MOST_BOUNCES = 9


def section_of(answers: Answers, plan: Plan, words: Words) -> Section:
    """Everything that the two pages say."""
    book, loss = answers.book, answers.loss(plan.contingency.id)
    said = loss_verdict(answers, loss, words, dated=True)
    help_ = guidance(book, plan.contingency)
    bounced = _ranked(plan.before.bounced)
    shown = bounced[: _most_shown(len(bounced))]
    return Section(
        id=plan.contingency.id,
        title=title(loss, words),
        header=cut(title(loss, words), HEADER_CELLS),
        subtitle=_subtitle(book, plan, help_, words),
        warnings=[*_warnings(book, plan, words), *on_paper(answers.projection, plan, words)],
        headline=consequence(book, plan.before, words, dated=True),
        detail=said.detail,
        facts=_facts(book, loss, plan, words),
        recognise_heading=words.say("How you notice"),
        recognise=[words.tell(each) for each in help_.recognise],
        bounces_heading=words.say("What is not paid if you do nothing"),
        bounces_head=[
            words.say("Date"),
            words.say("Payment"),
            words.say("Due"),
            words.say("Not paid"),
        ],
        bounces=_bands(book, shown, words),
        bounces_more=[_more(book, bounced[n:], words) for n in range(len(shown) + 1)],
        bounces_total=[
            words.say("Largest gap"),
            amount(book, words, sum(each.missed for each in bounced)),
        ],
        bounces_none=_nothing_bounces(book, plan, words),
        curve_heading=words.say("Cash, before and after"),
        curve=curve_of(book, plan, words),
        legend=_legend(plan, words),
        actions_heading=words.say("Actions, in order"),
        actions_head=[
            words.say("Date"),
            words.say("Action"),
            words.say("Amount"),
            words.say("Cost"),
            words.say("Contact"),
        ],
        actions=response.action_bands(book, plan, words),
        actions_none=response.no_actions(plan, words),
        actions_total=response.total(book, plan, words),
        in_capitals=response.in_capitals(book, plan, words),
        repayments_heading=words.say("What this costs you later") if plan.actions else "",
        repayments=response.repayments(book, plan, words),
        repayments_none=words.say("These actions create no later payments."),
        remains_heading=words.say("What remains uncovered"),
        remains=brief(book, words, plan.remains),
        remains_rows=response.left_unpaid(book, plan, words),
        cures=cure_lines(book, plan, words),
        proof=response.proof(plan, words),
        playbook_heading=words.say("First steps"),
        playbook=response.periods(plan, help_, words),
        call_heading=words.say("Words for the call"),
        call=response.call_words(book, loss, help_, words),
        notes_heading=words.say("Notes of calls"),
        notes_head=[words.say("When"), words.say("With whom"), words.say("What was said")],
    )


def title(loss: Loss, words: Words) -> str:
    if loss.contingency.kind is ContingencyKind.GROUP:
        return words.say("If everything in {line} closes", line=loss.name)
    return words.say("If {line} closes", line=loss.name)


def _subtitle(book: Book, plan: Plan, help_: Guidance, words: Words) -> str:
    day = words.say("closed on {day}", day=date_of(book, plan.contingency.loss_day))
    return " · ".join([*_about(book, help_, words), day])


def _about(book: Book, help_: Guidance, words: Words) -> list[str]:
    """What is lost: a line's kind, lender and amounts, or the members of a group."""
    if len(help_.targets) != 1:
        names = words.few([each.name for each in help_.targets])
        return [words.say("Lost together: {names}", names=names)]
    [target] = help_.targets
    if isinstance(target, Account):
        return [words.label(target.kind)]
    limit = words.say("limit {amount}", amount=amount(book, words, target.limit))
    owed = words.say("owed {amount}", amount=amount(book, words, target.balance))
    parts = [words.label(target.kind), target.lender, limit, owed]
    return [each for each in parts if each]


def _warnings(book: Book, plan: Plan, words: Words) -> list[str]:
    """What must be read before anything else, in a frame."""
    found = []
    if not plan.proved:
        found.append(
            words.say(
                "NOT PROVED. Put through the day-by-day projection, these actions do not do all "
                "that was calculated. Do not rely on this plan; draft it again."
            )
        )
    if plan.fingerprint != book.fingerprint:
        found.append(
            words.say("STALE. The book has changed since this plan was made. Draft it again.")
        )
    return found


def _facts(book: Book, loss: Loss, plan: Plan, words: Words) -> list[Fact]:
    first = plan.before.first_shortfall
    return [
        Fact(
            words.say("First not paid"),
            words.say("never") if first is None else brief_day(book, words, first),
        ),
        Fact(words.say("Largest gap"), amount(book, words, plan.before.largest_gap)),
        Fact(words.say("Act by"), act_by_cell(book, loss, words, dated=True)),
        Fact(words.say("Cost of the plan"), amount(book, words, plan.cost)),
        Fact(
            words.say("With the plan"),
            words.say("nothing missed")
            if not plan.missed
            else words.say("{amount} unpaid", amount=amount(book, words, sum(plan.after.missed))),
        ),
    ]


def _ranked(bounced: tuple[Bounced, ...]) -> list[Bounced]:
    """By class and day; the first of them are shown, the others only counted."""
    return sorted(bounced, key=lambda b: (b.priority, b.day, b.obligation.record))


def _most_shown(number: int) -> int:
    """How many are shown where the page has room: a line saying "and one more" is no shorter."""
    return number if number == MOST_BOUNCES + 1 else MOST_BOUNCES


def _bands(book: Book, shown: list[Bounced], words: Words) -> list[Band]:
    return [
        Band(
            heading=class_heading(priority, words),
            rows=[_bounced_row(book, each, words) for each in group],
        )
        for priority, group in groupby(shown, key=lambda b: b.priority)
    ]


def class_heading(priority: Priority, words: Words) -> str:
    return words.say("Class {n}: {label}", n=int(priority), label=priority)


def _bounced_row(book: Book, each: Bounced, words: Words) -> list[str]:
    obligation = each.obligation
    name = obligation_title(book, words, obligation)
    if obligation.overdue:
        name = words.say("{name} (overdue)", name=name)
    return [
        brief_day(book, words, each.day),
        name,
        amount(book, words, obligation.amount),
        amount(book, words, each.missed),
    ]


def _more(book: Book, hidden: list[Bounced], words: Words) -> list[str]:
    if not hidden:
        return []
    last = max(each.day for each in hidden)
    said = words.say("and {n} more, to {day}", n=len(hidden), day=brief_day(book, words, last))
    return [said, amount(book, words, sum(each.missed for each in hidden))]


def _nothing_bounces(book: Book, plan: Plan, words: Words) -> str:
    if plan.before.bounced:
        return ""
    said = consequence(book, plan.before, words, dated=True)
    return joined(words, [said, buffer_sentence(book, plan.before, words)])


def _legend(plan: Plan, words: Words) -> dict[str, str]:
    return {
        "before": words.say("if nothing is done"),
        "after": words.say("with the plan") if plan.actions else "",
        "buffer": words.say("minimum cash"),
        "short": words.say("payments without money"),
        "lost": words.say("closes"),
    }
