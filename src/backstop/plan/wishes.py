"""What the owner wants of a plan. Values only; `plan.granting` applies them to the offers."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from backstop.plan.actions import Action, ActionKind


@dataclass(frozen=True, slots=True)
class Pin:
    """An action that has to be in the plan: of this source, on this day (offset).

    `amount` is in minor units, 0 for as much as is best. `payment`, `periods` and `times` (how many
    payments it is about) tell apart what the same source offers on one day; empty and 0 mean any.
    """

    kind: ActionKind
    source: str
    day: int
    amount: int = 0
    payment: str = ""
    periods: int = 0
    times: int = 0

    def means(self, action: Action) -> bool:
        """Whether the action is one that is meant."""
        return (
            (self.kind, self.source, self.day) == (action.kind, action.source, action.day)
            and self.payment in ("", action.payment)
            and self.periods in (0, action.periods)
            and self.times in (0, action.times)
        )


@dataclass(frozen=True, slots=True)
class Forbidden:
    """A source that the plan must not use: on this day, or (None) on none."""

    source: str
    day: int | None = None

    def means(self, action: Action) -> bool:
        """Whether the action is one that is meant."""
        return self.source == action.source and self.day in (None, action.day)


@dataclass(frozen=True)
class Wishes:
    """`at_most` actions in all, or `every_step` that helps, however little; where neither is said,
    those that are worth a step. `avoid` and `prefer` are lenders, by name, that weigh in the choice
    but never in the cost. What is `done` already is no wish: the plan is made for what is left; nor
    are lines that are `closed` from a day (offset) on, as something owed to their lender is
    overdue."""

    pins: tuple[Pin, ...] = ()
    forbidden: tuple[Forbidden, ...] = ()
    at_most: int | None = None
    every_step: bool = False
    avoid: tuple[str, ...] = ()
    prefer: tuple[str, ...] = ()
    done: tuple[Action, ...] = field(default=(), repr=False)
    closed: tuple[tuple[str, int], ...] = field(default=(), repr=False, compare=False)

    def __bool__(self) -> bool:
        return self != NO_WISHES

    def forbids(self, action: Action) -> bool:
        """Whether the plan must not take this action."""
        if any(action.source == line and action.day >= day for line, day in self.closed):
            return True
        return any(each.means(action) for each in self.forbidden)

    def pinning(self, pin: Pin) -> Wishes:
        """These wishes with one more pin; it takes the place of another one for the same action."""
        same = (pin.kind, pin.source, pin.day, pin.payment)
        others = [p for p in self.pins if (p.kind, p.source, p.day, p.payment) != same]
        return replace(self, pins=(*others, pin))

    def unpinning(self, action: Action) -> Wishes:
        """These wishes without the pins that mean this action."""
        return replace(self, pins=tuple(pin for pin in self.pins if not pin.means(action)))

    def forbidding(self, each: Forbidden) -> Wishes:
        """These wishes with this forbidden, which also takes away its pins."""
        pins = tuple(
            p for p in self.pins if p.source != each.source or each.day not in (None, p.day)
        )
        return replace(self, pins=pins, forbidden=(*self.forbidden, each))


NO_WISHES = Wishes()


def pin_of(action: Action) -> Pin:
    """The pin that keeps an action just as it is."""
    return Pin(
        action.kind,
        action.source,
        action.day,
        action.amount,
        action.payment,
        action.periods,
        action.times,
    )
