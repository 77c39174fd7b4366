"""What commands answer with `--json`: plain values with a version, stable from the first release.

Money is integer minor units of the book's currency, days are ISO 8601, sentences are in the chosen
language. New fields may come within a version; fields that are there keep name and meaning.
`backstop schema --results` prints the JSON Schema.
"""

from datetime import date
from typing import Any, Literal

import msgspec


class Result(msgspec.Struct, frozen=True, kw_only=True, tag_field="result"):
    """What every result has: its kind (`result`) and the version of this form."""

    result_version: Literal[1] = 1


class BookRef(msgspec.Struct, frozen=True):
    """Which book, and in which state: the fingerprint changes whenever the book does."""

    title: str
    currency: str
    as_of: date
    last_day: date
    fingerprint: str


class Said(msgspec.Struct, frozen=True):
    """A verdict in words: one sentence, its figures, and `fine`, `careful` or `danger`."""

    headline: str
    detail: str
    severity: str


class Sample(msgspec.Struct, frozen=True):
    name: str
    title: str


class Samples(Result, frozen=True, kw_only=True, tag="demo"):
    samples: list[Sample]


class Created(Result, frozen=True, kw_only=True, tag="new"):
    file: str
    book: BookRef


class Exported(Result, frozen=True, kw_only=True, tag="export"):
    """`file` is empty when the book itself was the output."""

    file: str
    book: BookRef


class Imported(Result, frozen=True, kw_only=True, tag="import"):
    """`book` is what the file holds now; names are those of records, and `settings` says whether
    those of the book change. Nothing did unless it is `written`."""

    book: BookRef
    added: list[str]
    removed: list[str]
    changed: list[str]
    settings: bool
    written: bool


class CalendarAdded(Result, frozen=True, kw_only=True, tag="calendar"):
    """`years` are now in the book; `unpublished` those within its horizon that are still unsure."""

    book: BookRef
    years: list[int]
    unpublished: list[int]


class FindingOut(msgspec.Struct, frozen=True):
    """`level` is `problem`, `warning` or `note`; `records` are ids."""

    check: str
    level: str
    sentence: str
    records: list[str]


class Checked(Result, frozen=True, kw_only=True, tag="check"):
    """`ok` says that there is no problem, nor, with `--strict`, a warning; the rest may remain."""

    book: BookRef
    ok: bool
    findings: list[FindingOut]


class Repaired(Result, frozen=True, kw_only=True, tag="repair"):
    """`file` is the new book, empty where none was needed; `fixes` are what was done to it."""

    file: str
    book: BookRef
    fixes: list[str]


class Day(msgspec.Struct, frozen=True):
    """`low` is the least cash on that day, `close` what is there at its end."""

    date: date
    low: int
    close: int
    funding: int
    payments: int
    receipts: int


class Payment(msgspec.Struct, frozen=True):
    """One obligation; `priority` is its class, 1 to 3."""

    date: date
    name: str
    kind: str
    record: str
    priority: int
    amount: int
    overdue: bool


class Projected(Result, frozen=True, kw_only=True, tag="project"):
    book: BookRef
    verdict: Said
    opening: int
    minimum_cash: int
    lowest: int
    lowest_date: date
    first_shortfall: date | None
    days: list[Day]
    payments: list[Payment]
    csv: str | None = None


class Missed(msgspec.Struct, frozen=True):
    """The part of an obligation that finds no cash."""

    date: date
    name: str
    kind: str
    record: str
    priority: int
    due: int
    missed: int


class CureOut(msgspec.Struct, frozen=True):
    """`missed` are the least amounts left unpaid by class 1, 2, 3; `deadline` may be null."""

    complete: bool
    missed: tuple[int, int, int]
    deadline: date | None


