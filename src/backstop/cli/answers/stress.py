"""The answer of `stress`: the losses, ranked."""

from functools import partial

from backstop.cli.answers.losing import as_cause, caused, closed, day_of, manner_asked_for
from backstop.cli.answers.outcomes import loss_out, verdict_out
from backstop.cli.answers.questions import (
    Further,
    customers_out,
    pairs_out,
    slack_out,
    standing_out,
    sweeps_out,
    threats_out,
    told,
)
from backstop.cli.commands.stress import StressOptions
from backstop.cli.identity import book_ref, title_lines
from backstop.cli.opening import open_book
from backstop.cli.reply import Exit, Reply
from backstop.cli.results.stress import PresetOut, Presets, Stressed
from backstop.cli.tables import Column, table
from backstop.contingency import Contingency, ContingencyKind, account_closures
from backstop.contingency.applying import choices
from backstop.contingency.presets import PRESETS, named
from backstop.domain import Book
from backstop.plan import Answers, Loss
from backstop.services import clock
from backstop.services.stress import answers_about, closures, saved_cases
from backstop.telling import Narrator, Words
from backstop.telling.phrases import in_words
from backstop.telling.sentences import (
    MARKS,
    Verdict,
    act_by_cell,
    bounces_cell,
    first_cell,
    loss_verdict,
    plan_cell,
    provisional_sentence,
    secure_count,
    secure_verdict,
    survival,
    verdict,
    worst_cell,
)


def stressed(asked: StressOptions, words: Words) -> Reply:
    """Every loss, or one, ranked; further questions when asked."""
    book = open_book(asked, words)
    asked = as_cause(asked, "groups", "saved", "accounts", "pairs")
    if asked.presets:
        return _presets(book, words)
    age = clock.age_of(book)
    day = day_of(asked, book, age)
    losses, closing = _losses_asked_for(book, asked, day)
    answers = in_words(answers_about(book, losses, day, age, proved=asked.proved), words)
    chosen = answers.losses if closing is None else (answers.loss(closing.id),)
    one = chosen[0] if closing or (asked.preset and len(chosen) == 1) else None
    narrator = Narrator(answers.book, words)
    answer = _verdict(asked, answers, one, narrator)
    further = _further(asked, losses, answers, chosen)
    lines = [*title_lines(book, age, words), "", answer.headline, answer.detail, ""]
    if not answers.projection.is_over:
        lines += [*_losses(answers, chosen, words), *told(answers, further, words)]
        lines += _still_open(answers, chosen, words)
    secure = "" if asked.in_a_manner else secure_count(answers, words)
    lines += ["", *filter(None, (secure, survival(answers, narrator)))]
    holds = not (answers.base.hurts or answers.projection.is_over)
    holds = holds and all(each.survivable for each in chosen)
    result = partial(_result, answers, chosen, answer, further)
    return Reply(lines, result, Exit.DONE if holds else Exit.GAP_REMAINS)


def _verdict(
    asked: StressOptions, answers: Answers, one: Loss | None, narrator: Narrator
) -> Verdict:
    """What has to be known first. That nothing is missed is said of what was asked about alone: a
    mild cause says nothing of a line that closes."""
    if one:
        return loss_verdict(answers, one, narrator)
    harmless = answers.losses and not answers.base.hurts
    harmless = harmless and not any(each.outcome.hurts for each in answers.losses)
    if not harmless or not asked.in_a_manner:
        return verdict(answers, narrator)
    cause = named(asked.preset) if asked.preset else None
    if cause is None:
        said = narrator.say("Where each goes in this way, no payment is missed.")
    else:
        said = narrator.say("In the case “{case}”, no payment is missed.", case=cause.name)
    return secure_verdict(answers, narrator, said)


def _further(
    asked: StressOptions,
    losses: list[Contingency],
    answers: Answers,
    chosen: tuple[Loss, ...],
) -> Further:
    """What else was asked about the chosen of these losses."""
    book, projection = answers.book, answers.projection
    day = day_of(asked, book, projection.today)
    closed, outcomes = [each.contingency for each in chosen], [each.outcome for each in chosen]
    return Further(
        pairs=pairs_out(projection, _singles(losses)) if asked.pairs else [],
        sweeps=sweeps_out(projection, closed) if asked.sweep else [],
        standing=standing_out(projection, closed) if asked.standing else [],
        receipts=slack_out(projection, closed) if asked.receipts else [],
        customers=customers_out(projection, day) if asked.customers else [],
        payments=threats_out(projection, outcomes) if asked.payments else [],
    )


def _result(
    answers: Answers, chosen: tuple[Loss, ...], answer: Verdict, further: Further
) -> Stressed:
    """The chosen of these losses, each with its place among all, and what else was asked."""
    book, ids = answers.book, set(_ids(chosen))
    return Stressed(
        book=book_ref(book),
        verdict=verdict_out(answer),
        lines=len(answers.singles),
        not_survivable=_ids(answers.not_survivable),
        groups=len(answers.groups),
        groups_not_survivable=_ids(answers.groups_not_survivable),
        provisional=_ids(answers.provisional),
        survival_days=answers.days_left,
        anyway=None if answers.anyway is None else loss_out(book, 0, answers.anyway),
        losses=[
            loss_out(book, rank, each)
            for rank, each in enumerate(answers.losses, start=1)
            if each.contingency.id in ids
        ],
        pairs=further.pairs,
        sweeps=further.sweeps,
        standing=further.standing,
        receipts=further.receipts,
        customers=further.customers,
        payments=further.payments,
    )


def _still_open(answers: Answers, chosen: tuple[Loss, ...], words: Words) -> list[str]:
    """What is not the last word yet."""
    number = sum(each.provisional for each in chosen)
    return ["", provisional_sentence(answers, number, words)] if number else []


def _ids(losses: tuple[Loss, ...]) -> list[str]:
    return [each.contingency.id for each in losses]


def _losses_asked_for(
    book: Book, asked: StressOptions, day: int
) -> tuple[list[Contingency], Contingency | None]:
    """The losses that the options name, and the one of them that is asked for alone; a wrong name
    is said before the long work."""
    if asked.preset:
        return caused(book, asked, day), None
    found = _listed(book, asked, day)
    if not asked.close:
        return found, None
    one = closed(book, asked, day)
    return [*(each for each in found if each.id != one.id), one], one


def _listed(book: Book, asked: StressOptions, day: int) -> list[Contingency]:
    manner = manner_asked_for(asked, book)
    if asked.saved:
        return [manner.of(each) for each in saved_cases(book, day)]
    if asked.accounts:
        return [manner.of(each) for each in account_closures(book, day)]
    return closures(book, day, manner, groups=asked.groups)


def _singles(found: list[Contingency]) -> list[Contingency]:
    return [each for each in found if each.kind is ContingencyKind.SINGLE]


def _presets(book: Book, words: Words) -> Reply:
    """Every cause by name, and what it can be applied to in this book."""
    known = [(preset, choices(book, preset)) for preset in PRESETS]
    result = Presets(
        presets=[
            PresetOut(each.key, words.tell(each.name), words.tell(each.told), applies)
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
        Column(words.say("Short at first"), right=True),
        Column(words.say("At the worst"), right=True),
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
            first_cell(each, narrator),
            worst_cell(each, narrator),
            plan_cell(each, narrator),
            act_by_cell(each, narrator),
            bounces_cell(each, narrator),
        ]
        for each in chosen
    ]
    return table(columns, rows)
