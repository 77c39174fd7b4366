"""What `plans` answers."""

from datetime import date

import msgspec

from backstop.cli.results.base import BookRef, Result


class KeptStepOut(msgspec.Struct, frozen=True):
    """A step of an accepted plan: `amount` is what it was to bring, `actual` what it brought (of a
    sale the price); `done_on` and `actual` are null until it is done."""

    number: int
    text: str
    option: str
    day: date
    amount: int
    cost: int
    done_on: date | None
    actual: int | None


class KeptPlanOut(msgspec.Struct, frozen=True):
    """An accepted plan. `stage` is `accepted`, `active` or `ended`; `stale` says that what it was
    worked out from has changed; `gap_after` is what is still short if the rest goes as planned,
    null where the book no longer knows the loss."""

    id: str
    name: str
    contingency: str
    stage: str
    drill: bool
    stale: bool
    accepted_on: date
    loss_date: date
    activated_on: date | None
    ended_on: date | None
    cost: int
    missed: int
    steps: list[KeptStepOut]
    gap_after: int | None
    text: str


class KeptPlans(Result, frozen=True, kw_only=True, tag="plans"):
    """All accepted plans and drills of a book, the latest first."""

    book: BookRef
    plans: list[KeptPlanOut]
