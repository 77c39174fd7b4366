"""What `stress` answers."""

from datetime import date

import msgspec

from backstop.cli.results.base import BookRef, Result, Said
from backstop.cli.results.outcomes import FiguresOut, LossOut


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
    kind: str
    date: date
    amount: int
    id: str
    missed: int
    others: int


class Stressed(Result, frozen=True, kw_only=True, tag="stress"):
    """`survival_days` without any line; null when the money lasts to the last day. Single lines and
    groups are counted apart. Losses that are `provisional` were not searched for a cure, as the
    book is large: they are ranked by what happens if nothing is done. `anyway` is what falls short
    though nothing is lost, as a loss without a rank; null where nothing does. The lists after the
    losses are filled when they were asked for."""

    book: BookRef
    verdict: Said
    lines: int
    not_survivable: list[str]
    groups: int
    groups_not_survivable: list[str]
    survival_days: int | None
    losses: list[LossOut]
    anyway: LossOut | None = None
    pairs: list[PairOut] = msgspec.field(default_factory=list)
    sweeps: list[SweepOut] = msgspec.field(default_factory=list)
    standing: list[StandingOut] = msgspec.field(default_factory=list)
    receipts: list[SlackOut] = msgspec.field(default_factory=list)
    customers: list[CustomerOut] = msgspec.field(default_factory=list)
    payments: list[ThreatOut] = msgspec.field(default_factory=list)
    provisional: list[str] = msgspec.field(default_factory=list)


class PresetOut(msgspec.Struct, frozen=True):
    """A cause by its name; `applies_to` are ids, names or tags of this book (empty: all of it)."""

    key: str
    name: str
    assumed: str
    applies_to: list[str]


class Presets(Result, frozen=True, kw_only=True, tag="presets"):
    presets: list[PresetOut]
