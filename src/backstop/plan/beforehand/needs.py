"""The reserve that each loss needs, by itself."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from backstop.contingency import ContingencyKind
from backstop.plan.answers import Answers, Loss
from backstop.plan.beforehand.least_cash import (
    drafted_cash,
    least_cash,
    least_cash_for_minimum,
    lowered_cash,
)
from backstop.plan.side_by_side import side_by_side


@dataclass(frozen=True)
class Need:
    """The least opening reserve (minor units) that lets one loss pass with nothing missed.

    `without_actions` is without any action; `with_actions` with the best use of what is left, None
    where no opening cash helps. `keeping_minimum` also keeps the owner's minimum on every day.
    `group` says that several go at once.
    """

    loss: str
    name: str
    without_actions: int
    with_actions: int | None
    keeping_minimum: int | None = None
    group: bool = False


def needs_of(answers: Answers, losses: Sequence[Loss]) -> Iterator[Need]:
    """The need of each of these losses, in their order. Raises `Cancelled`."""
    return side_by_side(partial(_need, answers), losses)


def _need(answers: Answers, loss: Loss) -> Need:
    situation, gap = answers.situation(loss), loss.outcome.largest_gap
    if not loss.outcome.hurts or (loss.cure is not None and loss.cure.complete):
        least: int | None = 0
    else:
        least = least_cash(situation, answers.projection.now)
    kept = None if least is None else least_cash_for_minimum(situation)
    return Need(
        loss.contingency.id,
        loss.name,
        gap,
        least,
        None if kept is None or least is None else max(kept, least),
        loss.contingency.kind is not ContingencyKind.SINGLE,
    )


def neediest_drafted(answers: Answers, needs: Sequence[Need]) -> list[Need]:
    """The needs, the neediest first; those that decide what all need, of single losses and of
    groups, are moved to where a drafted plan just misses nothing."""
    deciding: list[Need] = []
    for group in (False, True):
        known = [each for each in needs if each.with_actions and each.group is group]
        deciding += sorted(known, key=neediest_first)[:1]
    raised = [_drafted(answers, each) if each in deciding else each for each in needs]
    return sorted(raised, key=neediest_first)


def neediest_first(need: Need) -> tuple[bool, int, str]:
    """Sort key: what no cash helps, then what needs the most."""
    return need.with_actions is not None, -(need.with_actions or 0), need.loss


def _drafted(answers: Answers, need: Need) -> Need:
    situation = answers.situation(answers.loss(need.loss))
    now = answers.projection.now
    least = lowered_cash(situation, now, drafted_cash(situation, now, need.with_actions or 0))
    return replace(
        need,
        with_actions=least,
        keeping_minimum=None if need.keeping_minimum is None else max(need.keeping_minimum, least),
    )


def most_needed(amounts: Iterable[int | None]) -> int | None:
    """What all of them need; None where one cannot be helped."""
    found = 0
    for each in amounts:
        if each is None:
            return None
        found = max(found, each)
    return found
