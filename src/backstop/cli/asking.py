"""Commands that ask a book: project, stress."""

from argparse import Namespace
from datetime import date
from itertools import groupby
from pathlib import Path

import numpy as np

from backstop.cli import results as out
from backstop.cli.convert import loss_out, payment_out, said
from backstop.cli.identity import book_ref, title_lines
from backstop.cli.opening import check_outputs, open_book, remarks_on
from backstop.cli.questions import (
    customers_out,
    pairs_out,
    slack_out,
    standing_out,
    sweeps_out,
    threats_out,
    told,
)
from backstop.cli.reply import Exit, Reply
from backstop.cli.tables import Column, table
from backstop.cli.usage import check_beside
from backstop.contingency import Cascade, Contingency, ContingencyKind, Manner, obligations
from backstop.contingency.applying import choices
from backstop.contingency.presets import PRESETS
from backstop.domain import BadInput, Book, LossMode, message
from backstop.plan import Answers, Loss
from backstop.projection import Projection
from backstop.services import clock
from backstop.services.answers import base_of, check_known, day_in
from backstop.services.documents import days_table
from backstop.services.placing import write_whole
from backstop.services.stress import (
    answers_about,
    closures,
    preset_closures,
    saved_cases,
)
from backstop.telling import Narrator, Words, date_of
from backstop.telling.phrases import in_words, obligation_title
from backstop.telling.sentences import (
    MARKS,
    Verdict,
    act_by_cell,
    base_verdict,
    bounces_cell,
    gap_cell,
    loss_verdict,
    plan_cell,
    secure_count,
    survival,
    verdict,
)

SOON_DAYS = 14


def project(given: Namespace, words: Words) -> Reply:
    """Daily balances, obligations and low points with every line open."""
    csv = Path(given.csv) if given.csv else None
    if csv:
        check_outputs(given, {"csv": csv})
    book = open_book(given, words)
    last = book.horizon_days if given.until is None else day_in(book, given.until)
    projection, base = base_of(book, clock.age_of(book))
    answer = base_verdict(base, Narrator(book, words))
    result = out.Projected(
        book=book_ref(book),
        verdict=said(answer),
        opening=projection.opening,
        minimum_cash=book.minimum_cash,
        lowest=base.lowest_cash,
        lowest_date=date_of(book, base.lowest_day),
        first_shortfall=_date_or_none(book, base.first_shortfall),
        days=_days(projection, last),
        payments=[payment_out(book, each) for each in obligations(projection, last=last)],
        csv=str(csv) if csv else None,
    )
    lines = [*title_lines(book, projection.today, words), "", answer.headline, answer.detail, ""]
    lines += [*_months(projection, last, words), "", *_soon(projection, last, words)]
    if csv:
        write_whole(csv, days_table(projection, words, last), "csv")
        lines += ["", words.say("Wrote “{file}”.", file=csv.name)]
    code = Exit.GAP_REMAINS if base.hurts else Exit.DONE
    return Reply(lines, result, code, remarks=remarks_on(given.file, words, csv))


def _date_or_none(book: Book, offset: int | None) -> date | None:
    return None if offset is None else date_of(book, offset)


