"""Generated books for property tests: small to medium, of every kind, always valid.

Amounts are realistic (1 to 10⁹ minor units), days lie around the as-of date, texts are hostile:
markup, formulas, quotes, Chinese, emoji. Ids are unique, and in no order that a list could be
sorted back into.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from enum import Enum
from functools import cache
from itertools import islice
from random import Random
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

import compact as c
from backstop.contingency import Cascade, Contingency, ContingencyKind
from backstop.contingency.identity import OfRecord
from backstop.domain import (
    LINE_MODES,
    AcceptedPlan,
    Account,
    AccountKind,
    AccountRole,
    Adjustment,
    BadInput,
    Book,
    Bought,
    Buffer,
    CalendarYear,
    CashFlow,
    CustomerRisk,
    CutRule,
    DayCount,
    Direction,
    EarlyEffect,
    Facility,
    FacilityKind,
    FundsUse,
    IntradayOrder,
    LaterAmount,
    LimitChange,
    LinkGroup,
    LossMode,
    Measure,
    MeasureKind,
    MinimumBase,
    MonthlyOn,
    Moved,
    Origin,
    OtherAmount,
    Overdrawn,
    PlannedDraw,
    PlanStage,
    PlanStep,
    Priced,
    Priority,
    RateChange,
    RatePer,
    Record,
    RepaymentMethod,
    Repeat,
    Rhythm,
    Rounding,
    SavedContingency,
    ScheduleRow,
    StillOpen,
    Tranche,
    UnsureSources,
)
from backstop.domain.fields import Field, fields_of
from backstop.domain.kinds import RENEWAL_MODES
from backstop.domain.takings import fixed_total, principal_left
from backstop.projection.schedules import left_after
from compact import Compact

DAY_0 = date(2026, 1, 5)
SOME_CURRENCIES = ("CNY", "USD", "EUR", "JPY")
HOSTILE = (
    "<b>x</b>",
    "$x_{$",
    "=1+1",
    'O\'Neill "&" Söhne; DROP TABLE account--',
    "借呗 ¥1,234",
    "_hidden",
    "%s {name} \\n",
    "🏦 \u202eedis",
    "  two  spaces ",
)

AMOUNT: Compact[int] = c.integers(1, 10**9) | c.integers(1, 10**5).map(lambda n: n * 10_000)
PERCENT: Compact[int] = c.sampled_from((0, 100)) | c.integers(0, 100)
LINE: Compact[str] = c.sampled_from(("", *HOSTILE))
NAME: Compact[str] = c.sampled_from(HOSTILE) | c.texts(1, 12)
NOTES: Compact[str] = c.sampled_from(
    ("", "two\nlines", "tab\tand\r\nCRLF\n", "第一行\n第二行", *HOSTILE)
)
TAGS: Compact[tuple[str, ...]] = c.sampled_from(
    ((), ("tools",), ("stock", "借呗"), HOSTILE, ("twice", "twice"))
)
ANY_DAY: Compact[timedelta] = c.offsets(60, 400)


@cache
def rate(most: int = 36) -> Compact[Decimal]:
    """Percentages with up to four decimals, trailing zeros included."""
    return c.one_of(
        c.just(Decimal(0)), c.decimals(0, most, places=1), c.decimals(0, most, places=4)
    )


amounts: SearchStrategy[int] = c.alone(AMOUNT)
"""Minor units, above zero."""
percents: SearchStrategy[int] = c.alone(PERCENT)
lines: SearchStrategy[str] = c.alone(LINE)
"""One line of text that a record takes, or none."""
names: SearchStrategy[str] = c.alone(NAME)
notes: SearchStrategy[str] = c.alone(NOTES)
tags: SearchStrategy[tuple[str, ...]] = c.alone(TAGS)
ids: SearchStrategy[str] = st.from_regex(r"[a-z0-9][a-z0-9_-]{0,39}", fullmatch=True)


@cache
def rates(most: int = 36) -> SearchStrategy[Decimal]:
    """Percentages with up to four decimals, trailing zeros included."""
    return c.alone(rate(most))


def days(as_of: date = DAY_0, before: int = 60, after: int = 400) -> SearchStrategy[date]:
    return st.dates(as_of - timedelta(days=before), as_of + timedelta(days=after))


Fields = dict[str, Compact[Any] | SearchStrategy[Any]]
"""How to draw the fields of a record: made once, and as few draws as can be (see `compact`). A day
in them is drawn as the days from the as-of date."""

BASICS: Fields = {"name": NAME, "notes": NOTES, "tags": TAGS}
_yes_or_no = c.alone(c.booleans())
_roles = st.sampled_from(AccountRole)
_priced = c.fields({"per": c.sampled_from(RatePer), "plain": c.booleans()})
NOT_LENDING = (
    RepaymentMethod.STATEMENT_CYCLE,
    RepaymentMethod.OVERDRAFT,
    RepaymentMethod.SHARE_OF_TAKINGS,
)
LENDING = tuple(each for each in RepaymentMethod if each not in NOT_LENDING)
WITH_DRAWS = (*LENDING, RepaymentMethod.STATEMENT_CYCLE)


@cache
def offsets(before: int = 60, after: int = 400) -> SearchStrategy[timedelta]:
    """Days around the as-of date, as the distance from it."""
    return st.integers(-before, after).map(lambda days: timedelta(days=days))


def on_days(drawn: dict[str, Any], as_of: date) -> dict[str, Any]:
    """Drawn fields, every distance in them become a date."""
    return {k: as_of + v if isinstance(v, timedelta) else v for k, v in drawn.items()}


@cache
def _account_fields(role: AccountRole) -> SearchStrategy[dict[str, Any]]:
    least = 0 if role is AccountRole.RESERVE else -(10**8)
    fields: Fields = {
        **BASICS,
        "kind": c.sampled_from(AccountKind),
        "institution": LINE,
        "platform": LINE,
        "balance": c.integers(least, 10**9),
        "balance_date": c.none() | c.offsets(400, 0),
        "lead_days": c.integers(0, 30),
        "breaking_cost": c.just(0) | c.integers(0, 10**6),
    }
    return c.fields(fields)


@st.composite
def accounts(
    draw: DrawFn, record_id: SearchStrategy[str] | str = ids, as_of: date = DAY_0
) -> Account:
    own_id = record_id if isinstance(record_id, str) else draw(record_id)
    role = draw(_roles)
    return Account(id=own_id, role=role, **on_days(draw(_account_fields(role)), as_of))


@cache
def _price(methods: tuple[RepaymentMethod, ...], per: RatePer, plain: bool) -> Fields:
    terms: Fields = {
        "rate_percent": rate(1 if per is RatePer.DAY else 36),
        "rate_per": c.just(per),
        "day_count": c.sampled_from(DayCount),
        "method": c.sampled_from(methods),
    }
    if plain:
        return terms
    return terms | {
        "grace_periods": c.just(0) | c.integers(0, 6),
        "interest_only_periods": c.just(0) | c.integers(0, 12),
        "rhythm": c.sampled_from(Rhythm),
        "balloon_percent": rate(100),
        "rounding": c.sampled_from(Rounding),
        "rate_changes": _rate_changes(1 if per is RatePer.DAY else 36),
        "pays_minimum": c.booleans(),
        "minimum_percent": c.decimals(70, 100, places=1) | c.decimals(5, 20, places=1),
        "minimum_base": c.sampled_from(MinimumBase),
        "minimum_floor": c.just(0) | c.integers(10**4, 10**6),
        "bill_instalments": c.just(1) | c.integers(2, 12),
        "instalment_fee_percent": rate(9),
    }


def _rate_changes(most: int) -> Compact[tuple[RateChange, ...]]:
    return c.lists(c.tuples(ANY_DAY, rate(most)), 3).map(
        lambda drawn: tuple(
            RateChange(from_day=DAY_0 + day, percent=percent)
            for day, percent in sorted(dict(drawn).items())
        )
    )


def _before(bought: list[tuple[timedelta, int]]) -> Callable[[date], tuple[Bought, ...]]:
    return lambda as_of: tuple(Bought(day=as_of + day, amount=amount) for day, amount in bought)


_BOUGHT = c.lists(c.tuples(c.offsets(31, 0), AMOUNT), 3).map(_before)
"""What was bought in the month before a day that is still to be told."""
_BILLED = c.together(
    {
        "charges": c.just(0) | c.integers(1, 10**6),
        "cash_advance": c.booleans(),
        "purchases": _BOUGHT,
    }
)


@cache
def _tranche_fields(
    methods: tuple[RepaymentMethod, ...], per: RatePer, plain: bool
) -> SearchStrategy[dict[str, Any]]:
    """With shares in thousandths, of which amounts are made that go by the principal."""
    share = c.integers(0, 1000)
    fields: Fields = {
        **BASICS,
        **_price(methods, per, plain),
        "principal": AMOUNT,
        "original_share": c.none() | share,
        "due_day": c.none() | c.integers(1, 31),
        "next_due": c.offsets(40, 60),
        "remaining_periods": c.integers(1, 36),
        "billed": c.none() | _BILLED,
        "before": c.none() | c.integers(0, 100),
    }
    if not plain:
        fields |= {
            "early_on": ANY_DAY,
            "early_share": c.just(0) | c.integers(0, 2000),
            "early_effect": c.sampled_from(EarlyEffect),
            "early_fee_percent": rate(5),
            "imported": c.just([]) | _LISTED,
        }
    return c.fields(fields)


@st.composite
def tranches(
    draw: DrawFn,
    record_id: SearchStrategy[str] | str = ids,
    as_of: date = DAY_0,
    methods: Sequence[RepaymentMethod] = WITH_DRAWS,
) -> Tranche:
    own_id = record_id if isinstance(record_id, str) else draw(record_id)
    fields = draw(_tranche_fields(tuple(methods), **draw(_priced)))
    principal: int = fields.pop("principal")
    listed, early = fields.pop("imported", []), fields.pop("early_share", 0)
    billed, before = fields.pop("billed"), fields.pop("before")
    original = fields.pop("original_share")
    fields["early_amount"] = principal * early // 1000
    if fields["method"] is RepaymentMethod.STATEMENT_CYCLE and billed is not None:
        bought = billed.pop("purchases")(as_of)
        fields |= {**billed, "purchases": bought}
        principal = sum(each.amount for each in bought) or principal
        listed = []
    rows = _imported(principal, as_of, listed)
    if before is not None:
        first = min((each.due for each in rows), default=as_of + fields["next_due"])
        fields["interest_from"] = first - timedelta(days=before)
    owed = Tranche(
        id=own_id,
        principal=principal,
        original_principal=0 if original is None else principal + principal * original // 1000,
        imported=rows,
        **on_days(fields, as_of),
    )
    return draw(begun(owed)) if draw(_yes_or_no) else owed


@st.composite
def begun(draw: DrawFn, owed: Tranche) -> Tranche:
    """The draw, or one like it of which some instalments are paid, told by how it began."""
    bill = owed.method is RepaymentMethod.STATEMENT_CYCLE and owed.bill_instalments == 1
    told = owed.origin or owed.imported or owed.purchases or owed.cash_advance
    if told or bill or owed.principal < 1_000:
        return owed
    drawn = draw(_began)
    origin = Origin(
        start=owed.next_due - timedelta(days=drawn["before"]),
        principal=owed.principal,
        first_due=owed.next_due,
        periods=owed.remaining_periods,
        grace_periods=owed.grace_periods,
        interest_only_periods=owed.interest_only_periods,
    )
    whole = owed.changed(origin=origin, interest_from=None, **NO_GRACE)
    left = left_after(whole, origin, drawn["paid"](range(origin.periods)))
    if not left.principal:
        return whole
    paid = origin.periods - left.remaining_periods
    try:
        return whole.changed(paid_instalments=paid, **left._asdict())
    except BadInput:  # an early repayment has taken a part of what instalments leave whole
        return whole


NO_GRACE = {"grace_periods": 0, "interest_only_periods": 0}


_began = c.fields({"before": c.integers(0, 100), "paid": c.choice()})


def _imported(
    principal: int, as_of: date, listed: list[tuple[timedelta, int, int]]
) -> tuple[ScheduleRow, ...]:
    """A lender's schedule that adds up, of days, thousandths of what is left, and interest."""
    rows, left = [], principal
    dues = sorted(day for day, _, _ in listed)
    for number, (day, (_, share, interest)) in enumerate(zip(dues, listed, strict=True), start=1):
        part = left if number == len(listed) else left * share // 1000
        due = as_of + day
        rows.append(ScheduleRow(due=due, principal=part, interest=interest, total=part + interest))
        left -= part
    return tuple(rows)


