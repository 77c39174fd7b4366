"""The command about accepted plans: which there are, how they stand, and what has happened."""

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

from backstop.cli.commands.plans import PlansOptions
from backstop.cli.identity import book_ref, title_lines
from backstop.cli.opening import check_kept_in, key_for, open_book, tell_remark
from backstop.cli.reply import Exit, Reply
from backstop.cli.results.plans import KeptPlanOut, KeptPlans, KeptStepOut
from backstop.cli.tables import Column, plain, table
from backstop.domain import BadInput, Book, message
from backstop.domain.money import parse_amount
from backstop.services import clock
from backstop.services.accepting import Standing, activate, end, standings, tick, today_in, untick
from backstop.services.commands import Change
from backstop.services.passphrase import Key
from backstop.services.session import BookSession
from backstop.telling import Narrator, Words
from backstop.telling.accepted_plans import (
    progress_sentence,
    remains_sentence,
    standing_sentence,
    step_cells,
    step_text,
)
from backstop.telling.widths import width


def accepted_plans(asked: PlansOptions, words: Words) -> Reply:
    """The accepted plans, after what is said to have happened."""
    path = asked.file
    wanted = _wanted(asked)
    if wanted is None:
        book = open_book(asked, words)
    else:
        check_kept_in(path)
        book = changed_book(path, wanted, key_for(asked, words), words)
    age = clock.age_of(book)
    found = standings(book, today=age)
    result = KeptPlans(book=book_ref(book), plans=[_out(book, each, words) for each in found])
    lines = title_lines(book, age, words)
    for each in found:
        lines += ["", *_lines(book, each, words)]
    if not found:
        lines += ["", words.say("No plan has been accepted in this book yet.")]
    return Reply([plain(line) for line in lines], result, Exit.DONE)


def day_or_today(day: date | None, book: Book) -> date:
    """The day given, or today."""
    return day or today_in(book, clock.today())


def changed_book(path: Path, make: Callable[[Book], Change], key: Key | None, words: Words) -> Book:
    """Change the book in this file; the book after it."""
    with BookSession.open(path, key=key) as session:
        tell_remark(session, words)
        session.apply(make(session.book))
        return session.book


def _wanted(asked: PlansOptions) -> Callable[[Book], Change] | None:
    """The one change that was asked for; None where only the list is wanted."""
    changes = [
        partial(change, asked, plan)
        for plan, change in (
            (asked.happened, _happened),
            (asked.tick, _ticked),
            (asked.untick, _unticked),
            (asked.end, _ended),
        )
        if plan
    ]
    if len(changes) > 1:
        raise BadInput(message("Say one thing at a time: --happened, --tick, --untick or --end."))
    return changes[0] if changes else None


def _happened(asked: PlansOptions, plan: str, book: Book) -> Change:
    return activate(book, plan, day_or_today(asked.dated, book))


def _ticked(asked: PlansOptions, plan: str, book: Book) -> Change:
    day = day_or_today(asked.dated, book)
    return tick(book, plan, _step(asked), day, _actual(asked, book))


def _unticked(asked: PlansOptions, plan: str, book: Book) -> Change:
    return untick(book, plan, _step(asked))


def _ended(asked: PlansOptions, plan: str, book: Book) -> Change:
    return end(book, plan, day_or_today(asked.dated, book))


def _step(asked: PlansOptions) -> int:
    if asked.step is None:
        raise BadInput(message("Say which step: --step N."))
    return asked.step


def _actual(asked: PlansOptions, book: Book) -> int | None:
    return None if asked.actual is None else parse_amount(asked.actual, book.money)


def _lines(book: Book, each: Standing, words: Words) -> list[str]:
    narrator = Narrator(book, words)
    heading = f"{each.accepted.id}: {each.accepted.name}"
    said = [
        standing_sentence(each, words),
        progress_sentence(each, narrator),
        remains_sentence(each, words),
    ]
    columns = [
        Column("", right=True),
        Column(""),
        Column(words.say("Step")),
        Column(words.say("Planned")),
        Column(words.say("Amount"), right=True),
        Column(words.say("Done")),
        Column(words.say("Really"), right=True),
        Column(words.say("Difference")),
    ]
    rows = [step_cells(step, narrator) for step in each.steps]
    steps = table(columns, rows) if rows else []
    return [heading, "─" * width(heading), *(line for line in said if line), *steps]


def _out(book: Book, each: Standing, words: Words) -> KeptPlanOut:
    plan = each.accepted
    return KeptPlanOut(
        id=plan.id,
        name=plan.name,
        contingency=plan.contingency,
        stage=plan.stage.value,
        drill=plan.drill,
        stale=each.stale,
        accepted_on=plan.accepted_on,
        loss_date=plan.loss_date,
        activated_on=plan.activated_on,
        ended_on=plan.ended_on,
        cost=plan.cost,
        missed=plan.missed,
        steps=[
            KeptStepOut(
                number=s.number,
                text=step_text(s, Narrator(book, words)),
                option=s.step.option,
                day=s.step.day,
                amount=s.planned,
                cost=s.step.cost,
                done_on=s.step.done_on,
                actual=s.actual,
            )
            for s in each.steps
        ],
        gap_after=None if each.after is None else each.after.largest_gap,
        text=standing_sentence(each, words),
    )
