"""All that one look at a book tells: the projection, every loss, how each can be cured, ranked."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from backstop.contingency import (
    Contingency,
    ContingencyKind,
    Outcome,
    all_closures,
    applied_to,
    base_outcome,
    nothing_lost,
    outcomes,
    projection_of_now,
    without_any_line,
)
from backstop.domain import Book, Facility, is_gone
from backstop.plan.results import Cure, Plan
from backstop.plan.situation import Situation, situation_of
from backstop.projection import Projection


class Severity(StrEnum):
    """Danger: something bounces. Careful: only the buffer is touched. Fine: neither."""

    FINE = "fine"
    CAREFUL = "careful"
    DANGER = "danger"


@dataclass(frozen=True)
class Loss:
    """One contingency: what it does if nothing is done, and, once assessed, how it can be cured.

    `plan` is there for the gravest losses, whose cure is what their plan leaves in whole steps.
    `anyway` says how far that can be cured which falls short with every line open.
    """

    name: str
    outcome: Outcome
    cure: Cure | None = None
    plan: Plan | None = None
    anyway: Cure | None = None

    @property
    def contingency(self) -> Contingency:
        """What is lost."""
        assert self.outcome.contingency is not None
        return self.outcome.contingency

    @property
    def severity(self) -> Severity:
        """How bad it is if nothing is done, beyond what is as bad anyway; or that it takes away
        what could help then."""
        if self.outcome.adds or any(self.left):
            return Severity.DANGER
        low_anyway = self.outcome.anyway is not None
        careful = self.outcome.touches_buffer and not low_anyway
        return Severity.CAREFUL if careful else Severity.FINE

    @property
    def is_grave(self) -> bool:
        """Whether something cannot be paid because of it."""
        return self.severity is Severity.DANGER

    @property
    def is_over(self) -> bool:
        """Whether all that it takes is really gone: the projection counts without it."""
        book, targets = self.outcome.projection.book, self.contingency.targets
        return bool(targets) and all(is_gone(book.by_id[each], book.as_of) for each in targets)

    def with_plan(self, plan: Plan) -> "Loss":
        """The same with its plan, and what that leaves."""
        return replace(self.cured_by(plan), plan=plan)

    def cured_by(self, plan: Plan) -> "Loss":
        """The same with what this plan leaves, and when it begins: no one need start before."""
        if not self.outcome.hurts:
            return self
        begins, now = plan.begins, self.outcome.projection.now
        deadline = None if begins is None else max(begins, now)  # what is past, nobody can begin
        cure = Cure(plan.after.missed, deadline, plan.at_least, plan.first)
        return replace(self, cure=cure)

    @property
    def left(self) -> tuple[int, int, int]:
        """What stays unpaid by class because of this loss, with the best cure: beyond what stays
        unpaid anyway, but for less than one unit of money. Nothing before it is known."""
        if self.cure is None:
            return 0, 0, 0
        if self.anyway is None or self.outcome.anyway is None:
            return self.cure.missed
        pairs = zip(self.cure.missed, self.anyway.missed, strict=True)
        first, second, third = (max(0, mine - known) for mine, known in pairs)
        dust = 10**self.outcome.projection.book.money.digits
        return (first, second, third) if first + second + third >= dust else (0, 0, 0)

    @property
    def provisional(self) -> bool:
        """Whether it hurts and was not searched for a cure: what is known is what happens if
        nothing is done, so that no more than the gap stays unpaid."""
        return self.outcome.hurts and self.cure is None

    @property
    def at_most(self) -> int:
        """What need stay unpaid at most (minor units): what the plan leaves, or what goes unpaid if
        nothing is done."""
        plan = self.plan
        return sum(plan.after.missed) if plan is not None else self.outcome.largest_gap

    @property
    def survivable(self) -> bool:
        """Whether it is known that nothing need be missed because of it, if the owner acts in
        time."""
        return not any(self.left) if self.cure else not self.outcome.adds


@dataclass(frozen=True)
class Answers:
    """`losses` are ranked, the worst first; `without_any_line` is every line closed at once.
    `anyway` is what falls short though nothing is lost, as a loss; None where nothing does.

    Until `assessed`, cures are missing and the rank follows what happens if nothing is done. In a
    large book it goes on doing so behind the gravest losses, which alone are searched for cures.
    """

    projection: Projection
    base: Outcome
    losses: tuple[Loss, ...]
    without_any_line: Outcome
    anyway: Loss | None = None
    assessed: bool = False

    @property
    def book(self) -> Book:
        """The book that was asked about."""
        return self.projection.book

    @property
    def all_losses(self) -> tuple[Loss, ...]:
        """What falls short anyway, where anything does, then every loss."""
        anyway, losses = self.anyway, self.losses
        if anyway is None or (losses and losses[0].contingency == anyway.contingency):
            return losses
        return (anyway, *losses)

    @property
    def singles(self) -> tuple[Loss, ...]:
        """Losses of one line alone."""
        return tuple(each for each in self.losses if _is_line(each))

    @property
    def open_lines(self) -> tuple[Loss, ...]:
        """Losses of one thing alone that takes something away: not those of lines that lend
        nothing any more, and whose loss changes nothing."""
        return tuple(each for each in self.singles if each.outcome.adds or self._lends(each))

    def _lends(self, loss: Loss) -> bool:
        records = (self.book.by_id.get(target) for target in loss.contingency.targets)
        return any(
            not isinstance(each, Facility) or (each.limit and each.lost_since is None)
            for each in records
        )

    @property
    def not_survivable(self) -> tuple[Loss, ...]:
        """Single losses after which even the best plan that was found misses something."""
        return tuple(each for each in self.singles if _is_missed(each))

    @property
    def groups(self) -> tuple[Loss, ...]:
        """Losses of several things at once."""
        return tuple(each for each in self.losses if _is_group(each))

    @property
    def groups_not_survivable(self) -> tuple[Loss, ...]:
        """Groups after which even the best plan that was found misses something."""
        return tuple(each for each in self.groups if _is_missed(each))

    @property
    def provisional(self) -> tuple[Loss, ...]:
        """Losses that hurt and were not searched for cures."""
        return tuple(each for each in self.losses if each.provisional)

    @property
    def days_left(self) -> int | None:
        """Days from today for which the money lasts with no line at all; None where it never ends
        before the horizon."""
        first = self.without_any_line.first_shortfall
        return None if first is None else max(0, first - self.projection.now)

    def loss(self, contingency_id: str) -> Loss:
        """The answer for this contingency; raises KeyError."""
        for each in self.all_losses:
            if each.contingency.id == contingency_id:
                return each
        raise KeyError(contingency_id)

    def situation(self, loss: Loss) -> Situation:
        """Where a plan for this loss starts from."""
        return situation_of(self.projection, loss.outcome)


def answer(
    book: Book,
    loss_day: int | None = None,
    contingencies: Sequence[Contingency] | None = None,
    today: int = 0,
) -> Answers:
    """The projection and every loss without cures: fast enough to run after each edit.

    `contingencies` are those to look at; by default every single line and link group. They are lost
    on `loss_day` (offset), by default today; `today` as in `Projection`.
    """
    projection = projection_of_now(book, today)
    day = projection.now if loss_day is None else loss_day
    closures = all_closures(book, day) if contingencies is None else list(contingencies)
    *found, nothing_left = outcomes(projection, [*closures, without_any_line(book, day)])
    losses = [
        Loss(_name(book, each), outcome) for each, outcome in zip(closures, found, strict=True)
    ]
    base = nothing_left.anyway or base_outcome(projection)
    return Answers(
        projection=projection,
        base=base,
        losses=tuple(sorted(losses, key=danger)),
        without_any_line=nothing_left,
        anyway=_anyway(base) if base.hurts else None,
    )


def _anyway(base: Outcome) -> Loss:
    nothing = nothing_lost(base.projection.now)
    return Loss(nothing.id, replace(base, contingency=nothing))


def _name(book: Book, contingency: Contingency) -> str:
    """The name of its record; of a group or preset, what it is applied to."""
    shared = applied_to(contingency.identity)
    for known in (contingency.id, shared):
        if known in book.by_id:
            return book.by_id[known].name
    return shared


def danger(loss: Loss) -> tuple[object, ...]:
    """Sort key, the worst loss first.

    Missed after the best cure by class, then money x days below the buffer (with the plan, where
    it is known), then the decision deadline, then the gap if nothing is done, then the depth below
    the buffer, then the id. A small loss that cannot be cured stands before a large one that can.
    What was not searched for a cure comes behind what was, by what happens if nothing is done.
    """
    outcome = loss.outcome
    missed = loss.cure.missed if loss.cure else (0, 0, 0)
    deadline = loss.cure.deadline if loss.cure else None
    return (
        not loss.is_grave,
        loss.provisional,
        tuple(-each for each in missed),
        -(loss.plan.after if loss.plan else outcome).buffer_days,
        deadline if deadline is not None else outcome.first_shortfall or 0,
        -outcome.largest_gap,
        outcome.margin,
        loss.contingency.id,
    )


def _is_line(loss: Loss) -> bool:
    """Whether one line goes alone: accounts and receipts are no lines."""
    (only, *others), book = loss.contingency.targets or ("",), loss.outcome.projection.book
    single = loss.contingency.kind is ContingencyKind.SINGLE and not others
    return single and isinstance(book.by_id.get(only), Facility)


def _is_group(loss: Loss) -> bool:
    return loss.contingency.kind is ContingencyKind.GROUP and bool(loss.contingency.targets)


def _is_missed(loss: Loss) -> bool:
    return not loss.survivable and not loss.provisional