_ROW = c.tuples(c.offsets(40, 200), c.integers(0, 1000), c.integers(0, 10**5))
_LISTED = c.tuples(_ROW, c.lists(_ROW, 3)).map(lambda rows: [rows[0], *rows[1]])


NOT_BY_ITSELF = (
    "unbilled",
    "credit_balance",
    "overdrawn",
    "takings_percent",
    "takings_tags",
    "takings_into",
    "lost_since",
)
"""Fields of a line that mean something with others alone."""


@cache
def _facility_fields(
    buys: bool, cycle: bool, per: RatePer, plain: bool
) -> SearchStrategy[dict[str, Any]]:
    """Of a line that pays purchases, or not; that has a statement, or not. Of days and the way in
    which it may go is told what is chosen once others are known."""
    day_of_month = c.integers(1, 31)
    methods = (RepaymentMethod.STATEMENT_CYCLE,) if cycle else LENDING
    fields: Fields = {
        **BASICS,
        **_price(methods, per, plain),
        "due_day": day_of_month if cycle else c.none() | day_of_month,
        "kind": c.sampled_from(FacilityKind),
        "lender": LINE,
        "platform": LINE,
        "upstream_funder": LINE,
        "holder": LINE,
        "contact": LINE,
        "limit": c.just(0) | AMOUNT,
        "committed": c.booleans(),
        "revolving": c.booleans(),
        "repaid_share_percent": PERCENT,
        "headroom_haircut_percent": PERCENT,
        "lead_days": c.none() | c.integers(0, 30),
        "minimum_draw": c.just(0) | c.integers(1, 10**6),
        "draw_step": c.sampled_from((1, 100, 10_000)),
        "maximum_draws": c.none() | c.integers(0, 5),
        "cash_advance_limit": c.just(0) | AMOUNT if buys else c.just(0),
        "cash_advance_fee_percent": rate(5),
        "cash_advance_rate_percent": rate(1),
        "personal": c.booleans(),
        "identity_until": c.none() | ANY_DAY,
        "purchase_tags": TAGS if buys else c.just(()),
        "permitted_use": LINE,
        "last_verified": c.none() | c.offsets(400, 0),
        "draw_fee_percent": rate(5),
        "periods": c.integers(1, 36),
        "statement_day": day_of_month if cycle else c.none() | day_of_month,
        "callable": c.booleans(),
        "notice_days": c.just(0) | c.integers(0, 60),
        "freeze_days": c.integers(1, 90),
        "cut_percent": PERCENT,
        "cut_rule": c.sampled_from(CutRule),
        "excess_days": c.integers(0, 60),
        "systemic": c.booleans(),
        **_later(Facility, without=NOT_BY_ITSELF),
        "credit_balance": c.just(0) | AMOUNT if cycle else c.just(0),
        "unbilled": c.just(_before([])) | _BOUGHT if cycle else c.just(_before([])),
        "usage_until": c.none() | ANY_DAY,
        "contract_until": c.none() | ANY_DAY,
        "default_mode": c.choice(),
    }
    return c.fields(fields | UNUSED_LIMITS if plain else fields)


