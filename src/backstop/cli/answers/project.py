"""The answer of `project`: cash day by day."""

from datetime import date
from itertools import groupby
from pathlib import Path

import numpy as np

from backstop.cli.answers.outcomes import date_or_none, payment_out, verdict_out
from backstop.cli.commands.project import ProjectOptions
from backstop.cli.identity import book_ref, title_lines
from backstop.cli.opening import check_outputs, open_book, remarks_on
from backstop.cli.reply import Exit, Reply
from backstop.cli.results.project import Day, Projected
from backstop.cli.tables import Column, table
from backstop.contingency import obligations
from backstop.projection import Projection
from backstop.services import clock
from backstop.services.answers import base_of, day_in
from backstop.services.documents import days_table
from backstop.services.placing import write_whole
from backstop.telling import Narrator, Words, date_of
from backstop.telling.phrases import obligation_title
from backstop.telling.sentences import (
    base_verdict,
)

SOON_DAYS = 14


def projected(asked: ProjectOptions, words: Words) -> Reply:
    """Daily balances, obligations and low points with every line open."""
    csv = Path(asked.csv) if asked.csv else None
    if csv:
        check_outputs(asked, {"csv": csv})
    book = open_book(asked, words)
    last = book.horizon_days if asked.until is None else day_in(book, asked.until)
    projection, base = base_of(book, clock.age_of(book))
    answer = base_verdict(base, Narrator(book, words))
    result = Projected(
        book=book_ref(book),
        verdict=verdict_out(answer),
        opening=projection.opening,
        minimum_cash=book.minimum_cash,
        lowest=base.lowest_cash,
        lowest_date=date_of(book, base.lowest_day),
        first_shortfall=date_or_none(book, base.first_shortfall),
        days=_days(projection, last),
        payments=[payment_out(book, each) for each in obligations(projection, last=last)],
        csv=str(csv) if csv else None,
    )
    lines = [*title_lines(book, projection.today, words), "", answer.headline, answer.detail, ""]
    lines += [*_months(projection, last, words), "", *_soon(projection, last, words)]
    if csv:
        write_whole(csv, days_table(projection, words, last), "csv")
        lines += ["", words.say("Wrote “{file}”.", file=csv.name)]
    code = Exit.GAP_REMAINS if base.hurts or projection.is_over else Exit.DONE
    return Reply(lines, result, code, remarks=remarks_on(asked.file, words, csv))


def _days(projection: Projection, last: int) -> list[Day]:
    columns = (
        projection.low,
        projection.closing,
        projection.funding,
        projection.payments,
        projection.receipts,
        projection.buffer,
        projection.floor,
    )
    return [
        Day(projection.date_of(day), *(int(column[day]) for column in columns))
        for day in range(last + 1)
    ]


def _months(projection: Projection, last: int, words: Words) -> list[str]:
    """In, out, and the least cash of each month."""
    book = projection.book
    columns = [
        Column(words.say("Month")),
        Column(words.say("Money in"), right=True),
        Column(words.say("Money out"), right=True),
        Column(words.say("At the end"), right=True),
        Column(words.say("Lowest"), right=True),
        Column(words.say("a day|on")),
    ]
    by_month = groupby(range(last + 1), key=lambda day: projection.date_of(day).replace(day=1))
    rows = [_month(projection, month, list(days), words) for month, days in by_month]
    return [*table(columns, rows), words.say("Amounts in {currency}.", currency=book.currency)]


def _month(projection: Projection, month: date, days: list[int], words: Words) -> list[str]:
    book, span = projection.book, slice(days[0], days[-1] + 1)
    money_in = int(projection.funding[span].sum() + projection.receipts[span].sum())
    low = projection.low[span]
    figures = (
        money_in,
        -int(projection.payments[span].sum()),
        int(projection.closing[days[-1]]),
        int(low.min()),
    )
    return [
        words.month(month),
        *(words.money(each, book.currency, sign=False) for each in figures),
        words.short_day(date_of(book, days[int(np.argmin(low))])),
    ]


def _soon(projection: Projection, last: int, words: Words) -> list[str]:
    """The payments of the next two weeks."""
    book, first = projection.book, projection.start
    due = obligations(projection, None, first, min(last, first + SOON_DAYS - 1))
    heading = words.say("Payments of the next {n} days", n=SOON_DAYS)
    if not due:
        return [heading + ": " + words.say("none")]
    columns = [
        Column(words.say("Date")),
        Column(words.say("Payment")),
        Column(words.say("Amount"), right=True),
        Column(words.say("Class")),
    ]
    narrator = Narrator(book, words)
    rows = [
        [
            narrator.brief_day(each.day),
            obligation_title(each, narrator),
            words.money(each.amount, book.currency, sign=False),
            f"{int(each.priority)} {words.label(each.priority)}",
        ]
        for each in due
    ]
    return [heading, *table(columns, rows)]
