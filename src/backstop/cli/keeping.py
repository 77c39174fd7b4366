"""The command about accepted plans: which there are, how they stand, and what has happened."""

from argparse import Namespace
from collections.abc import Callable
from datetime import date
from pathlib import Path

from backstop.cli import results as out
from backstop.cli.identity import book_ref, title_lines
from backstop.cli.opening import check_kept_in, key_for, open_book
from backstop.cli.reply import Exit, Reply
from backstop.cli.tables import Column, plain, table
from backstop.cli.usage import check_beside
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


def plans(given: Namespace, words: Words) -> Reply:
    """The accepted plans, after what is said to have happened."""
    path = Path(given.file)
    check_beside(given, "step", "tick", "untick")
    check_beside(given, "actual", "tick")
    check_beside(given, "dated", "happened", "tick", "end")
    wanted = _wanted(given)
    if wanted is None:
        book = open_book(given, words)
    else:
        check_kept_in(path)
        book = applied(path, wanted, key_for(path, given, words))
    age = clock.age_of(book)
    found = standings(book, today=age)
    result = out.KeptPlans(book=book_ref(book), plans=[_out(book, each, words) for each in found])
    lines = title_lines(book, age, words)
    for each in found:
        lines += ["", *_lines(book, each, words)]
    if not found:
        lines += ["", words.say("No plan has been accepted in this book yet.")]
    return Reply([plain(line) for line in lines], result, Exit.DONE)


def dated(given: Namespace, book: Book) -> date:
    """The day given, or today."""
    return given.dated or today_in(book, clock.today())


def applied(path: Path, make: Callable[[Book], Change], key: Key | None) -> Book:
    """Change the book in this file; the book after it."""
    with BookSession.open(path, key=key) as session:
        session.apply(make(session.book))
        return session.book


def _wanted(given: Namespace) -> Callable[[Book], Change] | None:
    """The one change that was asked for; None where only the list is wanted."""
    asked: list[Callable[[Book], Change]] = []
    if given.happened:
        asked.append(lambda book: activate(book, given.happened, dated(given, book)))
    if given.tick:
        asked.append(lambda book: _ticked(given, book))
    if given.untick:
        asked.append(lambda book: untick(book, given.untick, _step(given)))
    if given.end:
        asked.append(lambda book: end(book, given.end, dated(given, book)))
    if len(asked) > 1:
        raise BadInput(message("Say one thing at a time: --happened, --tick, --untick or --end."))
    return asked[0] if asked else None


def _ticked(given: Namespace, book: Book) -> Change:
    return tick(book, given.tick, _step(given), dated(given, book), _actual(given, book))


def _step(given: Namespace) -> int:
    if given.step is None:
        raise BadInput(message("Say which step: --step N."))
    return int(given.step)


def _actual(given: Namespace, book: Book) -> int | None:
    return None if given.actual is None else parse_amount(given.actual, book.money)


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


def _out(book: Book, each: Standing, words: Words) -> out.KeptPlanOut:
    plan = each.accepted
    return out.KeptPlanOut(
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
            out.KeptStepOut(
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