def _line(fields: dict[str, Any], as_of: date, *, buys: bool) -> dict[str, Any]:
    """Drawn fields of a line with what goes by others: days in order, and a mode it may have."""
    dated = on_days(fields, as_of)
    first, last = _in_order(dated["usage_until"], dated["contract_until"])
    modes = _possible_modes(buys, dated["callable"], last)
    return dated | {
        "usage_until": first,
        "contract_until": last,
        "unbilled": dated["unbilled"](as_of),
        "default_mode": dated["default_mode"](modes),
    }


USES = (FundsUse.ANY, FundsUse.HOUSEHOLD, FundsUse.BUSINESS)
"""Those that need no tags."""

UNUSED_LIMITS: Fields = {"limit_changes": c.just(()), "blocked": c.just(0)}


def _limit_change(drawn: tuple[timedelta, tuple[int, int | None]]) -> LimitChange:
    day, (limit, lasts) = drawn
    until = None if lasts is None else DAY_0 + day + timedelta(days=lasts)
    return LimitChange(from_day=DAY_0 + day, limit=limit, until=until)


_limit_changes = c.lists(c.tuples(ANY_DAY, c.tuples(AMOUNT, c.none() | c.integers(0, 90))), 3).map(
    lambda drawn: tuple(_limit_change(each) for each in sorted(dict(drawn).items()))
)


