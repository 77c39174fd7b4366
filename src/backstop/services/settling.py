"""A book brought to today: what was due since, what the owner says came of it, and the one change
that follows. A settling in work is a value: each answer gives another one, and nothing is written.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from types import MappingProxyType
from typing import TypeVar

from backstop.contingency import nothing_lost, projection_of_now, with_standing_draws
from backstop.domain import (
    BadInput,
    Book,
    CashFlow,
    Direction,
    Facility,
    KeptRow,
    Repeat,
    SavedContingency,
    Settled,
    message,
)
from backstop.services.commands import Change
from backstop.services.settling_items import (
    STILL_TO_COME,
    DueItem,
    Item,
    OfferedDraw,
    Other,
    PassedLoss,
)
from backstop.services.settling_losses import (
    cut_by,
    left_by,
    lost_for_good,
    spent_on,
)
from backstop.settling import (
    UNEXPLAINED,
    Answer,
    AsPlanned,
    Extra,
    ExtraKind,
    NotYet,
    Settling,
    Told,
    due_between,
    due_on,
    months_between,
    settle,
)

LONG_AGO_DAYS = 62
"""An older book is settled month by month."""

NO_ANSWERS: Mapping[str, Answer] = MappingProxyType({})
NO_AMOUNTS: Mapping[str, int] = MappingProxyType({})
NO_ROWS: Mapping[str, KeptRow] = MappingProxyType({})


@dataclass(frozen=True)
class InWork:
    """A settling of `book` up to `until` that is being worked on; a book that is old goes month by
    month, and `last` is the day that it comes to in the end.

    `answers` are by the ids of `items`; what is not there has its `usual` one. `balances` are what
    the bank shows now by account, `limits` and `owed` what the lender's app shows by line (minor
    units); `gone` are lines that are no more. `rows` are the rows of statements that items are laid
    on, by the items' ids.
    """

    book: Book
    until: date
    last: date
    expected: tuple[DueItem | OfferedDraw | PassedLoss, ...]
    others: tuple[Other, ...] = ()
    answers: Mapping[str, Answer] = field(default_factory=lambda: NO_ANSWERS)
    balances: Mapping[str, int] = field(default_factory=lambda: NO_AMOUNTS)
    limits: Mapping[str, int] = field(default_factory=lambda: NO_AMOUNTS)
    owed: Mapping[str, int] = field(default_factory=lambda: NO_AMOUNTS)
    gone: frozenset[str] = frozenset()
    rows: Mapping[str, KeptRow] = field(default_factory=lambda: NO_ROWS)

    @property
    def says_something(self) -> bool:
        """Whether anything is said otherwise than as planned."""
        said = self.answers or self.others or self.balances or self.limits or self.gone
        return bool(said or self.rows)

    @property
    def is_last(self) -> bool:
        """Whether the book comes to its last day by it: what banks show now belongs to that day."""
        return self.until == self.last

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """All that is listed, in the order of the days; of one day, in that of the engine."""
        return tuple(sorted((*self.expected, *self.others), key=lambda each: each.day))

    @cached_property
    def past(self) -> tuple[DueItem, ...]:
        """What was expected before `until`."""
        return tuple(e for e in self.expected if isinstance(e, DueItem) and not e.is_today)

    def answer_to(self, item: Item) -> Answer:
        """What is said of an item."""
        return self.answers.get(item.id, item.usual)

    def answered(self, ids: Iterable[str], answer: Answer | None) -> InWork:
        """With this answer to all of these; None for the usual one of each. What is said by hand
        lies on no row of a statement."""
        mine = set(ids)
        said = {} if answer is None else dict.fromkeys(mine, answer)
        return replace(
            self,
            answers=MappingProxyType(_without(self.answers, mine) | said),
            rows=MappingProxyType(_without(self.rows, mine)),
        )

    def laid_on(self, id_: str, row: KeptRow, answer: Answer) -> InWork:
        """With an item laid on the row of a statement, which answers it so; a row that lay under
        another item leaves that one as it usually is."""
        before = {key for key, each in self.rows.items() if each.digest == row.digest}
        work = self.answered(before | {id_}, None)
        item = next(each for each in self.items if each.id == id_)
        said = {} if answer == item.usual else {id_: answer}
        return replace(
            work,
            answers=MappingProxyType(dict(work.answers) | said),
            rows=MappingProxyType(dict(work.rows) | {id_: row}),
        )

    def with_other(self, extra: Extra, *, recurs: bool = False) -> InWork:
        """With something else that happened; raises `BadInput` for a day that is not yet over."""
        check_over(extra.day, self.until)
        number = 1 + max((int(each.id.removeprefix(_OTHER)) for each in self.others), default=0)
        return replace(self, others=(*self.others, Other(f"{_OTHER}{number}", extra, recurs)))

    def without_other(self, id_: str) -> InWork:
        """Without something that was said to have happened."""
        return replace(self, others=tuple(each for each in self.others if each.id != id_))

    def with_balance(self, account: str, shown: int | None) -> InWork:
        """With what the bank shows now; None for nothing said."""
        return replace(self, balances=_put(self.balances, account, shown))

    def with_limit(self, line: str, shown: int | None) -> InWork:
        """With the limit that the lender's app shows now."""
        return replace(self, limits=_put(self.limits, line, shown))

    def with_owed(self, line: str, shown: int | None) -> InWork:
        """With what the lender's app shows as owed."""
        return replace(self, owed=_put(self.owed, line, shown))

    def with_gone(self, line: str, gone: bool) -> InWork:
        """With a line that is no more, or is there after all."""
        return replace(self, gone=self.gone | {line} if gone else self.gone - {line})

    def going_on_from(self, other: InWork) -> InWork:
        """With all that was said of an earlier state of the book, as far as it is still there."""
        known = {each.id for each in (*self.expected, *other.others)}
        there = self.book.by_id
        return replace(
            self,
            others=other.others,
            answers=MappingProxyType({k: v for k, v in other.answers.items() if k in known}),
            rows=MappingProxyType({k: v for k, v in other.rows.items() if k in known}),
            balances=MappingProxyType({k: v for k, v in other.balances.items() if k in there}),
            limits=MappingProxyType({k: v for k, v in other.limits.items() if k in there}),
            owed=MappingProxyType({k: v for k, v in other.owed.items() if k in there}),
            gone=frozenset(each for each in other.gone if each in there),
        )

    @property
    def told(self) -> Told:
        """All that is said, for the engine."""
        said = {
            each.id: self.answers[each.id]
            for each in self.expected
            if isinstance(each, DueItem) and self.answers.get(each.id, each.usual) != each.usual
        }
        came: tuple[OfferedDraw | Other, ...] = (*self._taken(), *self.others)
        spent = (each for loss in self.losses for each in spent_on(self.book, loss, self.until))
        return Told(
            answers=MappingProxyType(said),
            extras=(*(each.extra for each in came), *spent),
            balances=self.balances,
            limits=self.limits,
            gone=MappingProxyType(dict.fromkeys(self.gone, self.until) | self._lost()),
            cuts=tuple(each for loss in self.losses for each in cut_by(self.book, loss)),
            by_statement=frozenset(self.rows),
        )

    @cached_property
    def result(self) -> Settling:
        """Book and ledger as they follow; raises `BadInput`."""
        return settle(self.book, self.until, self.told)

    def happened(self, item: PassedLoss) -> bool:
        """Whether a saved loss is said to have happened."""
        return isinstance(self.answer_to(item), AsPlanned)

    def _taken(self) -> Iterator[OfferedDraw]:
        for each in self.expected:
            if isinstance(each, OfferedDraw) and isinstance(self.answer_to(each), AsPlanned):
                yield each

    @cached_property
    def losses(self) -> tuple[SavedContingency, ...]:
        """The saved losses that are said to have happened."""
        passed = (each for each in self.expected if isinstance(each, PassedLoss))
        return tuple(each.loss for each in passed if self.happened(each))

    def _lost(self) -> dict[str, date]:
        """The lines that these losses took for good, each since its day."""
        return dict(each for loss in self.losses for each in lost_for_good(self.book, loss))


