"""The front page: the verdict, the most dangerous losses, and what to do whatever happens; where
there are many plans, what is in the booklet on the two pages behind it."""

from collections.abc import Sequence
from datetime import date, timedelta

from backstop.checks.readiness import findings
from backstop.domain import Book, Message, message
from backstop.paper.document import Fact, Front, LossRow
from backstop.plan import Answers, Loss, Plan
from backstop.telling import Words
from backstop.telling.age import age_sentence
from backstop.telling.phrases import amount, brief_day, dated_names, first_day, joined
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


def front_page(answers: Answers, plans: Sequence[Plan], words: Words, printed_on: date) -> Front:
    book = answers.book
    said = verdict(answers, words, dated=True)
    return Front(
        kind=words.say("Contingency funding plan"),
        title=book.title,
        owner=book.owner,
        as_of=words.say("As of {day}", day=book.as_of),
        headline=said.headline,
        detail=joined(words, [said.detail, age_sentence(book, answers.projection.today, words)]),
        facts=_facts(answers, words),
        losses_heading=words.say("The most dangerous losses"),
        losses_head=[
            words.say("If this closes"),
            words.say("First not paid"),
            words.say("Largest gap"),
            words.say("Act by"),
            words.say("With the best plan"),
            words.say("Page"),
        ],
        losses=_losses(answers, answers.losses[:MOST_LOSSES], plans, words),
        steps_heading=words.say("Do now, whatever happens"),
        steps=_steps(answers, words),
        offices_heading=words.say("Official numbers") if in_china(book) else "",
        offices=[words.tell(each) for each in OFFICES_CHINA] if in_china(book) else [],
        contents_heading=words.say("In this booklet") if len(plans) > 1 else "",
        contents=_losses(answers, [answers.loss(p.contingency.id) for p in plans], plans, words),
        notes_heading=words.say("Reviews and drills"),
        notes_head=[
            words.say("When"),
            words.say("By whom"),
            words.say("What was found, or changed"),
        ],
        closing=_closing(book, words, printed_on),
    )


def _facts(answers: Answers, words: Words) -> list[Fact]:
    book = answers.book
    owed = sum(f.balance for f in book.facilities)
    limits = sum(f.limit for f in book.facilities)
    return [
        Fact(_own_cash(answers, words), amount(book, words, answers.projection.opening)),
        Fact(
            words.say("Credit lines"),
            str(len(book.facilities)),
            words.say(
                "{owed} owed of {limits}",
                owed=amount(book, words, owed),
                limits=amount(book, words, limits),
            ),
        ),
        Fact(
            secure_name(answers, words),
            secure_word(answers, words),
            secure_count(answers, words) if answers.assessed else "",
        ),
        Fact(words.say("Loss of all lines"), _days_left(answers, words), _until(answers, words)),
    ]


def _own_cash(answers: Answers, words: Words) -> str:
    if answers.projection.today == 0:
        return words.say("Own cash today")
    return words.say("Own cash on {day}", day=answers.book.as_of)


def _days_left(answers: Answers, words: Words) -> str:
    first = answers.days_left
    if first is None:
        days = answers.projection.days - 1 - answers.projection.now
        return words.say("over {n} days", n=days)
    return words.count(first, "one day", "{n} days")


def _until(answers: Answers, words: Words) -> str:
    first = answers.days_left
    if not first:
        return ""
    day = brief_day(answers.book, words, answers.projection.now + first - 1)
    return words.say("the money lasts to {day}", day=day)


def _losses(
    answers: Answers, losses: Sequence[Loss], plans: Sequence[Plan], words: Words
) -> list[LossRow]:
    printed = {plan.contingency.id for plan in plans}
    ranks = {loss.contingency.id: rank for rank, loss in enumerate(answers.losses, start=1)}
    return [
        _loss_row(answers.book, ranks[loss.contingency.id], loss, printed, words) for loss in losses
    ]


def _loss_row(book: Book, number: int, loss: Loss, printed: set[str], words: Words) -> LossRow:
    outcome, key = loss.outcome, loss.contingency.id
    first, what, gap = "–", words.say("nothing missed"), "–"
    if outcome.first_shortfall is not None:
        first = brief_day(book, words, outcome.first_shortfall)
        first_missed = first_day(outcome.bounced)
        what = dated_names(book, words, first_missed) if first_missed else "–"
        gap = amount(book, words, outcome.largest_gap)
    return LossRow(
        rank=str(number),
        mark=MARKS[loss.severity],
        name=loss.name,
        word=severity_word(loss.severity, words),
        first=first,
        what=what,
        gap=gap,
        act_by=act_by_cell(book, loss, words, dated=True),
        plan=plan_cell(book, loss, words),
        section=key if key in printed else "",
    )


def _steps(answers: Answers, words: Words) -> list[str]:
    """What the book itself asks for first, then what holds for everyone."""
    found = [each for each in findings(answers.projection) if each.check != "base_shortfall"]
    own = [words.tell(each.said) for each in found[:MOST_FINDINGS]]
    return [*own, *(words.tell(each) for each in ALWAYS)]


def _closing(book: Book, words: Words, printed_on: date) -> list[Fact]:
    review = book.next_review or printed_on + REVIEW_AFTER
    return [
        Fact(words.say("Printed on"), words.day(printed_on)),
        Fact(words.say("Book fingerprint"), book.fingerprint),
        Fact(
            words.say("Next review"),
            words.day(review),
            words.say("or as soon as anything in the book changes"),
        ),
    ]