_line_kinds = c.fields(
    {
        "buys": c.booleans(),
        "method": c.sampled_from(RepaymentMethod),
        "tranches": c.sampled_from(range(3)),
        "per": c.sampled_from(RatePer),
        "plain": c.booleans(),
    }
)


@st.composite
def facilities(
    draw: DrawFn,
    record_id: SearchStrategy[str] | str = ids,
    as_of: date = DAY_0,
    tranche_ids: Iterable[str] | None = None,
    purchases_only: bool | None = None,
) -> Facility:
    """Cash lines and pay-later lines; `tranche_ids` are those of the tranches it may get."""
    kind = draw(_line_kinds)
    buys = kind["buys"] if purchases_only is None else purchases_only
    cycle = buys and kind["method"] is RepaymentMethod.STATEMENT_CYCLE
    own_id = record_id if isinstance(record_id, str) else draw(record_id)
    if tranche_ids is None:
        tranche_ids = (f"{own_id[:36]}-t{n}" for n in range(2))
    methods = (RepaymentMethod.STATEMENT_CYCLE,) if cycle else LENDING
    outstanding = [
        draw(tranches(each, as_of, methods)) for each in islice(tranche_ids, kind["tranches"])
    ]
    fields = draw(_facility_fields(buys, cycle, kind["per"], kind["plain"]))
    return Facility(
        id=own_id,
        purchases_only=buys,
        tranches=tuple(outstanding),
        **_line(fields, as_of, buys=buys),
    )


def _later(kind: type[Record], without: tuple[str, ...] = ()) -> Fields:
    """Fields that came after the first releases, between the bounds that they give."""
    own: dict[str, Compact[Any]] = {
        "limit_changes": _limit_changes,
        "blocked": AMOUNT,
        "draws_made": c.just(0),
        "use": c.sampled_from(USES),
        "use_tags": TAGS,
    }
    elsewhere = {"paid_from", "paid_into", *Priced.__struct_fields__}
    return {
        name: c.just(field.default) | (own[name] if name in own else _between(field))
        for name, field in fields_of(kind).items()
        if field.spec.since and name not in (*elsewhere, *without)
    }


def _between(field: Field) -> Compact[Any]:
    if field.row_kind is not None:
        return c.just(field.default)
    if field.kind is bool:
        return c.booleans()
    if issubclass(field.kind, Enum):
        return c.sampled_from(field.kind)
    return c.integers(field.spec.bounds["minimum"], field.spec.bounds["maximum"])


def _possible_modes(buys: bool, may_call: bool, contract_until: date | None) -> list[LossMode]:
    """The ways in which such a line may go by default."""
    impossible = set() if buys else {LossMode.PURCHASES_BLOCKED}
    impossible |= set() if may_call else {LossMode.CALL}
    impossible |= set(RENEWAL_MODES) if contract_until is None else set()
    return [each for each in LINE_MODES if each not in impossible]


def _in_order(first: date | None, last: date | None) -> tuple[date | None, date | None]:
    if first is not None and last is not None and last < first:
        return last, first
    return first, last


_WEEKS = c.integers(0, 40).map(lambda n: timedelta(days=7 * n))
_NEAR = c.just(timedelta(0)) | _WEEKS
"""Distances from the first date of a rule, of which some lead to a date of its own."""
_TOLD = c.integers(-8, 8).map(lambda n: timedelta(days=7 * n)) | c.offsets(60, 60)
_RULE: Fields = {
    "repeat": c.sampled_from(Repeat),
    "first_date": c.offsets(60, 300),
    "every": c.integers(1, 12),
    "last_day_of_month": c.booleans(),
    "until": c.none() | c.offsets(0, 500),
    "count": c.none() | c.integers(1, 40),
    "adjustment": c.sampled_from(Adjustment),
    "excepted": c.none()
    | c.tuples(c.lists(_NEAR, 2), c.lists(c.tuples(_NEAR, c.offsets(30, 200)), 2)),
    "told": c.none()
    | c.together(
        {
            "monthly_on": c.sampled_from(MonthlyOn),
            "second_day": c.integers(1, 27),
            "amounts": c.lists(c.tuples(_TOLD, AMOUNT), 2),
            "later_amounts": c.lists(c.tuples(_TOLD, AMOUNT), 2),
            "answered_until": c.none() | c.offsets(90, 30),
            "open": c.lists(c.tuples(_TOLD, AMOUNT, c.none() | c.offsets(30, 60)), 2),
        }
    ),
}
"""`until` is drawn as days from the first date; so are single dates."""