_OTHER = "other-"
V = TypeVar("V")


def _without(said: Mapping[str, V], ids: set[str]) -> dict[str, V]:
    return {key: each for key, each in said.items() if key not in ids}


def _put(amounts: Mapping[str, int], key: str, shown: int | None) -> Mapping[str, int]:
    others = {each: amount for each, amount in amounts.items() if each != key}
    return MappingProxyType(others if shown is None else others | {key: shown})


def begin_settling(book: Book, until: date, last: date | None = None) -> InWork:
    """What was due from the as-of date to `until`, nothing said of it yet. On a stop on the way to
    `last` nothing is asked of its own day. Raises `BadInput` for a day before the as-of date."""
    check_forward(book, until)
    is_stop = last is not None and until < last
    listed: list[DueItem | OfferedDraw | PassedLoss] = [
        *(DueItem(each, is_today=False) for each in due_between(book, until)),
        *offered_draws(book, until),
        *passed_losses(book, until),
        *(DueItem(each, is_today=True) for each in (() if is_stop else due_on(book, until))),
    ]
    return InWork(book, until, last or until, tuple(listed))


def next_stop(book: Book, today: date) -> date:
    """The day to bring a book to next: today, or the first of a month on the way where that is long
    ago."""
    if (today - book.as_of).days <= LONG_AGO_DAYS:
        return today
    return months_between(book, today)[0]


