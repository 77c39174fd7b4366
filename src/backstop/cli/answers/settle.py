"""The answer of `settle`: what was due, what follows, and the book of the later day."""

from collections.abc import Sequence
from datetime import date

from backstop.cli.answers.settle_explained import explained, unexplained_lines, unexplained_out
from backstop.cli.answers.settle_said import told
from backstop.cli.commands.settle import SettleOptions
from backstop.cli.identity import book_ref, title_lines
from backstop.cli.opening import check_kept_in, key_for, open_book, tell_remark
from backstop.cli.progress import Progress
from backstop.cli.reply import Reply
from backstop.cli.results.settle import AccountOut, BroughtOn, DueOut, LineOut
from backstop.cli.tables import Column, block
from backstop.domain import BadInput, Book, Settled, message
from backstop.services import clock
from backstop.services.commands import Change
from backstop.services.looking import row_said
from backstop.services.matching import filled, matching, settled_by
from backstop.services.reading import read_statements
from backstop.services.session import BookSession, read_ledger
from backstop.services.settling import (
    InWork,
    begin_settling,
    month_by_month,
    next_stop,
    settled_change,
)
from backstop.services.settling_items import DueItem, Item
from backstop.services.settling_words import answer_said, item_title, planned_amount
from backstop.settling import Answer, AsPlanned, Happened, NotYet, months_between
from backstop.telling import Narrator, Words


def settled(asked: SettleOptions, words: Words) -> Reply:
    """Say what was due and what follows; bring the book on where something is said of it."""
    if asked.explain and not asked.says_something:
        return explained(asked, words)
    if not asked.says_something or asked.list:
        book = open_book(asked, words)
        begun = begin_settling(book, _until(asked, book))
        if asked.from_statements:
            kept = read_statements(asked.file, key=key_for(asked, words))
            begun = filled(begun, matching(begun, kept))
        work = told(begun, asked)
        ledger = read_ledger(asked.file, key=key_for(asked, words))
        return _reply(work, book, words, written=False, ledger=ledger)
    check_kept_in(asked.file)
    with BookSession.open(asked.file, key=key_for(asked, words)) as session:
        tell_remark(session, words)
        begun = begin_settling(session.book, _until(asked, session.book))
        if asked.from_statements:
            begun = filled(begun, matching(begun, session.statements()))
        work = told(begun, asked)
        if asked.from_statements:
            session.apply(settled_by(session, work))
        else:
            session.apply(_change(work, Progress(words, text="{n} of {of} months…")))
        return _reply(work, session.book, words, written=True)


def _change(work: InWork, progress: Progress) -> Change:
    """All of it at once; a book that is long behind comes on month by month where all went as
    planned."""
    stops = months_between(work.book, work.until)
    if work.says_something or next_stop(work.book, work.until) == work.until:
        return settled_change(work)
    changes = []
    for change in month_by_month(work.book, work.until):
        changes.append(change)
        progress(len(changes), len(stops))
    return changes[-1]


def _until(asked: SettleOptions, book: Book) -> date:
    """The day that was asked for, or today; raises `BadInput` for a book that is ahead of it."""
    if asked.to is not None:
        return asked.to
    today = clock.today_of(book)
    if today < book.as_of:
        raise BadInput(
            message(
                "This book describes {day}, which is still to come. Check the clock of this "
                "computer, or the as-of date in the details of the book.",
                day=book.as_of,
            )
        )
    return today


def _reply(
    work: InWork, book: Book, words: Words, *, written: bool, ledger: Sequence[Settled] = ()
) -> Reply:
    result = BroughtOn(
        book=book_ref(book),
        until=work.until,
        due=[_due(work, each, words) for each in work.items],
        accounts=[
            AccountOut(each.account, each.before, each.computed, each.shown, each.unexplained)
            for each in work.result.accounts
        ],
        lines=[
            LineOut(each.line, each.limit_before, each.limit, each.owed_before, each.owed)
            for each in work.result.lines
        ],
        unexplained=unexplained_out(ledger),
        written=written,
    )
    lines = [*title_lines(book, clock.age_of(book), words), "", _headline(work, words)]
    lines += [*_list(work, words), *_balances(work, words), *_lines(work, words)]
    lines += [*unexplained_lines(ledger, book, words), ""]
    if written:
        lines.append(words.say("Done. The book is as of {day} now.", day=book.as_of))
    elif work.until > work.book.as_of:
        lines.append(
            words.say(
                "Nothing is changed yet. Add --as-planned to do it, and what came otherwise: "
                "--came, --not-yet, --will-not."
            )
        )
    return Reply(lines, result)