def _with_rule(drawn: dict[str, Any], as_of: date) -> dict[str, Any]:
    """Drawn fields, those of a rule as a record has them."""
    excepted, told = drawn.pop("excepted"), drawn.pop("told")
    fields = on_days(drawn, as_of)
    first: date = fields["first_date"]
    if fields["until"] is not None:
        fields["until"] += first - as_of
    if fields["repeat"] is Repeat.DAYS:  # a payment every day would drown the others
        fields["every"] = max(fields["every"], 2)
    if excepted is not None:
        fields |= _exceptions(first, *excepted)
    if told is not None:
        fields |= _within_month(first, told["monthly_on"], told["second_day"])
        fields |= _told(first, as_of, told)
    return fields


def _exceptions(
    first: date, skipped: list[timedelta], moved: list[tuple[timedelta, timedelta]]
) -> dict[str, Any]:
    """Single dates of a rule that are left out or moved."""
    return {
        "skipped": tuple(first + each for each in skipped),
        "moved": tuple(Moved(rule_date=first + old, to=first + new) for old, new in moved),
    }


def _within_month(first: date, monthly_on: MonthlyOn, second: int) -> dict[str, Any]:
    """What of a month a rule by months goes by: days, or the weekday of its first date."""
    if monthly_on is not MonthlyOn.DAY:
        is_fifth = monthly_on is MonthlyOn.WEEKDAY and first.day > 28
        kept = MonthlyOn.LAST_WEEKDAY if is_fifth else monthly_on
        return {"monthly_on": kept, "last_day_of_month": False}
    return {} if second == first.day else {"second_day": second}


def _told(first: date, as_of: date, drawn: dict[str, Any]) -> dict[str, Any]:
    """Other amounts of single dates and of later ones; what is settled, and what is open: of each
    date once."""
    answered = drawn["answered_until"]
    opened = {day: (left, expected) for day, left, expected in drawn["open"]}
    return {
        "amounts": tuple(
            OtherAmount(rule_date=first + d, amount=a) for d, a in dict(drawn["amounts"]).items()
        ),
        "later_amounts": tuple(
            LaterAmount(from_day=first + d, amount=a)
            for d, a in sorted(dict(drawn["later_amounts"]).items())
        ),
        "answered_until": None if answered is None else as_of + answered,
        "open": tuple(
            StillOpen(rule_date=first + d, left=a, expected=None if e is None else as_of + e)
            for d, (a, e) in opened.items()
        ),
    }


@cache
def _flow_fields() -> SearchStrategy[dict[str, Any]]:
    fields: Fields = {
        **BASICS,
        **_RULE,
        "direction": c.sampled_from(Direction),
        "through": c.choice(),
        "amount": AMOUNT,
        "counterparty": LINE,
        "business": c.booleans(),
        "customer_risk": c.sampled_from(CustomerRisk),
        "priority": c.sampled_from(Priority),
        "partly_payable": c.booleans(),
        "deferrable_days": c.just(0) | c.integers(1, 90),
        "deferral_cost_percent": rate(10),
        "cuttable_percent": PERCENT,
        "income_lost_if_missed": c.just(0) | AMOUNT,
        "usual_lateness_days": c.just(0) | c.integers(1, 60),
        "haircut_percent": PERCENT,
        "held_percent": c.just(0) | PERCENT,
        "held_days": c.just(0) | c.integers(1, 90),
    }
    return c.fields(fields)


@st.composite
def cash_flows(
    draw: DrawFn,
    record_id: SearchStrategy[str] | str = ids,
    as_of: date = DAY_0,
    account_ids: Sequence[str] = (),
    line_ids: Sequence[str] = (),
    card_ids: Sequence[str] = (),
) -> CashFlow:
    """Receipts and payments; through one of those accounts, or cash; payments also by those
    purchases-only lines, and refunds to those cards."""
    own_id = record_id if isinstance(record_id, str) else draw(record_id)
    fields = draw(_flow_fields())
    pays = fields["direction"] is Direction.PAYMENT
    fields["through"] = fields["through"](["", *account_ids, *(line_ids if pays else card_ids)])
    return CashFlow(id=own_id, **_with_rule(fields, as_of))


_draw_fields = c.fields(
    {
        **BASICS,
        **_RULE,
        "facility": c.choice(),
        "amount": AMOUNT,
        "periods": c.integers(1, 36),
        "purpose": LINE,
    }
)


@st.composite
def planned_draws(
    draw: DrawFn,
    record_id: SearchStrategy[str] | str = ids,
    as_of: date = DAY_0,
    facility_ids: Sequence[str] = ("line",),
) -> PlannedDraw:
    own_id = record_id if isinstance(record_id, str) else draw(record_id)
    fields = draw(_draw_fields)
    fields["facility"] = fields["facility"](facility_ids)
    return PlannedDraw(id=own_id, **_with_rule(fields, as_of))


_group_fields = c.fields({**BASICS, "members": c.choices(2, 4), "reason": LINE})


@st.composite
def link_groups(
    draw: DrawFn,
    record_id: SearchStrategy[str] | str = ids,
    member_ids: Sequence[str] = ("one", "other"),
) -> LinkGroup:
    own_id = record_id if isinstance(record_id, str) else draw(record_id)
    fields = draw(_group_fields)
    return LinkGroup(id=own_id, **{**fields, "members": fields["members"](member_ids)})


_measure_kinds = c.fields(
    {"kind": c.choice(), "per": c.sampled_from(RatePer), "plain": c.booleans()}
)