def month_by_month(book: Book, until: date) -> Iterator[Change]:
    """The book brought to `until` as planned, month by month; each change is that of the whole way
    so far, and the last one of all of it."""
    ledger: tuple[Settled, ...] = ()
    later = book
    for day in months_between(book, until):
        result = settle(later, day)
        later, ledger = result.book, (*ledger, *result.ledger)
        yield Change(book, later, message("bring the book to {day}", day=day), settled=ledger)


def check_forward(book: Book, until: date) -> None:
    """Refuse to go back: what is settled stays settled."""
    if until < book.as_of:
        raise BadInput(
            message(
                "This book is as of {as_of}; it cannot go back to {day}. Choose a later day, undo "
                "what was settled, or open a backup.",
                as_of=book.as_of,
                day=until,
            ),
            "as_of",
        )


def check_over(day: date, until: date) -> None:
    """Refuse a day that is not over: what comes today or later is not settled yet."""
    if day >= until:
        raise BadInput(
            message(
                "{day} is not over yet. Choose a day up to {last}.",
                day=day,
                last=date.fromordinal(until.toordinal() - 1),
            )
        )


def due_count(book: Book, until: date) -> int:
    """How many things were due from the as-of date to the day before `until`."""
    return len(due_between(book, until)) if until > book.as_of else 0


def offered_draws(book: Book, until: date) -> tuple[OfferedDraw, ...]:
    """The draws of the standing rule before `until`."""
    if not book.standing_draws or until <= book.as_of:
        return ()
    (standing,) = with_standing_draws(projection_of_now(book), [nothing_lost()])
    last = (until - book.as_of).days
    return tuple(
        _offered(book, each.facility, each.day, each.amount)
        for each in standing.draws
        if each.day < last
    )


def _offered(book: Book, line_id: str, offset: int, amount: int) -> OfferedDraw:
    line, day = book.by_id[line_id], date.fromordinal(book.as_of.toordinal() + offset)
    periods = line.periods if isinstance(line, Facility) else 1
    return OfferedDraw(f"standing:{line_id}@{day}", day, line_id, amount, periods)


def passed_losses(book: Book, until: date) -> tuple[PassedLoss, ...]:
    """The losses that the book keeps by name and whose day has passed."""
    return tuple(
        PassedLoss(each, each.loss_date)
        for each in book.contingencies
        if each.loss_date is not None and each.loss_date < until
    )


def settled_change(work: InWork) -> Change:
    """The book of the later day with its ledger, as one change. Raises `BadInput`."""
    result = work.result
    book = result.book
    for rule in _going_on(work, book):
        book = book.put(rule)
    for each in work.expected:
        if isinstance(each, PassedLoss) and work.answer_to(each) != STILL_TO_COME:
            answer = work.answer_to(each)
            later = answer.expected if isinstance(answer, NotYet) else None
            book = book.put(each.loss.changed(loss_date=later))
    for loss in work.losses:
        book = left_by(work.book, book, loss)
    said = message("bring the book to {day}", day=work.until)
    return Change(work.book, book, said, settled=(*result.ledger, *_owed_otherwise(work)))


def owed_otherwise(work: InWork) -> dict[str, int]:
    """By line, what its lender shows as owed less what follows (minor units), where they differ."""
    now = {each.line: each.owed for each in work.result.lines}
    return {
        line: shown - now[line]
        for line, shown in work.owed.items()
        if line in now and shown != now[line]
    }


def _owed_otherwise(work: InWork) -> Iterator[Settled]:
    """What is owed more or less than follows, kept by its name: it is cash of no account."""
    for line, difference in owed_otherwise(work).items():
        yield Settled(
            record=line,
            name=work.book.by_id[line].name,
            kind=UNEXPLAINED,
            rule_date=work.until,
            planned_day=work.until,
            actual_day=work.until,
            actual=-difference,
        )


def _going_on(work: InWork, book: Book) -> Iterator[CashFlow]:
    """The rules of what happened for the first time and will again."""
    for each in work.others:
        made = rule_of(book, each.extra, work.until) if each.recurs else None
        if made is not None:
            book = book.put(made)
            yield made


def rule_of(book: Book, what: Extra, until: date) -> CashFlow | None:
    """What happened as a rule, every month from its day on, settled until a day; None of what is
    no receipt or payment."""
    if what.kind not in (ExtraKind.RECEIPT, ExtraKind.PAYMENT):
        return None
    direction = Direction.RECEIPT if what.kind is ExtraKind.RECEIPT else Direction.PAYMENT
    return CashFlow(
        id=book.new_id(direction.value),
        name=what.name,
        direction=direction,
        amount=what.amount,
        first_date=what.day,
        repeat=Repeat.MONTHS,
        answered_until=until,
        through=what.line or what.account,
    )