def _headline(work: InWork, words: Words) -> str:
    if not work.past:
        return words.say("Nothing was due since {day}.", day=work.book.as_of)
    return words.count(
        len(work.past),
        "One thing was due from {first} to {last}.",
        "{n} things were due from {first} to {last}.",
        first=words.day(work.book.as_of),
        last=words.day(date.fromordinal(work.until.toordinal() - 1)),
    )


def _due(work: InWork, item: Item, words: Words) -> DueOut:
    narrator, answer = Narrator(work.book, words), work.answer_to(item)
    return DueOut(
        id=item.id,
        day=item.day,
        name=item_title(item, narrator),
        kind=item.due.kind.value if isinstance(item, DueItem) else type(item).__name__.lower(),
        planned=planned_amount(item),
        is_today=isinstance(item, DueItem) and item.is_today,
        answer=_named(answer),
        text=answer_said(item, answer, work.until, narrator),
        row=row_said(work.rows[item.id]) if item.id in work.rows else "",
    )


def _named(answer: Answer) -> str:
    match answer:
        case AsPlanned():
            return "as_planned"
        case Happened():
            return "happened"
        case NotYet():
            return "not_yet"
        case _:
            return "will_not"


def _list(work: InWork, words: Words) -> list[str]:
    columns = [
        Column(words.say("Date")),
        Column(words.say("item|What")),
        Column(words.say("Planned"), right=True),
        Column(words.say("What came of it")),
        Column("ID"),
        *([Column(words.say("Matched row"))] if work.rows else []),
    ]
    narrator = Narrator(work.book, words)
    return block(columns, [_row(work, each, narrator) for each in work.items])


def _row(work: InWork, item: Item, narrator: Narrator) -> list[str]:
    planned = planned_amount(item)
    return [
        narrator.day(item.day),
        item_title(item, narrator),
        "" if planned is None else _money(planned, work.book, narrator),
        answer_said(item, work.answer_to(item), work.until, narrator),
        item.id,
        *([row_said(work.rows[item.id]) if item.id in work.rows else ""] if work.rows else []),
    ]


def _balances(work: InWork, words: Words) -> list[str]:
    columns = [
        Column(words.say("Account")),
        Column(words.say("Balance before"), right=True),
        Column(words.say("As it follows"), right=True),
        Column(words.say("The bank shows"), right=True),
        Column(words.say("Unexplained"), right=True),
    ]
    rows = [
        [
            work.book.by_id[each.account].name,
            _money(each.before, work.book, words),
            _money(each.computed, work.book, words),
            "" if each.shown is None else _money(each.shown, work.book, words),
            _money(each.unexplained, work.book, words) if each.unexplained else "",
        ]
        for each in work.result.accounts
    ]
    return block(columns, rows)


def _lines(work: InWork, words: Words) -> list[str]:
    columns = [
        Column(words.say("Source")),
        Column(words.say("Limit until now"), right=True),
        Column(words.say("Limit then"), right=True),
        Column(words.say("Owed until now"), right=True),
        Column(words.say("Owed then"), right=True),
    ]
    rows = [
        [
            work.book.by_id[each.line].name,
            *(
                _money(amount, work.book, words)
                for amount in (each.limit_before, each.limit, each.owed_before, each.owed)
            ),
        ]
        for each in work.result.lines
    ]
    return block(columns, rows)


def _money(minor: int, book: Book, words: Words) -> str:
    return words.money(minor, book.currency, sign=False)