@st.composite
def measures(
    draw: DrawFn,
    record_id: SearchStrategy[str] | str = ids,
    as_of: date = DAY_0,
    receipt_ids: Sequence[str] = (),
    facility_ids: Sequence[str] = (),
) -> Measure:
    """What could be done, about one of those receipts or lines where its kind needs that."""
    targets: dict[MeasureKind, Sequence[str]] = {
        MeasureKind.FACTOR: receipt_ids,
        MeasureKind.COLLECT_EARLY: receipt_ids,
        MeasureKind.RENEGOTIATE: facility_ids,
    }
    own_id = record_id if isinstance(record_id, str) else draw(record_id)
    drawn = draw(_measure_kinds)
    kind = drawn["kind"]([each for each in MeasureKind if targets.get(each, (1,))])
    fields = draw(_measure_fields(drawn["per"], drawn["plain"]))
    chosen = {
        "target": fields["target"](targets.get(kind, ("",))),
        "excludes": fields["excludes"](facility_ids),
        "depends_on": fields["depends_on"](facility_ids),
    }
    return Measure(id=own_id, kind=kind, **{**fields, **chosen})


@cache
def _measure_fields(per: RatePer, plain: bool) -> SearchStrategy[dict[str, Any]]:
    fields: Fields = {
        **BASICS,
        **_price(LENDING, per, plain),
        "target": c.choice(),
        "excludes": c.choices(0, 2),
        "depends_on": c.choices(0, 2),
        "amount": AMOUNT,
        "lead_days": c.integers(0, 60),
        "cost_percent": rate(30),
        "advance_percent": PERCENT,
        "recourse": c.booleans(),
        "days_earlier": c.integers(1, 90),
        "repay_after_days": c.none() | c.integers(1, 400),
        "periods": c.integers(1, 36),
        "provider": LINE,
        "contact": LINE,
        "chance_percent": PERCENT,
        "arranged": c.booleans(),
    }
    return c.fields(fields)


_case_fields = c.fields(
    {
        **BASICS,
        "targets": c.choices(1, 4),
        "mode": c.none() | c.sampled_from(LossMode),
        "loss_date": c.none() | c.offsets(0, 400),
        "notice_days": c.none() | c.integers(0, 90),
        "duration_days": c.none() | c.integers(1, 120),
        "cut_percent": c.none() | PERCENT,
        "late_days": c.integers(0, 120),
        "cascade_after_days": c.integers(0, 60),
        "cascade_percent": PERCENT,
        "cause": LINE,
        "expense": c.just(0) | AMOUNT,
    }
)


@st.composite
def saved_contingencies(
    draw: DrawFn,
    record_id: SearchStrategy[str] | str = ids,
    as_of: date = DAY_0,
    target_ids: Sequence[str] = ("one",),
) -> SavedContingency:
    own_id = record_id if isinstance(record_id, str) else draw(record_id)
    fields = on_days(draw(_case_fields), as_of)
    return SavedContingency(id=own_id, **{**fields, "targets": fields["targets"](target_ids)})


_step = c.together(
    {
        "day": ANY_DAY,
        "option": NAME,
        "amount": AMOUNT,
        "cost": c.integers(-(10**6), 10**6),
        "done_on": c.none() | ANY_DAY,
        "actual": c.none() | AMOUNT,
    }
)
_plan_fields = c.fields(
    {
        **BASICS,
        "contingency": NAME,
        "loss_date": ANY_DAY,
        "accepted_on": ANY_DAY,
        "inputs": c.integers(0, 2**64 - 1).map("{:x}".format),
        "steps": c.lists(_step, 3),
        "cost": c.integers(-(10**6), 10**9),
        "missed": c.just(0) | AMOUNT,
        "stage": c.sampled_from(PlanStage),
        "activated_on": c.none() | ANY_DAY,
        "ended_on": c.none() | ANY_DAY,
        "drill": c.booleans(),
    }
)


@st.composite
def accepted_plans(
    draw: DrawFn, record_id: SearchStrategy[str] | str = ids, as_of: date = DAY_0
) -> AcceptedPlan:
    own_id = record_id if isinstance(record_id, str) else draw(record_id)
    fields = on_days(draw(_plan_fields), as_of)
    first, last = _in_order(fields["activated_on"], fields["ended_on"])
    given = {
        "steps": tuple(PlanStep(**on_days(each, as_of)) for each in fields["steps"]),
        "activated_on": first,
        "ended_on": last,
    }
    return AcceptedPlan(id=own_id, **{**fields, **given})


def _calendar_year(drawn: tuple[int, list[int], list[int]]) -> CalendarYear:
    year, closed, working = drawn
    first = date(year, 1, 1)
    return CalendarYear(
        year=year,
        closed=tuple(first + timedelta(days=each) for each in closed),
        working=tuple(first + timedelta(days=each) for each in working),
    )


def _one_a_year(years: list[CalendarYear]) -> tuple[CalendarYear, ...]:
    return tuple({each.year: each for each in years}.values())


_day_of_year = c.integers(0, 364)
CALENDAR_YEARS: Compact[tuple[CalendarYear, ...]] = c.lists(
    c.tuples(c.integers(2027, 2030), c.lists(_day_of_year, 5), c.lists(_day_of_year, 3)).map(
        _calendar_year
    ),
    2,
).map(_one_a_year)


