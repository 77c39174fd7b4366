"""Further questions of `stress`: pairs, worst days, standing draws, receipts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from backstop.cli.answers.outcomes import date_or_none, figures_out
from backstop.cli.results.stress import (
    CustomerOut,
    PairOut,
    SlackOut,
    StandingDrawOut,
    StandingOut,
    SweepOut,
    ThreatOut,
)
from backstop.cli.tables import Column, block
from backstop.contingency import (
    Contingency,
    Outcome,
    customers,
    pairs,
    slack,
    standing_outcomes,
    sweeps,
    threats,
    with_standing_draws,
)
from backstop.domain import CustomerRisk
from backstop.plan import Answers
from backstop.projection import FlowKind, Projection, Series, Side
from backstop.services.questions import MOST_PAIRS
from backstop.telling import Narrator, Words, date_of
from backstop.telling.phrases import obligation_title

Names = Mapping[str, str]
"""What each loss is called, by its id."""


def pairs_out(projection: Projection, closures: Sequence[Contingency]) -> list[PairOut]:
    """The worst pairs of single losses."""
    book, found = projection.book, pairs(projection, closures)
    return [
        PairOut(
            first=found.of[found.first[pair]].id,
            second=found.of[found.second[pair]].id,
            largest_gap=int(found.gap[pair]),
            largest_gap_date=date_of(book, int(found.gap_day[pair])),
            first_shortfall=date_of(book, int(found.shortfall_day[pair])),
            added=int(found.added[pair]),
        )
        for pair in found.worst(MOST_PAIRS)
    ]


def sweeps_out(projection: Projection, closures: Sequence[Contingency]) -> list[SweepOut]:
    """The worst day to lose each, and how the gap changes with the day."""
    book = projection.book
    return [
        SweepOut(
            id=each.contingency.id,
            worst_day=date_of(book, each.worst),
            largest_gap=int(each.gap.max()),
            days=[date_of(book, int(day)) for day in each.days],
            gaps=[int(gap) for gap in each.gap],
        )
        for each in sweeps(projection, closures)
    ]


def standing_out(projection: Projection, closures: Sequence[Contingency]) -> list[StandingOut]:
    """What remains of each loss when the standing rule is followed."""
    book, standings = projection.book, with_standing_draws(projection, closures)
    found = standing_outcomes(projection, closures, standings)
    return [
        StandingOut(
            id=contingency.id,
            largest_gap=max(0, -int(each.low.min())),
            figures=figures_out(book, outcome),
            new_debt=sum(draw.amount for draw in each.draws),
            draws=[
                StandingDrawOut(date_of(book, draw.day), draw.facility, draw.amount)
                for draw in each.draws
            ],
        )
        for contingency, each, outcome in zip(closures, standings, found, strict=True)
    ]


def slack_out(projection: Projection, closures: Sequence[Contingency]) -> list[SlackOut]:
    """How much worse receipts may get, with every line and without each."""
    return [
        SlackOut(each.contingency.id if each.contingency else None, each.fall, each.delay)
        for each in slack(projection, closures)
    ]


def customers_out(projection: Projection, loss_day: int) -> list[CustomerOut]:
    """What each customer owes, and what happens if nothing comes from that day on."""
    book = projection.book
    return [
        CustomerOut(
            name=each.name,
            receipts=list(each.receipts),
            risk=each.risk,
            expected=each.expected,
            largest_gap=each.outcome.largest_gap,
            largest_gap_date=date_or_none(book, each.outcome.largest_gap_day),
            first_shortfall=date_or_none(book, each.outcome.first_shortfall),
            first_below_minimum=date_or_none(book, each.outcome.first_below_buffer),
            lowest=each.outcome.lowest_cash,
            lowest_date=date_of(book, each.outcome.lowest_day),
            delay_days=each.delay,
        )
        for each in customers(projection, loss_day)
    ]


def threats_out(projection: Projection, outcomes: Sequence[Outcome]) -> list[ThreatOut]:
    """Every payment that some loss endangers, with the one that hurts it most."""
    return [
        ThreatOut(
            payment=each.obligation.record,
            name=each.obligation.name,
            kind=each.obligation.kind,
            date=date_of(projection.book, each.obligation.day),
            amount=each.obligation.amount,
            id=each.contingency.id,
            missed=each.missed,
            others=each.others,
        )
        for each in threats(outcomes)
    ]


@dataclass(frozen=True)
class Further:
    """The answers to further questions; those that were not asked are empty."""

    pairs: list[PairOut]
    sweeps: list[SweepOut]
    standing: list[StandingOut]
    receipts: list[SlackOut]
    customers: list[CustomerOut]
    payments: list[ThreatOut]


def told(answers: Answers, further: Further, words: Words) -> list[str]:
    """The same as tables; each loss is called as these answers call it."""
    projection = answers.projection
    names = {each.contingency.id: each.name for each in answers.losses}
    return [
        *_pairs(projection, names, further.pairs, words),
        *_sweeps(projection, names, further.sweeps, words),
        *_standing(projection, names, further.standing, words),
        *_slack(projection, names, further.receipts, words),
        *_customers(projection, further.customers, words),
        *_threats(projection, names, further.payments, words),
    ]


def _money(projection: Projection, minor: int, words: Words) -> str:
    return words.money(minor, projection.book.currency, sign=False)


def _pairs(projection: Projection, names: Names, found: list[PairOut], words: Words) -> list[str]:
    columns = [
        Column(words.say("If both close")),
        Column(""),
        Column(words.say("Short by"), right=True),
        Column(words.say("a day|on")),
        Column(words.say("More than one alone"), right=True),
    ]
    rows = [
        [
            names[each.first],
            names[each.second],
            _money(projection, each.largest_gap, words),
            words.day(each.largest_gap_date),
            _money(projection, each.added, words),
        ]
        for each in found
    ]
    return block(columns, rows)


def _sweeps(projection: Projection, names: Names, found: list[SweepOut], words: Words) -> list[str]:
    columns = [
        Column(words.say("Worst day to lose it")),
        Column(words.say("Date")),
        Column(words.say("Short by"), right=True),
    ]
    rows = [
        [
            names[each.id],
            words.day(each.worst_day),
            _money(projection, each.largest_gap, words),
        ]
        for each in found
    ]
    return block(columns, rows)


def _standing(
    projection: Projection, names: Names, found: list[StandingOut], words: Words
) -> list[str]:
    if found and not projection.book.standing_draws:
        said = words.say(
            "No standing draws are set, so nothing is drawn. Set them in Book details."
        )
        return ["", said]
    columns = [
        Column(words.say("With the standing draws")),
        Column(words.say("Drawn"), right=True),
        Column(words.say("Short by"), right=True),
    ]
    rows = [
        [
            names[each.id],
            _money(projection, sum(draw.amount for draw in each.draws), words),
            _money(projection, each.largest_gap, words),
        ]
        for each in found
    ]
    return block(columns, rows)


def _slack(projection: Projection, names: Names, found: list[SlackOut], words: Words) -> list[str]:
    columns = [
        Column(words.say("Before something cannot be paid")),
        Column(words.say("receipts may fall by"), right=True),
        Column(words.say("or come later by"), right=True),
    ]
    rows = [
        [
            words.say("with every line") if each.id is None else names[each.id],
            "–" if each.fall_percent is None else f"{each.fall_percent} %",
            _delay(projection, each.delay_days, words),
        ]
        for each in found
    ]
    return block(columns, rows)


def _customers(projection: Projection, found: list[CustomerOut], words: Words) -> list[str]:
    columns = [
        Column(words.say("If this customer does not pay")),
        Column(words.say("Risk")),
        Column(words.say("Expected"), right=True),
        Column(words.say("Short by"), right=True),
        Column(words.say("a day|on")),
        Column(words.say("may pay later by"), right=True),
    ]
    rows = [
        [
            each.name,
            words.label(CustomerRisk(each.risk)),
            _money(projection, each.expected, words),
            _money(projection, each.largest_gap, words),
            words.day(each.largest_gap_date) if each.largest_gap_date else "",
            _delay(projection, each.delay_days, words),
        ]
        for each in found
    ]
    return block(columns, rows)


def _threats(
    projection: Projection, names: Names, found: list[ThreatOut], words: Words
) -> list[str]:
    columns = [
        Column(words.say("Date")),
        Column(words.say("Payment")),
        Column(words.say("Amount"), right=True),
        Column(words.say("Hurt most by")),
        Column(words.say("Not paid"), right=True),
    ]
    rows = [
        [
            words.day(each.date),
            _title(each, Narrator(projection.book, words)),
            _money(projection, each.amount, words),
            names[each.id],
            _money(projection, each.missed, words),
        ]
        for each in found
    ]
    return block(columns, rows)


def _title(each: ThreatOut, narrator: Narrator) -> str:
    owed = Series(each.payment, each.name, FlowKind(each.kind), Side.PAYMENT)
    return obligation_title(owed, narrator)


def _delay(projection: Projection, days: int | None, words: Words) -> str:
    if days is None:
        return "–"
    never = days >= projection.days
    return words.say("any time") if never else words.count(days, "{n} day", "{n} days")