class FiguresOut(msgspec.Struct, frozen=True):
    """What a loss does to cash, in figures: if nothing is done, under the standing rule, or with a
    plan.

    `survival_days` from the loss to the first shortfall (null: none); `shortfall_days` the
    shortfall, and `buffer_days` what lies below the minimum cash, each added up over days (money x
    days); `missed_by_class` the amounts not paid of class 1, 2, 3, and `income_lost` with them.
    """

    survival_days: int | None
    first_shortfall: date | None
    largest_gap: int
    largest_gap_date: date | None
    shortfall_days: int
    days_short: int
    first_below_minimum: date | None
    days_below_minimum: int
    buffer_days: int
    lowest: int
    lowest_date: date
    missed_count: int
    missed_by_class: tuple[int, int, int]
    income_lost: int


class WithPlanOut(msgspec.Struct, frozen=True):
    """The best plan in figures, where it was drafted: for the gravest losses without a full cure.
    `peak_debt_service` is the most that its new debts ask for within any thirty days."""

    figures: FiguresOut
    proved: bool
    cost: int
    actions: int
    new_debt: int
    peak_debt_service: int


class LossOut(msgspec.Struct, frozen=True):
    """One contingency if nothing is done, and how far it can be cured.

    Ranked by what is missed after the best cure, class by class, then money x days below the
    minimum, then the decision deadline (`cure.deadline`), then the gap. `reserve_needed` is what
    more in hand today would keep cash at the minimum without any action; `backstop reserve` says
    what is enough with actions, and which further line does the same.
    """

    rank: int
    id: str
    name: str
    kind: str
    targets: list[str]
    lost_on: date
    severity: str
    survivable: bool
    first_shortfall: date | None
    largest_gap: int
    largest_gap_date: date | None
    days_short: int
    shortfall_days: int
    first_below_minimum: date | None
    days_below_minimum: int
    lowest: int
    lowest_date: date
    missed: list[Missed]
    cure: CureOut | None
    figures: FiguresOut
    reserve_needed: int
    with_plan: WithPlanOut | None


class PairOut(msgspec.Struct, frozen=True):
    """Two losses at once; `added` is how much larger the gap is than that of one alone."""

    first: str
    second: str
    largest_gap: int
    largest_gap_date: date
    first_shortfall: date
    added: int


class SweepOut(msgspec.Struct, frozen=True):
    """The gap by the day of the loss: `gaps[i]` holds from `days[i]` until the next of them."""

    id: str
    worst_day: date
    largest_gap: int
    days: list[date]
    gaps: list[int]


class StandingDrawOut(msgspec.Struct, frozen=True):
    date: date
    facility: str
    amount: int


class StandingOut(msgspec.Struct, frozen=True):
    """One contingency when the owner's standing rule is followed."""

    id: str
    largest_gap: int
    draws: list[StandingDrawOut]
    figures: FiguresOut
    new_debt: int


class SlackOut(msgspec.Struct, frozen=True):
    """How much worse receipts may get under a contingency (null: with every line) before something
    cannot be paid; null figures when something already cannot."""

    id: str | None
    fall_percent: int | None
    delay_days: int | None


class CustomerOut(msgspec.Struct, frozen=True):
    """What is expected of a customer within the horizon, the worst `risk` that it is marked with
    (`low`, `watch`, `high`), and what happens if nothing comes from the day asked about on. All of
    it may come `delay_days` later before something cannot be paid; null: not even in time."""

    name: str
    receipts: list[str]
    risk: str
    expected: int
    largest_gap: int
    largest_gap_date: date | None
    first_shortfall: date | None
    first_below_minimum: date | None
    lowest: int
    lowest_date: date
    delay_days: int | None


class ThreatOut(msgspec.Struct, frozen=True):
    """A payment that some loss endangers: `missed` of it is not paid under the contingency `id`,
    which is the worst for it; under `others` more it is not paid in full either."""

    payment: str
    name: str
    date: date
    amount: int
    id: str
    missed: int
    others: int


