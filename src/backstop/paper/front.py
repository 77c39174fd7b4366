"""The front page: the verdict, the most dangerous losses, and what to do whatever happens; where
there are many plans, what is in the booklet on the two pages behind it."""

from collections.abc import Sequence
from datetime import date, timedelta

from backstop.checks.readiness import findings
from backstop.domain import Message, message
from backstop.paper.document import Fact, Front, LossRow
from backstop.paper.shortened import where_whole_if
from backstop.plan import Answers, Loss, Plan
from backstop.projection import owed_today
from backstop.telling import Narrator
from backstop.telling.age import age_sentence
from backstop.telling.phrases import dated_names, first_day
from backstop.telling.playbooks import (
    DUE_DAY,
    NO_APPLICATIONS,
    OFFICES_CHINA,
    SCAMS,
    in_china,
)
from backstop.telling.secure import secure_count, secure_name, secure_word
from backstop.telling.sentences import (
    MARKS,
    act_by_cell,
    first_cell,
    plan_cell,
    severity_word,
    verdict,
)

MOST_LOSSES = 3
MOST_FINDINGS = 4
REVIEW_AFTER = timedelta(days=365)

ALWAYS: tuple[Message, ...] = (
    message("Take a screenshot of every limit today, and print the clause on changes of limits."),
    DUE_DAY,
    NO_APPLICATIONS,
    SCAMS,
)


def front_page(
    answers: Answers, plans: Sequence[Plan], narrator: Narrator, printed_on: date
) -> Front:
    """The first page: the verdict, the gravest losses, first steps, and what is printed behind."""
    book = answers.book
    said = verdict(answers, narrator, dated=True)
    gravest = answers.all_losses[:MOST_LOSSES]

    def listed(narrator: Narrator) -> list[object]:
        rows = _losses(answers, gravest, plans, narrator)
        return [verdict(answers, narrator, dated=True), rows]

    return Front(
        kind=narrator.say("Contingency funding plan"),
        title=book.title,
        owner=book.owner,
        as_of=narrator.say("As of {day}", day=book.as_of),
        headline=said.headline,
        detail=narrator.joined([said.detail, age_sentence(answers.projection.today, narrator)]),
        facts=_facts(answers, narrator),
        losses_heading=narrator.say("The most dangerous losses"),
        losses_head=[
            narrator.say("If this closes"),
            narrator.say("First not paid"),
            narrator.say("At the worst"),
            narrator.say("Act by"),
            narrator.say("With the best plan"),
            narrator.say("Page"),
        ],
        losses=_losses(answers, gravest, plans, narrator),
        losses_note=where_whole_if(listed, narrator),
        steps_heading=narrator.say("Do now, whatever happens"),
        steps=_steps(answers, narrator),
        offices_heading=narrator.say("Official numbers") if in_china(book) else "",
        offices=[narrator.tell(each) for each in OFFICES_CHINA] if in_china(book) else [],
        contents_heading=narrator.say("In this booklet") if len(plans) > 1 else "",
        contents=_losses(answers, [answers.loss(p.contingency.id) for p in plans], plans, narrator),
        notes_heading=narrator.say("Reviews and drills"),
        notes_head=[
            narrator.say("When"),
            narrator.say("By whom"),
            narrator.say("What was found, or changed"),
        ],
        closing=_closing(printed_on, narrator),
    )


def _facts(answers: Answers, narrator: Narrator) -> list[Fact]:
    book = answers.book
    owed = sum(owed_today(book, f) for f in book.facilities)
    limits = sum(f.limit_on(book.as_of) for f in book.facilities)
    return [
        Fact(_own_cash(answers, narrator), narrator.amount(answers.projection.opening)),
        Fact(
            narrator.say("Credit lines"),
            str(len(book.facilities)),
            narrator.say(
                "{owed} owed of {limits}",
                owed=narrator.amount(owed),
                limits=narrator.amount(limits),
            ),
        ),
        Fact(
            secure_name(answers, narrator),
            secure_word(answers, narrator),
            secure_count(answers, narrator) if answers.assessed and not answers.anyway else "",
        ),
        Fact(
            narrator.say("Loss of all lines"),
            _days_left(answers, narrator),
            _until(answers, narrator),
        ),
    ]


def _own_cash(answers: Answers, narrator: Narrator) -> str:
    if answers.projection.today == 0:
        return narrator.say("Own cash today")
    return narrator.say("Own cash on {day}", day=answers.book.as_of)


def _days_left(answers: Answers, narrator: Narrator) -> str:
    first = answers.days_left
    if first is None:
        days = answers.projection.days - 1 - answers.projection.now
        return narrator.say("over {n} days", n=days)
    return narrator.count(first, "one day", "{n} days")


def _until(answers: Answers, narrator: Narrator) -> str:
    first = answers.days_left
    if not first:
        return ""
    day = narrator.brief_day(answers.projection.now + first - 1)
    return narrator.say("the money lasts to {day}", day=day)


def _losses(
    answers: Answers, losses: Sequence[Loss], plans: Sequence[Plan], narrator: Narrator
) -> list[LossRow]:
    printed = {plan.contingency.id for plan in plans}
    ranks = {loss.contingency.id: rank for rank, loss in enumerate(answers.all_losses, start=1)}
    return [_loss_row(ranks[loss.contingency.id], loss, printed, narrator) for loss in losses]


def _loss_row(number: int, loss: Loss, printed: set[str], narrator: Narrator) -> LossRow:
    key, short = loss.contingency.id, loss.outcome.shortfall
    first, what, gap = "–", first_cell(loss, narrator), "–"
    if short is not None:
        first = narrator.brief_day(short.day)
        first_missed = first_day(loss.outcome.added)
        what = dated_names(first_missed, narrator) if first_missed else "–"
        gap = narrator.amount(short.most)
    return LossRow(
        rank=str(number),
        mark=MARKS[loss.severity],
        name=loss.name,
        word=severity_word(loss.severity, narrator),
        first=first,
        what=what,
        gap=gap,
        act_by=act_by_cell(loss, narrator, dated=True),
        plan=plan_cell(loss, narrator),
        section=key if key in printed else "",
    )


def _steps(answers: Answers, narrator: Narrator) -> list[str]:
    """What the book itself asks for first, then what holds for everyone."""
    found = [each for each in findings(answers.projection) if each.check != "base_shortfall"]
    own = [narrator.tell(each.said) for each in found[:MOST_FINDINGS]]
    return [*own, *(narrator.tell(each) for each in ALWAYS)]


def _closing(printed_on: date, narrator: Narrator) -> list[Fact]:
    review = narrator.book.next_review or printed_on + REVIEW_AFTER
    return [
        Fact(narrator.say("Printed on"), narrator.day(printed_on)),
        Fact(narrator.say("Book fingerprint"), narrator.book.fingerprint),
        Fact(
            narrator.say("Next review"),
            narrator.day(review),
            narrator.say("or as soon as anything in the book changes"),
        ),
    ]
