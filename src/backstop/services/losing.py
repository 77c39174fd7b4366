"""The loss that an owner names: any element by its id or name, a cause, or nothing at all."""

from collections.abc import Iterator
from dataclasses import replace

from backstop.contingency import (
    Contingency,
    OfRecord,
    SavedCase,
    closure_known_as,
    known_closures,
    outcomes,
    saved_closures,
    title_of,
)
from backstop.contingency.ways import modes_of
from backstop.domain import BadInput, Book, LossMode, is_called, message
from backstop.plan import Answers, Loss
from backstop.plan.life.progress import as_it_goes_on


def loss_named(book: Book, text: str, loss_day: int) -> Contingency:
    """The loss of the line, account, receipt, group or saved case with this id, or else this name.

    Raises `BadInput` where there is none, naming some, or where several have the name.
    """
    known = closure_known_as(book, text.strip(), loss_day)
    if known is not None:
        return known
    found = [each for each in _of_records(book, loss_day) if is_called(book.by_id[each.id], text)]
    if len(found) == 1:
        return found[0]
    ids = [each.id for each in found or _of_records(book, loss_day)]
    if not ids:
        raise BadInput(message("This book has no credit line that could close. Add one first."))
    if found:
        raise BadInput(
            message(
                "Several are called “{name}”. Choose one by its id: {known}.",
                name=text[:60],
                known=tuple(ids),
            )
        )
    raise BadInput(
        message(
            "“{id}” is no line, account, receipt or group of this book. Choose one of: {known}.",
            id=text[:60],
            known=tuple(ids),
        )
    )


def check_mode(book: Book, contingency: Contingency, mode: LossMode) -> None:
    """Refuse a way in which nothing of this loss can go; raises `BadInput` naming those it can."""
    possible = dict.fromkeys(each for id_ in contingency.targets for each in modes_of(book, id_))
    if mode in possible:
        return
    lost = title_of(book, contingency.identity)
    if not possible:
        raise BadInput(
            message("For {lost} there is no choice of how it goes. Leave out --mode.", lost=lost)
        )
    raise BadInput(
        message(
            "“{lost}” cannot go in the way “{mode}”. Choose one of: {known}.",
            lost=lost,
            mode=mode,
            known=tuple(each.value for each in possible),
        )
    )


def is_known(book: Book, contingency: Contingency) -> bool:
    """Whether the book makes just this loss of its id, on whatever day."""
    known = closure_known_as(book, contingency.id)
    return known is not None and replace(known, loss_day=0) == replace(contingency, loss_day=0)


def with_loss(answers: Answers, contingency: Contingency, name: str = "") -> Answers:
    """The answers with this loss behind the others, in the place of another one with its id."""
    if any(each.contingency == contingency for each in answers.all_losses):
        return answers
    others = tuple(each for each in answers.losses if each.contingency.id != contingency.id)
    return replace(answers, losses=(*others, *_losses(answers, [contingency], name)))


def loss_on(answers: Answers, contingency: str, day: int) -> Loss:
    """The answer for the loss with this id on that day (offset). Where a plan for it is being
    carried out, and no other day is asked for, it is the loss as it is by now. Raises KeyError."""
    known = answers.loss(contingency)
    asked = replace(known.contingency, loss_day=day)
    if asked == known.contingency:
        asked = as_it_goes_on(answers.book, asked)
    if asked == known.contingency:
        return known
    (outcome,) = outcomes(answers.projection, [asked])
    return Loss(known.name, outcome, anyway=known.anyway)


def plannable(answers: Answers) -> Answers:
    """The answers with all else that a plan is asked for: what falls short though nothing is lost,
    before the others, and behind them the losses that the book keeps by name, each on its own date
    or on that of the others, without cures."""
    day = answers.losses[0].contingency.loss_day if answers.losses else answers.projection.now
    saved = saved_closures(answers.book, day)
    return replace(answers, losses=(*answers.all_losses, *_losses(answers, saved)))


def _losses(answers: Answers, lost: list[Contingency], name: str = "") -> list[Loss]:
    found = outcomes(answers.projection, lost) if lost else []
    anyway = answers.anyway.cure if answers.anyway else None
    return [
        Loss(name or _name(answers.book, each), outcome, anyway=anyway)
        for each, outcome in zip(lost, found, strict=True)
    ]


def _of_records(book: Book, loss_day: int) -> Iterator[Contingency]:
    for each in known_closures(book, loss_day):
        if isinstance(each.identity, OfRecord | SavedCase):
            yield each


def _name(book: Book, contingency: Contingency) -> str:
    record = book.by_id.get(contingency.id)
    return contingency.id if record is None else record.name