def calendar_years() -> SearchStrategy[tuple[CalendarYear, ...]]:
    """Up to two years that somebody published."""
    return c.alone(CALENDAR_YEARS)


_buffer = c.together(
    {
        "name": NAME,
        "amount": c.integers(1, 10**7),
        "first": c.none() | ANY_DAY,
        "last": c.none() | ANY_DAY,
    }
)
_facts = c.fields(
    {
        "title": NAME,
        "owner": LINE,
        "currency": c.sampled_from(SOME_CURRENCIES),
        "as_of": c.integers(0, 759).map(lambda days: date(2025, 6, 1) + timedelta(days=days)),
        "horizon_days": c.integers(30, 400),
        "country": c.sampled_from(("", "CN")),
        "minimum_cash": c.just(0) | c.integers(0, 10**7),
        "buffers": c.just([]) | c.lists(_buffer, 3),
        "intraday_order": c.sampled_from(IntradayOrder),
        "next_review": c.none() | ANY_DAY,
        "calendar_years": c.just(()) | CALENDAR_YEARS,
        "most_applications": c.none() | c.integers(0, 5),
        "most_debt_service_percent": c.none() | c.integers(0, 200),
        "most_from_one_provider_percent": c.none() | c.integers(1, 100),
        "unsure_sources": c.sampled_from(UnsureSources),
        "household_pays_business": c.booleans(),
        "no_platform_chains": c.booleans(),
        "notes": NOTES,
    }
)


def book_facts() -> SearchStrategy[dict[str, Any]]:
    """The fields of `BookFacts`: as-of in 2025 to 2027, horizon 30 to 400 days."""
    return _facts.map(_dated)


def _dated(facts: dict[str, Any]) -> dict[str, Any]:
    as_of = facts["as_of"]
    buffers = tuple(_kept_for(on_days(each, as_of)) for each in facts["buffers"])
    return on_days(facts, as_of) | {"buffers": buffers}


def _kept_for(drawn: dict[str, Any]) -> Buffer:
    first, last = _in_order(drawn["first"], drawn["last"])
    return Buffer(name=drawn["name"], amount=drawn["amount"], from_day=first, until=last)


def _ids_of(records: Sequence[Record]) -> list[str]:
    return [record.id for record in records]


def _shuffled(seed: int) -> list[str]:
    """Forty ids; for 0 in their own order."""
    found = [f"r{number}" for number in range(40)]
    if seed:
        Random(seed).shuffle(found)
    return found


_forty_ids = c.alone(c.integers(0, 2**32 - 1).map(_shuffled))


_RECORDS = (
    *(Account, Facility, CashFlow, PlannedDraw),
    *(LinkGroup, Measure, SavedContingency, AcceptedPlan),
)
_sizes = c.alone(
    c.together(
        {
            **{kind: c.choice() for kind in _RECORDS},
            "has rule": c.booleans(),
            "rule": c.choices(9, 9),
        }
    )
)
"""How many of each kind of record, once it is known how many there may be."""


@st.composite
def _books(
    draw: DrawFn,
    most_accounts: int = 3,
    most_facilities: int = 4,
    most_cash_flows: int = 6,
    most_planned_draws: int = 3,
    most_link_groups: int = 2,
    most_others: int = 2,
) -> Book:
    """Books whose references all hold; every list may also be empty."""
    facts = draw(book_facts())
    day_0: date = facts["as_of"]
    free = iter(draw(_forty_ids))
    drawn = draw(_sizes)

    def some(kind: type[Record], most: int) -> list[str]:
        return [next(free) for _ in range(drawn[kind](range(most + 1)))]

    own = [draw(accounts(each, day_0)) for each in some(Account, most_accounts)]
    lines_of_credit = [
        draw(facilities(each, day_0, free)) for each in some(Facility, most_facilities)
    ]
    payers = [line.id for line in lines_of_credit if line.purchases_only]
    lenders = [line.id for line in lines_of_credit if not line.purchases_only]
    advancing = [line.id for line in lines_of_credit if line.cash_advance_limit]
    drawn_on = [*lenders, *advancing]
    rule = drawn["rule"](lenders) if drawn["has rule"] else ()
    members = _ids_of(own) + _ids_of(lines_of_credit)
    cycle = RepaymentMethod.STATEMENT_CYCLE
    cards = [line.id for line in lines_of_credit if line.method is cycle]
    flows = [
        draw(cash_flows(each, day_0, _ids_of(own), payers, cards))
        for each in some(CashFlow, most_cash_flows)
    ]
    receipts = [each.id for each in flows if each.direction is Direction.RECEIPT]
    losable = members + _ids_of(flows)
    return Book(
        **facts,
        standing_draws=tuple(rule),
        accounts=tuple(own),
        facilities=tuple(lines_of_credit),
        cash_flows=tuple(flows),
        planned_draws=tuple(
            draw(planned_draws(each, day_0, drawn_on))
            for each in some(PlannedDraw, most_planned_draws if drawn_on else 0)
        ),
        link_groups=tuple(
            draw(link_groups(each, members))
            for each in some(LinkGroup, most_link_groups if len(members) > 1 else 0)
        ),
        measures=tuple(
            draw(measures(each, day_0, receipts, _ids_of(lines_of_credit)))
            for each in some(Measure, most_others)
        ),
        contingencies=tuple(
            draw(saved_contingencies(each, day_0, losable))
            for each in some(SavedContingency, most_others if losable else 0)
        ),
        accepted_plans=tuple(
            draw(accepted_plans(each, day_0)) for each in some(AcceptedPlan, most_others)
        ),
    )


