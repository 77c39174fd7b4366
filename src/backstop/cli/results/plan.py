"""What `plan` answers."""

from datetime import date

import msgspec

from backstop.cli.results.base import BookRef, Result, Said
from backstop.cli.results.outcomes import FiguresOut, Missed


class RepaymentOut(msgspec.Struct, frozen=True):
    date: date
    amount: int


class NextBestOut(msgspec.Struct, frozen=True):
    """The best plan without this action's source, against this one; amounts may be negative."""

    steps: int
    cost_more: int
    missed_more: tuple[int, int, int]
    text: str


class WorthOut(msgspec.Struct, frozen=True):
    """Money saved for each unit more of a source; an empty one is own cash from the start."""

    source: str
    share: float
    text: str


class ActionOut(msgspec.Struct, frozen=True):
    """Begin on `start`, the money moves on `date`; `source` is a record's id.

    `payment` is the id of what it is about, where that is not its source. `cautions` says what is
    not sure about it; `repays` names the line of another platform that it repays by a platform's
    money, and is empty otherwise.
    """

    kind: str
    source: str
    name: str
    start: date
    date: date
    amount: int
    cost: int
    phase: str
    contact: str
    payment: str
    text: str
    because: str
    cautions: str
    repays: str
    repayments: list[RepaymentOut]
    pinned: bool
    next_best: NextBestOut | None


class AskOut(msgspec.Struct, frozen=True):
    """What to ask first, by `by` at the latest, about `amount` due on `date`; none of it counts in
    the plan. If it is granted, actions with these numbers (from 0) fall away and `paid` more is
    paid."""

    kind: str
    about: str
    by: date
    date: date
    amount: int
    chance_percent: int
    text: str
    terms: str
    if_granted: str
    spared: list[int]
    paid: int
    contact: str


class LineCureOut(msgspec.Struct, frozen=True):
    """The least extra limit, ready in so many days, that would cure it; null if too late."""

    lead_days: int
    limit: int | None


class ShortageOut(msgspec.Struct, frozen=True):
    """What would cure what a plan leaves unpaid; either `cash` or one of the `lines` is enough."""

    income_lost: int
    cash: int | None
    cash_by: date
    lines: list[LineCureOut]


class PlanOut(msgspec.Struct, frozen=True):
    """A plan, and what it leaves (`missed_after` by date, `remains` in words). `proved` says that
    the replay bears it out and nobody has to grant anything for it; `unarranged` names what has
    still to be granted, and `otherwise` is the plan if it is refused. `unmet` says which wishes
    could not be granted, `more` what further steps would pay. `tightest`, `worth` and each
    `next_best` come with `--explain`."""

    id: str
    name: str
    targets: list[str]
    lost_on: date
    verdict: Said
    proved: bool
    cost: int
    new_debt: int
    peak_debt_service: int
    actions: list[ActionOut]
    before: FiguresOut
    after: FiguresOut
    gap_before: int
    gap_after: int
    missed_before: list[Missed]
    missed_after: list[Missed]
    remains: str
    more: str | None
    unmet: list[str]
    notes: list[str]
    asks: list[AskOut]
    begin: list[str]
    tightest: date | None
    worth: list[WorthOut]
    shortage: ShortageOut | None
    unarranged: list[str]
    otherwise: "PlanOut | None"


class Planned(Result, frozen=True, kw_only=True, tag="plan"):
    """`pdf`, `xlsx` and `ics` are the files that were written, `accepted` the id under which the
    plan is kept; or null."""

    book: BookRef
    plans: list[PlanOut]
    pdf: str | None = None
    xlsx: str | None = None
    ics: str | None = None
    accepted: str | None = None