class Stressed(Result, frozen=True, kw_only=True, tag="stress"):
    """`survival_days` without any line; null when the money lasts to the last day. Single lines and
    groups are counted apart. The lists after the losses are filled when they were asked for."""

    book: BookRef
    verdict: Said
    lines: int
    not_survivable: list[str]
    groups: int
    groups_not_survivable: list[str]
    survival_days: int | None
    losses: list[LossOut]
    pairs: list[PairOut] = []
    sweeps: list[SweepOut] = []
    standing: list[StandingOut] = []
    receipts: list[SlackOut] = []
    customers: list[CustomerOut] = []
    payments: list[ThreatOut] = []


class PresetOut(msgspec.Struct, frozen=True):
    """A cause by its name; `applies_to` are ids, names or tags of this book (empty: all of it)."""

    key: str
    name: str
    assumed: str
    applies_to: list[str]


class Presets(Result, frozen=True, kw_only=True, tag="presets"):
    presets: list[PresetOut]


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
    not sure about it.
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
    repayments: list[RepaymentOut]
    pinned: bool
    next_best: NextBestOut | None


class LineCureOut(msgspec.Struct, frozen=True):
    """The least extra limit, ready in so many days, that would cure it; null if too late."""

    lead_days: int
    limit: int | None


class ShortageOut(msgspec.Struct, frozen=True):
    """What would cure what a plan leaves unpaid. `missed_after` is in the order to miss it."""

    income_lost: int
    cash: int | None
    cash_by: date
    lines: list[LineCureOut]


class PlanOut(msgspec.Struct, frozen=True):
    """A plan, and what it leaves; `proved` says that the replay bears it out, `unmet` which wishes
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
    tightest: date | None
    worth: list[WorthOut]
    shortage: ShortageOut | None


class Planned(Result, frozen=True, kw_only=True, tag="plan"):
    """`pdf`, `xlsx` and `ics` are the files that were written, `accepted` the id under which the
    plan is kept; or null."""

    book: BookRef
    plans: list[PlanOut]
    pdf: str | None = None
    xlsx: str | None = None
    ics: str | None = None
    accepted: str | None = None


class NeedOut(msgspec.Struct, frozen=True):
    """The least opening reserve for one loss, without actions and with the best, and with the
    owner's minimum kept too; null: none. `group`: several go at once."""

    id: str
    name: str
    without_actions: int
    with_actions: int | None
    keeping_minimum: int | None
    group: bool


class PointOut(msgspec.Struct, frozen=True):
    """With so much more reserve: losses that still miss something, and the most missed."""

    reserve: int
    not_survivable: int
    most_missed: int


class BackupOut(msgspec.Struct, frozen=True):
    """One more line like `like`: the least limit that makes every loss survivable; null: none.
    `proved`: plans were drafted with it; `arrange_by` is when the first of these asks it
    for money."""

    like: str
    name: str
    lead_days: int
    limit: int | None
    cost: int
    proved: bool
    arrange_by: date | None


class EarlyOut(msgspec.Struct, frozen=True):
    """A line to be drawn now and kept in hand."""

    line: str
    name: str
    amount: int
    cost: int


class Reserved(Result, frozen=True, kw_only=True, tag="reserve"):
    """What to do beforehand; `lines` the cheapest first.

    `with_actions` is for all single losses, `with_groups` for the groups too, `keeping_minimum` for
    single losses with the owner's minimum kept on every day; `early` could be drawn now instead.
    """

    book: BookRef
    sentence: str
    without_actions: int
    with_actions: int | None
    with_groups: int | None
    keeping_minimum: int | None
    needs: list[NeedOut]
    curve: list[PointOut]
    lines: list[BackupOut]
    early: list[EarlyOut]


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


AnyResult = (
    Samples
    | Created
    | Exported
    | Imported
    | CalendarAdded
    | Checked
    | Repaired
    | Projected
    | Stressed
    | Presets
    | Planned
    | KeptPlans
    | Reserved
)


def result_json(result: Result) -> str:
    return msgspec.json.format(msgspec.json.encode(result), indent=2).decode()


def results_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of every result."""
    schema = msgspec.json.schema(AnyResult)
    for definition in schema["$defs"].values():
        if "result_version" in definition["properties"]:
            definition["required"].append("result_version")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