def books(
    most_accounts: int = 3,
    most_facilities: int = 4,
    most_cash_flows: int = 6,
    most_planned_draws: int = 3,
    most_link_groups: int = 2,
    most_others: int = 2,
) -> SearchStrategy[Book]:
    """Books whose references all hold; every list may also be empty."""
    found: SearchStrategy[Book] = _books(
        most_accounts,
        most_facilities,
        most_cash_flows,
        most_planned_draws,
        most_link_groups,
        most_others,
    )
    return c.without_copies(found)


def moving_books(most_accounts: int = 3) -> SearchStrategy[Book]:
    """Books without what moves no money: three times as fast to make."""
    return books(most_accounts=most_accounts, most_others=0)


_overdraft_kinds = c.fields(
    {
        "per": c.sampled_from((RatePer.YEAR, RatePer.DAY)),
        "plain": c.booleans(),
        "limit": AMOUNT,
        "overdrawn": c.lists(c.tuples(c.integers(1, 45), AMOUNT), 3),
    }
)


@st.composite
def overdrafts(draw: DrawFn, record_id: str, as_of: date = DAY_0) -> Facility:
    """Lines by whose limit cash may fall below zero."""
    kind = draw(_overdraft_kinds)
    pieces = tuple(
        Overdrawn(from_day=as_of - timedelta(days=day), amount=amount)
        for day, amount in sorted(dict(kind.pop("overdrawn")).items(), reverse=True)
    )
    limit = kind.pop("limit")
    fields = draw(_facility_fields(False, False, **kind))
    return Facility(
        id=record_id,
        **{
            **_line(fields, as_of, buys=False),
            "method": RepaymentMethod.OVERDRAFT,
            "limit": limit,
            "overdrawn": pieces,
        },
    )


@st.composite
def books_on_takings(draw: DrawFn, most_accounts: int = 3) -> Book:
    """Books that move money, of which some receipts repay a draw of earlier and one to come."""
    book = draw(moving_books(most_accounts))
    fields = draw(_facility_fields(False, False, RatePer.PRINCIPAL, True))
    fields["contract_until"] = None
    fields = _line(fields, book.as_of, buys=False)
    drawn, percent = draw(amounts), draw(rates(40))
    total = fixed_total(drawn, percent)
    repaid = draw(st.just(0) | st.integers(0, total - 1))
    left = principal_left(drawn, total, repaid)
    own = book.new_id("advance")
    owed = Tranche(
        id=f"{own}-owed",
        name="Owed",
        principal=max(left, 1),
        next_due=book.as_of,
        method=RepaymentMethod.SHARE_OF_TAKINGS,
        rate_percent=percent,
        rate_per=RatePer.PRINCIPAL,
        original_principal=drawn,
        takings_repaid=repaid,
    )
    accounts = [each.id for each in book.accounts]
    line = Facility(
        **{
            **fields,
            "id": own,
            "name": "Advance",
            "method": RepaymentMethod.SHARE_OF_TAKINGS,
            "rate_per": RatePer.PRINCIPAL,
            "rate_percent": draw(rates(40)),
            "takings_percent": draw(rates(30).filter(bool)),
            "takings_tags": draw(st.sampled_from(((), (), ("tools", "stock")))),
            "takings_into": draw(st.sampled_from(("", *accounts))),
            "tranches": (owed,) if left else (),
        }
    )
    book = book.put(line)
    planned = PlannedDraw(
        id=book.new_id("draw"),
        name="Later",
        facility=own,
        amount=draw(amounts),
        first_date=book.as_of + timedelta(days=draw(st.integers(0, 90))),
        repeat=draw(st.sampled_from((Repeat.ONCE, Repeat.MONTHS))),
        every=3,
    )
    return book.put(planned)


@st.composite
def overdrawn_books(draw: DrawFn, most_accounts: int = 3) -> Book:
    """Books that move money and have one overdraft or two."""
    book = draw(moving_books(most_accounts))
    for _ in range(draw(st.sampled_from((1, 1, 2)))):
        book = book.put(draw(overdrafts(book.new_id("overdraft"), book.as_of)))
    return book


@st.composite
def contingencies(draw: DrawFn, book: Book) -> Contingency:
    """Any loss of anything in the book: every mode, group, notice, duration, cut and cascade."""
    flows = [each.id for each in book.cash_flows]
    elements = [*_ids_of(book.accounts), *_ids_of(book.facilities), *flows]
    drawn = draw(_loss_fields(book.horizon_days))
    cascade = drawn.pop("cascade")
    return Contingency(
        OfRecord("any"),
        ContingencyKind.GROUP,
        drawn.pop("targets")(elements),
        cascade=None if cascade is None else Cascade(*cascade),
        **drawn,
    )


@cache
def _loss_fields(horizon: int) -> SearchStrategy[dict[str, Any]]:
    return c.fields(
        {
            "targets": c.choices(0, 5),
            "loss_day": c.just(0) | c.integers(0, horizon),
            "mode": c.none() | c.sampled_from(LossMode),
            "notice_days": c.none() | c.integers(0, 90),
            "duration_days": c.none() | c.integers(1, 120),
            "cut_percent": c.none() | c.integers(0, 100),
            "late_days": c.integers(0, 120),
            "cascade": c.none() | c.tuples(c.integers(0, 60), c.integers(0, 100)),
            "expense": c.just(0) | AMOUNT,
        }
    )
