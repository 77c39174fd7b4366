"""What is said of all that was expected, in the order in which one thing follows from another:
first receipts, payments and draws; then, as these leave them, instalments and bills.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from backstop.domain import Book
from backstop.settling.calling import call, called_until
from backstop.settling.edits import AT_FIRST, LATER, Edits
from backstop.settling.freezing import give, given_before
from backstop.settling.listing import due_between
from backstop.settling.losing import lose, lost_until
from backstop.settling.steps import carry_out, steps_until
from backstop.settling.values import (
    AS_PLANNED,
    Answer,
    AsPlanned,
    Expected,
    ExpectedKind,
    Happened,
    NotYet,
    Told,
)


class Answered:
    """The answers to what was `listed`, the `edits` that follow from them, and what then `came`, by
    the ids of the list: what is not in it did not fall due, after all."""

    def __init__(self, book: Book, until: date, listed: Sequence[Expected], told: Told) -> None:
        self.book, self.until, self.listed = book, until, listed
        self.answers = in_order(listed, dict(told.answers))
        self.edits = Edits(book, until)
        self.edits.said = {n for n, e in self.answers.items() if not isinstance(e, AsPlanned)}
        self._at_first(told)
        self.came = self._listed_again() if self.edits.is_used else _by_id(listed)
        self._then()

    def answer(self, each: Expected) -> Answer:
        """What is said of it; as planned, where nothing is."""
        return self.answers.get(each.id, AS_PLANNED)

    def _at_first(self, told: Told) -> None:
        lose_and_carry_out(self.edits, self.answers)
        for each in self.listed:
            if each.kind in AT_FIRST:
                self.edits.answer(each, self.answer(each))
        for other in told.extras:
            self.edits.extra(other)

    def _then(self) -> None:
        for each in self.listed:
            answer, now = self.answer(each), self.came.get(each.id)
            if each.kind is ExpectedKind.EARLY and isinstance(answer, Happened):
                self._paid_early(each, answer)
            elif each.kind not in AT_FIRST and now is not None:
                self.edits.answer(now, answer)
            elif each.kind is ExpectedKind.HELD:
                self.edits.answer(each._replace(planned=0), answer)

    def _paid_early(self, each: Expected, answer: Happened) -> None:
        early = (e for e in self.came.values() if e.kind is each.kind and e.tranche == each.tranche)
        for now in early:
            self.edits.cash[each.account] += now.planned - answer.amount

    def _listed_again(self) -> dict[str, Expected]:
        """What is expected of the changed book; what is there for a while is known by what it
        stands for."""
        found, known = {}, {each.id for each in self.listed}
        for each in due_between(self.edits.book, self.until, self.edits.moved, lost=()):
            stem, made, _ = each.tranche.partition("@")
            stands_for, day = self.edits.instead.get(each.record, ("", None))
            name = f"{stands_for}@{day}" if stands_for else each.id
            if made and stem in self.edits.instead:
                stands_for, day = self.edits.instead[stem]
                name = name.replace(each.tranche, f"{stands_for}@{day}", 1)
            held = f"{each.record.replace(LATER, '@')}!held"
            if held in known and each.record not in self.book.by_id:
                name = held
            found[name] = each
        return found

    def unforeseen(self) -> list[Expected]:
        """What fell due only because of what was said: a bill for what nobody planned to buy."""
        known = {each.id for each in self.listed}
        apart = {*AT_FIRST, ExpectedKind.STEP}
        return [
            each
            for name, each in self.came.items()
            if name not in known and each.kind not in apart and each.record in self.book.by_id
        ]


def lose_and_carry_out(edits: Edits, answers: Mapping[str, Answer]) -> bool:
    """What losses that happened took until then, and the steps of plans for them, by these answers:
    as planned, where there is none. Whether there was anything."""
    book, until = edits.book, edits.until
    lost, called = lost_until(book, until), called_until(book, until)
    given, steps = given_before(book, until), steps_until(book, until)
    lose(edits, lost, edits.said)
    call(edits, called)
    give(edits, given)
    for step in steps:
        carry_out(edits, step, answers.get(step.id, AS_PLANNED))
    return bool(lost or called or given or steps)


def in_order(listed: Sequence[Expected], answers: dict[str, Answer]) -> dict[str, Answer]:
    """The answers, with payments on one draw taken to be for its oldest instalments: where some are
    not made, it is the last of them that are not paid."""
    found, by_draw = dict(answers), defaultdict[str, list[Expected]](list)
    for each in listed:
        if each.kind is ExpectedKind.INSTALMENT:
            by_draw[each.tranche].append(each)
    for mine in by_draw.values():
        missing = [each for each in mine if isinstance(found.get(each.id), NotYet)]
        if not missing:
            continue
        last = mine[len(mine) - len(missing) :]
        waiting = [found.pop(each.id) for each in missing]
        found |= {each.id: answer for each, answer in zip(last, waiting, strict=True)}
    return found


def _by_id(listed: Iterable[Expected]) -> Mapping[str, Expected]:
    return {each.id: each for each in listed}
