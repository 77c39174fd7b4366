"""The answer of `reserve`: what to arrange before anything is lost."""

from backstop.cli.commands.reserve import ReserveOptions
from backstop.cli.identity import book_ref, title_lines
from backstop.cli.opening import open_book
from backstop.cli.reply import Exit, Reply
from backstop.cli.results.reserve import BackupOut, EarlyOut, NeedOut, PointOut, Reserved
from backstop.cli.tables import Column, block
from backstop.domain import Book
from backstop.plan import Reserve
from backstop.services import clock
from backstop.services.answers import answers_of, reserve_of
from backstop.telling import Narrator, Words, date_of
from backstop.telling.beforehand import (
    beforehand,
    curve_rows,
    line_row,
    need_row,
    reserve_sentence,
)


def reserved(asked: ReserveOptions, words: Words) -> Reply:
    """The reserve, or the line, with which every single loss is survivable."""
    book = open_book(asked, words)
    answers = answers_of(book, asked.on, clock.age_of(book))
    found = reserve_of(answers)
    result = Reserved(
        book=book_ref(book),
        sentence=reserve_sentence(found, Narrator(book, words)),
        without_actions=found.without_actions,
        with_actions=found.with_actions,
        with_groups=found.with_groups,
        keeping_minimum=found.keeping_minimum,
        needs=[
            NeedOut(n.loss, n.name, n.without_actions, n.with_actions, n.keeping_minimum, n.group)
            for n in found.needs
        ],
        curve=[PointOut(p.reserve, p.not_survivable, p.most_missed) for p in found.curve],
        lines=[
            BackupOut(
                each.like,
                each.name,
                each.lead_days,
                each.limit,
                each.cost,
                each.proved,
                None if each.by is None else date_of(book, each.by),
            )
            for each in found.lines
        ],
        early=[EarlyOut(e.line, e.name, e.amount, e.cost) for e in found.early],
    )
    lines = [*title_lines(book, answers.projection.today, words), "", *_text(book, found, words)]
    return Reply(lines, result, Exit.GAP_REMAINS if found.with_actions else Exit.DONE)


def _text(book: Book, found: Reserve, words: Words) -> list[str]:
    return [
        *beforehand(found, Narrator(book, words)),
        *_needs(book, found, words),
        *_curve(book, found, words),
        *_lines(book, found, words),
    ]


def _needs(book: Book, found: Reserve, words: Words) -> list[str]:
    columns = [
        Column(words.say("If it closes")),
        Column(words.say("Reserve without acting"), right=True),
        Column(words.say("With acting"), right=True),
        Column(words.say("Minimum kept too"), right=True),
    ]
    return block(columns, [need_row(each, Narrator(book, words)) for each in found.needs])


def _curve(book: Book, found: Reserve, words: Words) -> list[str]:
    """What each step of reserve buys; one point alone says nothing."""
    columns = [
        Column(words.say("Reserve"), right=True),
        Column(words.say("Losses that miss something"), right=True),
        Column(words.say("Most missed"), right=True),
    ]
    return block(columns, curve_rows(found, Narrator(book, words))) if len(found.curve) > 1 else []


def _lines(book: Book, found: Reserve, words: Words) -> list[str]:
    columns = [
        Column(words.say("One more line like")),
        Column(words.say("Days"), right=True),
        Column(words.say("Least limit"), right=True),
        Column(words.say("Cost drawn in full"), right=True),
    ]
    return block(columns, [line_row(each, Narrator(book, words)) for each in found.lines])