def _days(projection: Projection, last: int) -> list[out.Day]:
    columns = (
        projection.low,
        projection.closing,
        projection.funding,
        projection.payments,
        projection.receipts,
    )
    return [
        out.Day(projection.date_of(day), *(int(column[day]) for column in columns))
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


def stress(given: Namespace, words: Words) -> Reply:
    """Every loss, or one, ranked; further questions when asked."""
    check_beside(given, "of", "preset")
    book = open_book(given, words)
    if given.presets:
        return _presets(book, words)
    age = clock.age_of(book)
    day = _day_of(given, book, age)
    losses = _asked(book, given, day)
    answers = in_words(answers_about(book, losses, day, age), words)
    only = given.close and not given.preset
    chosen = (answers.loss(given.close),) if only else answers.losses
    one = chosen[0] if only or (given.preset and len(chosen) == 1) else None
    narrator = Narrator(answers.book, words)
    answer = loss_verdict(answers, one, narrator) if one else verdict(answers, narrator)
    result = _stressed(given, losses, answers, chosen, answer)
    lines = [*title_lines(book, age, words), "", answer.headline, answer.detail, ""]
    lines += [*_losses(answers, chosen, words), *told(answers, result, words)]
    secure = secure_count(answers, words)
    lines += ["", *([secure] if secure else []), survival(answers, narrator)]
    code = Exit.DONE if all(each.survivable for each in chosen) else Exit.GAP_REMAINS
    return Reply(lines, result, code)


def _stressed(
    given: Namespace,
    losses: list[Contingency],
    answers: Answers,
    chosen: tuple[Loss, ...],
    answer: Verdict,
) -> out.Stressed:
    """The chosen of these losses, and what else was asked about them."""
    book, projection = answers.book, answers.projection
    day = _day_of(given, book, projection.today)
    asked, outcomes = [each.contingency for each in chosen], [each.outcome for each in chosen]
    return out.Stressed(
        book=book_ref(book),
        verdict=said(answer),
        lines=len(answers.singles),
        not_survivable=_ids(answers.not_survivable),
        groups=len(answers.groups),
        groups_not_survivable=_ids(answers.groups_not_survivable),
        survival_days=answers.days_left,
        losses=[
            loss_out(book, rank, each)
            for rank, each in enumerate(answers.losses, start=1)
            if each in chosen
        ],
        pairs=pairs_out(projection, _singles(losses)) if given.pairs else [],
        sweeps=sweeps_out(projection, asked) if given.sweep else [],
        standing=standing_out(projection, asked) if given.standing else [],
        receipts=slack_out(projection, asked) if given.receipts else [],
        customers=customers_out(projection, day) if given.customers else [],
        payments=threats_out(projection, outcomes) if given.payments else [],
    )


def _ids(losses: tuple[Loss, ...]) -> list[str]:
    return [each.contingency.id for each in losses]


def _day_of(given: Namespace, book: Book, age: int) -> int:
    """The day of the losses (offset): the one given, or today as far as the book reaches."""
    if given.on is not None:
        return day_in(book, given.on)
    return min(max(0, age), book.horizon_days)


def _asked(book: Book, given: Namespace, day: int) -> list[Contingency]:
    """The losses that the options name; a wrong name is said before the long work."""
    manner = _manner(given)
    if given.saved:
        return _chosen_of(book, given, [manner.of(each) for each in saved_cases(book, day)])
    if given.preset:
        chosen = given.of if given.of is not None else given.close
        return preset_closures(book, given.preset, chosen, day, manner)
    return _chosen_of(book, given, closures(book, day, manner, groups=given.groups))


def _manner(given: Namespace) -> Manner:
    mode = LossMode(given.mode) if given.mode else None
    after, cut = given.others_after, given.others_cut
    if (after is None) != (cut is None):
        raise BadInput(message("Say both when others follow and by how much they are cut."))
    cascade = None if cut is None else Cascade(after, cut)
    return Manner(mode, given.notice, given.days, given.cut, given.late, cascade)


def _chosen_of(book: Book, given: Namespace, found: list[Contingency]) -> list[Contingency]:
    """What was found, once the one that is asked for is known to be in it."""
    if given.close:
        check_known(book, given.close, [each.id for each in found])
    return found


def _singles(found: list[Contingency]) -> list[Contingency]:
    return [each for each in found if each.kind is ContingencyKind.SINGLE]


def _presets(book: Book, words: Words) -> Reply:
    """Every cause by name, and what it can be applied to in this book."""
    known = [(preset, choices(book, preset)) for preset in PRESETS]
    result = out.Presets(
        presets=[
            out.PresetOut(each.key, words.tell(each.name), words.tell(each.told), applies)
            for each, applies in known
        ]
    )
    columns = [Column(words.say("Cause")), Column(words.say("Name")), Column(words.say("Assumed"))]
    rows = [[each.key, words.tell(each.name), words.tell(each.told)] for each, _ in known]
    return Reply(table(columns, rows), result, Exit.DONE)


def _losses(answers: Answers, chosen: tuple[Loss, ...], words: Words) -> list[str]:
    if not chosen:
        return [words.say("There is no line in this book yet.")]
    book = answers.book
    columns = [
        Column(""),
        Column(words.say("If this closes")),
        Column("ID"),
        Column(words.say("If nothing is done"), right=True),
        Column(words.say("With the best plan"), right=True),
        Column(words.say("Act by")),
        Column(words.say("Not paid")),
    ]
    narrator = Narrator(book, words)
    rows = [
        [
            MARKS[each.severity],
            each.name,
            each.contingency.id,
            gap_cell(each, narrator),
            plan_cell(each, narrator),
            act_by_cell(each, narrator),
            bounces_cell(each, narrator),
        ]
        for each in chosen
    ]
    return table(columns, rows)
