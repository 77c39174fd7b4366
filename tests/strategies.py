"""Generated books for property tests: small to medium, of every kind, always valid.

Amounts are realistic (1 to 10⁹ minor units), days lie around the as-of date, texts are hostile:
markup, formulas, quotes, Chinese, emoji. Ids are unique, and in no order that a list could be
sorted back into.
"""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from backstop.contingency import Cascade, Contingency, ContingencyKind
from backstop.contingency.identity import OfRecord
from backstop.domain import (
    LINE_MODES,
    AcceptedPlan,
    Account,
    AccountKind,
    AccountRole,
    Adjustment,
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

amounts: SearchStrategy[int] = st.one_of(
    st.integers(1, 10**9),
    st.integers(1, 10**5).map(lambda tens: tens * 10_000),
)
"""Minor units, above zero."""


percents: SearchStrategy[int] = st.one_of(st.sampled_from((0, 100)), st.integers(0, 100))


lines: SearchStrategy[str] = st.sampled_from(("", *HOSTILE))
"""One line of text that a record takes, or none."""
_letters = st.characters(blacklist_categories=("Cc", "Cs", "Co"))
names: SearchStrategy[str] = st.sampled_from(HOSTILE) | st.text(
    _letters, min_size=1, max_size=12
).filter(lambda text: bool(text.strip()))
notes: SearchStrategy[str] = st.sampled_from(
    ("", "two\nlines", "tab\tand\r\nCRLF\n", "第一行\n第二行", *HOSTILE)
)
tags: SearchStrategy[tuple[str, ...]] = st.sampled_from(
    ((), ("tools",), ("stock", "借呗"), HOSTILE, ("twice", "twice"))
)
ids: SearchStrategy[str] = st.from_regex(r"[a-z0-9][a-z0-9_-]{0,39}", fullmatch=True)


@cache
def rates(most: int = 36) -> SearchStrategy[Decimal]:
    """Percentages with up to four decimals, trailing zeros included."""
    return st.decimals(0, most, places=4) | st.decimals(0, most, places=1) | st.just(Decimal(0))


def days(as_of: date = DAY_0, before: int = 60, after: int = 400) -> SearchStrategy[date]:
    return st.dates(as_of - timedelta(days=before), as_of + timedelta(days=after))


Fields = dict[str, SearchStrategy[Any]]
"""How to draw the fields of a record. Drawing is the larger part of what a generated test costs, so
these are made once: a day in them is drawn as the days from the as-of date."""

BASICS: Fields = {"name": names, "notes": notes, "tags": tags}
_basics = st.fixed_dictionaries(BASICS)
_yes_or_no = st.booleans()
_roles = st.sampled_from(AccountRole)
_pers = st.sampled_from(RatePer)
NOT_LENDING = (
    RepaymentMethod.STATEMENT_CYCLE,
    RepaymentMethod.OVERDRAFT,
    RepaymentMethod.SHARE_OF_TAKINGS,
)
LENDING = tuple(each for each in RepaymentMethod if each not in NOT_LENDING)
WITH_DRAWS = (*LENDING, RepaymentMethod.STATEMENT_CYCLE)
_methods = st.sampled_from(RepaymentMethod)
_repeats = st.sampled_from(Repeat)
_directions = st.sampled_from(Direction)


@cache
def offsets(before: int = 60, after: int = 400) -> SearchStrategy[timedelta]:
    """Days around the as-of date, as the distance from it."""
    return st.integers(-before, after).map(lambda days: timedelta(days=days))


def on_days(drawn: dict[str, Any], as_of: date) -> dict[str, Any]:
    """Drawn fields, every distance in them become a date."""
    return {k: as_of + v if isinstance(v, timedelta) else v for k, v in drawn.items()}


_maybe_day = st.none() | offsets()
_days_of_change = st.sets(days(), max_size=3)


@cache
def _account_fields(role: AccountRole) -> SearchStrategy[dict[str, Any]]:
    least = 0 if role is AccountRole.RESERVE else -(10**8)
    fields: Fields = {
        **BASICS,
        "kind": st.sampled_from(AccountKind),
        "institution": lines,
        "platform": lines,
        "balance": st.integers(least, 10**9),
        "balance_date": st.none() | offsets(400, 0),
        "lead_days": st.integers(0, 30),
        "breaking_cost": st.just(0) | st.integers(0, 10**6),
    }
    return st.fixed_dictionaries(fields)


@st.composite
def accounts(draw: DrawFn, record_id: SearchStrategy[str] = ids, as_of: date = DAY_0) -> Account:
    role = draw(_roles)
    fields = on_days(draw(_account_fields(role)), as_of)
    return Account(id=draw(record_id), role=role, **fields)


@cache
def _price(methods: tuple[RepaymentMethod, ...], per: RatePer, plain: bool) -> Fields:
    terms: Fields = {
        "rate_percent": rates(1 if per is RatePer.DAY else 36),
        "rate_per": st.just(per),
        "day_count": st.sampled_from(DayCount),
        "method": st.sampled_from(methods),
    }
    if plain:
        return terms
    return terms | {
        "grace_periods": st.just(0) | st.integers(0, 6),
        "interest_only_periods": st.just(0) | st.integers(0, 12),
        "rhythm": st.sampled_from(Rhythm),
        "balloon_percent": rates(100),
        "rounding": st.sampled_from(Rounding),
        "rate_changes": _rate_changes(1 if per is RatePer.DAY else 36),
        "pays_minimum": st.booleans(),
        "minimum_percent": st.decimals(70, 100, places=1) | st.decimals(5, 20, places=1),
        "minimum_base": st.sampled_from(MinimumBase),
        "minimum_floor": st.just(0) | st.integers(10**4, 10**6),
        "bill_instalments": st.just(1) | st.integers(2, 12),
        "instalment_fee_percent": rates(9),
    }


@st.composite
def _rate_changes(draw: DrawFn, most: int) -> tuple[RateChange, ...]:
    changes = sorted(draw(_days_of_change))
    return tuple(RateChange(from_day=each, percent=draw(rates(most))) for each in changes)


@cache
def _tranche_fields(
    methods: tuple[RepaymentMethod, ...], per: RatePer, plain: bool
) -> SearchStrategy[dict[str, Any]]:
    fields: Fields = {
        **BASICS,
        **_price(methods, per, plain),
        "due_day": st.none() | st.integers(1, 31),
        "next_due": offsets(40, 60),
        "remaining_periods": st.integers(1, 36),
    }
    if not plain:
        fields |= {
            "early_on": offsets(),
            "early_effect": st.sampled_from(EarlyEffect),
            "early_fee_percent": rates(5),
        }
    return st.fixed_dictionaries(fields)


@st.composite
def tranches(
    draw: DrawFn,
    record_id: SearchStrategy[str] = ids,
    as_of: date = DAY_0,
    methods: Sequence[RepaymentMethod] = WITH_DRAWS,
) -> Tranche:
    principal, plain = draw(amounts), draw(_yes_or_no)
    fields = draw(_tranche_fields(tuple(methods), draw(_pers), plain))
    if not plain:
        fields["early_amount"] = draw(st.just(0) | st.integers(0, 2 * principal))
        fields["imported"] = draw(_imported(principal, as_of)) if draw(_yes_or_no) else ()
    if fields["method"] is RepaymentMethod.STATEMENT_CYCLE and draw(_yes_or_no):
        fields |= draw(_bill_fields)
        fields["purchases"] = draw(_bought())(as_of)
        principal = sum(each.amount for each in fields["purchases"]) or principal
        fields["imported"] = ()
    if draw(_yes_or_no):
        first = min((each.due for each in fields.get("imported", ())), default=None)
        fields["interest_from"] = (first or as_of + fields["next_due"]) - draw(_period_before)
    owed = Tranche(
        id=draw(record_id),
        principal=principal,
        original_principal=draw(st.just(0) | st.integers(principal, 2 * principal)),
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
    origin = Origin(
        start=owed.next_due - draw(_period_before),
        principal=owed.principal,
        first_due=owed.next_due,
        periods=owed.remaining_periods,
        grace_periods=owed.grace_periods,
        interest_only_periods=owed.interest_only_periods,
    )
    whole = owed.changed(origin=origin, interest_from=None, **NO_GRACE)
    left = left_after(whole, origin, draw(st.integers(0, origin.periods - 1)))
    if not left.principal:
        return whole
    paid = origin.periods - left.remaining_periods
    return whole.changed(paid_instalments=paid, **left._asdict())


NO_GRACE = {"grace_periods": 0, "interest_only_periods": 0}


_bill_fields = st.fixed_dictionaries(
    {"charges": st.just(0) | st.integers(1, 10**6), "cash_advance": st.booleans()}
)


@st.composite
def _imported(draw: DrawFn, principal: int, as_of: date) -> tuple[ScheduleRow, ...]:
    """A lender's schedule that adds up."""
    dues = [as_of + each for each in sorted(draw(_some_dues))]
    rows, left = [], principal
    for number, due in enumerate(dues):
        part = left if number == len(dues) - 1 else draw(st.integers(0, left))
        interest = draw(st.integers(0, 10**5))
        rows.append(ScheduleRow(due=due, principal=part, interest=interest, total=part + interest))
        left -= part
    return tuple(rows)


_period_before = st.integers(0, 100).map(lambda days: timedelta(days=days))
_some_dues = st.lists(offsets(40, 200), min_size=1, max_size=4)


NOT_BY_ITSELF = (
    "unbilled",
    "credit_balance",
    "overdrawn",
    "takings_percent",
    "takings_tags",
    "takings_into",
)
"""Fields of a line that mean something with others alone."""


@cache
def _facility_fields(
    buys: bool, cycle: bool, per: RatePer, plain: bool
) -> SearchStrategy[dict[str, Any]]:
    """Of a line that pays purchases, or not; that has a statement, or not."""
    day_of_month = st.integers(1, 31)
    methods = (RepaymentMethod.STATEMENT_CYCLE,) if cycle else LENDING
    fields: Fields = {
        **BASICS,
        **_price(methods, per, plain),
        "due_day": day_of_month if cycle else st.none() | day_of_month,
        "kind": st.sampled_from(FacilityKind),
        "lender": lines,
        "platform": lines,
        "upstream_funder": lines,
        "holder": lines,
        "contact": lines,
        "limit": st.just(0) | amounts,
        "committed": st.booleans(),
        "revolving": st.booleans(),
        "repaid_share_percent": percents,
        "headroom_haircut_percent": percents,
        "lead_days": st.none() | st.integers(0, 30),
        "minimum_draw": st.just(0) | st.integers(1, 10**6),
        "draw_step": st.sampled_from((1, 100, 10_000)),
        "maximum_draws": st.none() | st.integers(0, 5),
        "cash_advance_limit": st.just(0) | amounts if buys else st.just(0),
        "cash_advance_fee_percent": rates(5),
        "cash_advance_rate_percent": rates(1),
        "personal": st.booleans(),
        "identity_until": st.none() | offsets(),
        "purchase_tags": tags if buys else st.just(()),
        "permitted_use": lines,
        "last_verified": st.none() | offsets(400, 0),
        "draw_fee_percent": rates(5),
        "periods": st.integers(1, 36),
        "statement_day": day_of_month if cycle else st.none() | day_of_month,
        "callable": st.booleans(),
        "notice_days": st.just(0) | st.integers(0, 60),
        "freeze_days": st.integers(1, 90),
        "cut_percent": percents,
        "cut_rule": st.sampled_from(CutRule),
        "excess_days": st.integers(0, 60),
        "systemic": st.booleans(),
        **_later(Facility, without=NOT_BY_ITSELF),
        "credit_balance": st.just(0) | amounts if cycle else st.just(0),
    }
    if plain:
        return st.fixed_dictionaries(fields | UNUSED_LIMITS)
    return st.fixed_dictionaries(fields)


UNUSED_LIMITS: Fields = {"limit_changes": st.just(()), "blocked": st.just(0)}


@st.composite
def _limit_changes(draw: DrawFn) -> tuple[LimitChange, ...]:
    changes = []
    for each in sorted(draw(_days_of_change)):
        lasts = draw(st.none() | st.integers(0, 90))
        until = None if lasts is None else each + timedelta(days=lasts)
        changes.append(LimitChange(from_day=each, limit=draw(amounts), until=until))
    return tuple(changes)


@st.composite
def facilities(
    draw: DrawFn,
    record_id: SearchStrategy[str] = ids,
    as_of: date = DAY_0,
    tranche_ids: Sequence[str] | None = None,
    purchases_only: bool | None = None,
) -> Facility:
    """Cash lines and pay-later lines; `tranche_ids` are those of the tranches it gets."""
    buys = draw(_yes_or_no) if purchases_only is None else purchases_only
    cycle = buys and draw(_methods) is RepaymentMethod.STATEMENT_CYCLE
    own_id = draw(record_id)
    if tranche_ids is None:
        tranche_ids = [f"{own_id[:36]}-t{n}" for n in range(draw(st.integers(0, 2)))]
    methods = (RepaymentMethod.STATEMENT_CYCLE,) if cycle else LENDING
    outstanding = [draw(tranches(st.just(each), as_of, methods)) for each in tranche_ids]
    usage_until, contract_until = draw(_ordered(as_of))
    fields = draw(_facility_fields(buys, cycle, draw(_pers), draw(_yes_or_no)))
    fields["unbilled"] = draw(_unbilled)(as_of) if cycle else ()
    modes = _possible_modes(buys, fields["callable"], contract_until)
    return Facility(
        id=own_id,
        purchases_only=buys,
        usage_until=usage_until,
        contract_until=contract_until,
        default_mode=draw(st.sampled_from(modes)),
        tranches=tuple(outstanding),
        **on_days(fields, as_of),
    )


@st.composite
def _bought(draw: DrawFn, most: int = 3) -> Callable[[date], tuple[Bought, ...]]:
    """What was bought in the month before a day."""
    found = draw(st.lists(st.tuples(offsets(31, 0), amounts), max_size=most))
    return lambda as_of: tuple(Bought(day=as_of + day, amount=amount) for day, amount in found)


_unbilled = st.just(lambda as_of: ()) | _bought()


def _later(kind: type[Record], without: tuple[str, ...] = ()) -> dict[str, SearchStrategy[Any]]:
    """Fields that came after the first releases, between the bounds that they give."""
    own = {"limit_changes": _limit_changes(), "blocked": amounts, "draws_made": st.just(0)}
    elsewhere = {"paid_from", "paid_into", *Priced.__struct_fields__}
    return {
        name: st.just(field.default) | (own[name] if name in own else _between(field))
        for name, field in fields_of(kind).items()
        if field.spec.since and name not in (*elsewhere, *without)
    }


def _between(field: Field) -> SearchStrategy[Any]:
    if field.row_kind is not None:
        return st.just(field.default)
    if field.kind is bool:
        return st.booleans()
    if issubclass(field.kind, Enum):
        return st.sampled_from(field.kind)
    return st.integers(field.spec.bounds["minimum"], field.spec.bounds["maximum"])


def _possible_modes(buys: bool, may_call: bool, contract_until: date | None) -> list[LossMode]:
    """The ways in which such a line may go by default."""
    impossible = set() if buys else {LossMode.PURCHASES_BLOCKED}
    impossible |= set() if may_call else {LossMode.CALL}
    impossible |= set(RENEWAL_MODES) if contract_until is None else set()
    return [each for each in LINE_MODES if each not in impossible]


@st.composite
def _ordered(draw: DrawFn, as_of: date) -> tuple[date | None, date | None]:
    """Two optional days that stand in order when both are given."""
    drawn = on_days({"first": draw(_maybe_day), "last": draw(_maybe_day)}, as_of)
    first, last = drawn.values()
    if first is not None and last is not None and last < first:
        return last, first
    return first, last


@st.composite
def _rule(draw: DrawFn, as_of: date) -> dict[str, Any]:
    repeat = draw(_repeats)
    fields = on_days(draw(_rule_fields(repeat)), as_of)
    first: date = fields["first_date"]
    if fields["until"] is not None:
        fields["until"] += first - as_of
    if draw(_yes_or_no):
        fields |= _exceptions(first, draw(_skipped), draw(_moved))
    if draw(_yes_or_no):
        fields |= draw(_within_month(first))
        fields |= _told(first, as_of, draw(_told_of_dates()))
    return {**fields, "repeat": repeat}


@cache
def _rule_fields(repeat: Repeat) -> SearchStrategy[dict[str, Any]]:
    """`until` is drawn as days from the first date."""
    least = {Repeat.DAYS: 2}.get(repeat, 1)  # a payment every day would drown the others
    fields: Fields = {
        "first_date": offsets(60, 300),
        "every": st.integers(least, 12),
        "last_day_of_month": st.booleans(),
        "until": st.none() | offsets(0, 500),
        "count": st.none() | st.integers(1, 40),
        "adjustment": st.sampled_from(Adjustment),
    }
    return st.fixed_dictionaries(fields)


_near = st.just(timedelta(0)) | st.integers(0, 40).map(lambda n: timedelta(days=7 * n))
"""Distances from the first date of a rule, of which some lead to a date of its own."""
_skipped = st.lists(_near, max_size=2)
_moved = st.lists(st.tuples(_near, offsets(30, 200)), max_size=2)


def _exceptions(
    first: date, skipped: list[timedelta], moved: list[tuple[timedelta, timedelta]]
) -> dict[str, Any]:
    """Single dates of a rule that are left out or moved."""
    return {
        "skipped": tuple(first + each for each in skipped),
        "moved": tuple(Moved(rule_date=first + old, to=first + new) for old, new in moved),
    }


@st.composite
def _within_month(draw: DrawFn, first: date) -> dict[str, Any]:
    """What of a month a rule by months goes by: days, or the weekday of its first date."""
    monthly_on = draw(st.sampled_from(MonthlyOn))
    if monthly_on is not MonthlyOn.DAY:
        is_fifth = monthly_on is MonthlyOn.WEEKDAY and first.day > 28
        kept = MonthlyOn.LAST_WEEKDAY if is_fifth else monthly_on
        return {"monthly_on": kept, "last_day_of_month": False}
    second = draw(st.integers(1, 27))
    return {} if second == first.day else {"second_day": second}


@cache
def _told_of_dates() -> SearchStrategy[dict[str, Any]]:
    near = st.integers(-8, 8).map(lambda n: timedelta(days=7 * n)) | offsets(60, 60)
    days_apart = st.lists(st.tuples(near, amounts), max_size=2, unique_by=lambda each: each[0])
    open_ones = st.tuples(near, amounts, st.none() | offsets(30, 60))
    fields: Fields = {
        "amounts": days_apart,
        "later_amounts": days_apart.map(sorted),
        "answered_until": st.none() | offsets(90, 30),
        "open": st.lists(open_ones, max_size=2, unique_by=lambda each: each[0]),
    }
    return st.fixed_dictionaries(fields)


def _told(first: date, as_of: date, drawn: dict[str, Any]) -> dict[str, Any]:
    """Other amounts of single dates and of later ones; what is settled, and what is open."""
    answered = drawn["answered_until"]
    return {
        "amounts": tuple(OtherAmount(rule_date=first + d, amount=a) for d, a in drawn["amounts"]),
        "later_amounts": tuple(
            LaterAmount(from_day=first + d, amount=a) for d, a in drawn["later_amounts"]
        ),
        "answered_until": None if answered is None else as_of + answered,
        "open": tuple(
            StillOpen(rule_date=first + d, left=a, expected=None if e is None else as_of + e)
            for d, a, e in drawn["open"]
        ),
    }


@cache
def _flow_fields() -> SearchStrategy[dict[str, Any]]:
    fields: Fields = {
        **BASICS,
        "amount": amounts,
        "counterparty": lines,
        "business": st.booleans(),
        "customer_risk": st.sampled_from(CustomerRisk),
        "priority": st.sampled_from(Priority),
        "partly_payable": st.booleans(),
        "deferrable_days": st.just(0) | st.integers(1, 90),
        "deferral_cost_percent": rates(10),
        "cuttable_percent": percents,
        "income_lost_if_missed": st.just(0) | amounts,
        "usual_lateness_days": st.just(0) | st.integers(1, 60),
        "haircut_percent": percents,
        "held_percent": st.just(0) | percents,
        "held_days": st.just(0) | st.integers(1, 90),
    }
    return st.fixed_dictionaries(fields)


@st.composite
def cash_flows(
    draw: DrawFn,
    record_id: SearchStrategy[str] = ids,
    as_of: date = DAY_0,
    account_ids: Sequence[str] = (),
    line_ids: Sequence[str] = (),
    card_ids: Sequence[str] = (),
) -> CashFlow:
    """Receipts and payments; through one of those accounts, or cash; payments also by those
    purchases-only lines, and refunds to those cards."""
    direction = draw(_directions)
    through = line_ids if direction is Direction.PAYMENT else card_ids
    payers = [*account_ids, *through]
    return CashFlow(
        id=draw(record_id),
        **draw(_rule(as_of)),
        **draw(_flow_fields()),
        direction=direction,
        through=draw(st.sampled_from(["", *payers])),
    )


@st.composite
def planned_draws(
    draw: DrawFn,
    record_id: SearchStrategy[str] = ids,
    as_of: date = DAY_0,
    facility_ids: Sequence[str] = ("line",),
) -> PlannedDraw:
    return PlannedDraw(
        id=draw(record_id),
        **draw(_basics),
        **draw(_rule(as_of)),
        facility=draw(st.sampled_from(facility_ids)),
        amount=draw(amounts),
        periods=draw(st.integers(1, 36)),
        purpose=draw(lines),
    )


@st.composite
def link_groups(
    draw: DrawFn,
    record_id: SearchStrategy[str] = ids,
    member_ids: Sequence[str] = ("one", "other"),
) -> LinkGroup:
    members = draw(st.lists(st.sampled_from(member_ids), min_size=2, max_size=4, unique=True))
    return LinkGroup(
        id=draw(record_id),
        **draw(_basics),
        members=tuple(members),
        reason=draw(lines),
    )


@st.composite
def measures(
    draw: DrawFn,
    record_id: SearchStrategy[str] = ids,
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
    kind = draw(st.sampled_from([each for each in MeasureKind if targets.get(each, (1,))]))
    per = draw(st.sampled_from(RatePer))
    return draw(
        st.builds(
            Measure,
            id=record_id,
            **BASICS,
            **_price(LENDING, per, draw(_yes_or_no)),
            kind=st.just(kind),
            amount=amounts,
            lead_days=st.integers(0, 60),
            cost_percent=rates(30),
            target=st.sampled_from(targets.get(kind, ("",))),
            advance_percent=percents,
            recourse=st.booleans(),
            days_earlier=st.integers(1, 90),
            repay_after_days=st.none() | st.integers(1, 400),
            periods=st.integers(1, 36),
            provider=lines,
            contact=lines,
            chance_percent=percents,
            arranged=st.booleans(),
            excludes=_some_of(facility_ids),
            depends_on=_some_of(facility_ids),
        )
    )


def _some_of(ids_known: Sequence[str]) -> SearchStrategy[tuple[str, ...]]:
    if not ids_known:
        return st.just(())
    return st.lists(st.sampled_from(ids_known), max_size=2, unique=True).map(tuple)


@st.composite
def saved_contingencies(
    draw: DrawFn,
    record_id: SearchStrategy[str] = ids,
    as_of: date = DAY_0,
    target_ids: Sequence[str] = ("one",),
) -> SavedContingency:
    return SavedContingency(
        id=draw(record_id),
        **draw(_basics),
        targets=tuple(
            draw(st.lists(st.sampled_from(target_ids), min_size=1, max_size=4, unique=True))
        ),
        mode=draw(st.none() | st.sampled_from(LossMode)),
        loss_date=draw(st.none() | days(as_of, 0)),
        notice_days=draw(st.none() | st.integers(0, 90)),
        duration_days=draw(st.none() | st.integers(1, 120)),
        cut_percent=draw(st.none() | percents),
        late_days=draw(st.integers(0, 120)),
        cascade_after_days=draw(st.integers(0, 60)),
        cascade_percent=draw(percents),
        cause=draw(lines),
        expense=draw(st.just(0) | amounts),
    )


@st.composite
def accepted_plans(
    draw: DrawFn, record_id: SearchStrategy[str] = ids, as_of: date = DAY_0
) -> AcceptedPlan:
    steps = st.builds(
        PlanStep,
        day=days(as_of),
        option=names,
        amount=amounts,
        cost=st.integers(-(10**6), 10**6),
        done_on=st.none() | days(as_of),
        actual=st.none() | amounts,
    )
    first, last = draw(_ordered(as_of))
    return AcceptedPlan(
        id=draw(record_id),
        **draw(_basics),
        contingency=draw(names),
        loss_date=draw(days(as_of)),
        accepted_on=draw(days(as_of)),
        inputs=draw(ids),
        steps=tuple(draw(st.lists(steps, max_size=3))),
        cost=draw(st.integers(-(10**6), 10**9)),
        missed=draw(st.just(0) | amounts),
        stage=draw(st.sampled_from(PlanStage)),
        activated_on=first,
        ended_on=last,
        drill=draw(st.booleans()),
    )


@st.composite
def calendar_years(draw: DrawFn) -> tuple[CalendarYear, ...]:
    years = draw(st.lists(st.integers(2027, 2030), max_size=2, unique=True))
    return tuple(
        CalendarYear(
            year=year,
            closed=tuple(draw(st.lists(_days_of(year), max_size=5))),
            working=tuple(draw(st.lists(_days_of(year), max_size=3))),
        )
        for year in years
    )


def _days_of(year: int) -> SearchStrategy[date]:
    return st.dates(date(year, 1, 1), date(year, 12, 31))


@st.composite
def _buffers(draw: DrawFn, as_of: date) -> tuple[Buffer, ...]:
    found = []
    for _ in range(draw(st.integers(0, 3))):
        first, last = draw(_ordered(as_of))
        amount = draw(st.integers(1, 10**7))
        found.append(Buffer(name=draw(names), amount=amount, from_day=first, until=last))
    return tuple(found)


@st.composite
def book_facts(draw: DrawFn) -> dict[str, Any]:
    """The fields of `BookFacts`: as-of in 2025 to 2027, horizon 30 to 400 days."""
    as_of = draw(st.dates(date(2025, 6, 1), date(2027, 6, 30)))
    return {
        "title": draw(names),
        "owner": draw(lines),
        "currency": draw(st.sampled_from(SOME_CURRENCIES)),
        "as_of": as_of,
        "horizon_days": draw(st.integers(30, 400)),
        "country": draw(st.sampled_from(("", "CN"))),
        "minimum_cash": draw(st.just(0) | st.integers(0, 10**7)),
        "buffers": draw(_buffers(as_of)) if draw(st.booleans()) else (),
        "intraday_order": draw(st.sampled_from(IntradayOrder)),
        "next_review": draw(st.none() | days(as_of)),
        "calendar_years": draw(calendar_years()) if draw(st.booleans()) else (),
        "most_applications": draw(st.none() | st.integers(0, 5)),
        "most_debt_service_percent": draw(st.none() | st.integers(0, 200)),
        "most_from_one_provider_percent": draw(st.none() | st.integers(1, 100)),
        "unsure_sources": draw(st.sampled_from(UnsureSources)),
        "notes": draw(notes),
    }


def _ids_of(records: Sequence[Record]) -> list[str]:
    return [record.id for record in records]


@st.composite
def books(
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
    free = iter(draw(st.permutations([f"r{number}" for number in range(40)])))

    def some(most: int) -> list[SearchStrategy[str]]:
        return [st.just(next(free)) for _ in range(draw(st.integers(0, most)))]

    own = [draw(accounts(each, day_0)) for each in some(most_accounts)]
    lines_of_credit = [
        draw(facilities(each, day_0, [next(free) for _ in range(draw(st.integers(0, 2)))]))
        for each in some(most_facilities)
    ]
    payers = [line.id for line in lines_of_credit if line.purchases_only]
    lenders = [line.id for line in lines_of_credit if not line.purchases_only]
    advancing = [line.id for line in lines_of_credit if line.cash_advance_limit]
    drawn_on = [*lenders, *advancing]
    rule = draw(st.permutations(lenders)) if draw(st.booleans()) else ()
    members = _ids_of(own) + _ids_of(lines_of_credit)
    cycle = RepaymentMethod.STATEMENT_CYCLE
    cards = [line.id for line in lines_of_credit if line.method is cycle]
    flows = [
        draw(cash_flows(each, day_0, _ids_of(own), payers, cards)) for each in some(most_cash_flows)
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
            for each in some(most_planned_draws if drawn_on else 0)
        ),
        link_groups=tuple(
            draw(link_groups(each, members))
            for each in some(most_link_groups if len(members) > 1 else 0)
        ),
        measures=tuple(
            draw(measures(each, day_0, receipts, _ids_of(lines_of_credit)))
            for each in some(most_others)
        ),
        contingencies=tuple(
            draw(saved_contingencies(each, day_0, losable))
            for each in some(most_others if losable else 0)
        ),
        accepted_plans=tuple(draw(accepted_plans(each, day_0)) for each in some(most_others)),
    )


def moving_books(most_accounts: int = 3) -> SearchStrategy[Book]:
    """Books without what moves no money: three times as fast to make."""
    return books(most_accounts=most_accounts, most_others=0)


@st.composite
def overdrafts(draw: DrawFn, record_id: str, as_of: date = DAY_0) -> Facility:
    """Lines by whose limit cash may fall below zero."""
    usage_until, contract_until = draw(_ordered(as_of))
    per = draw(st.sampled_from((RatePer.YEAR, RatePer.DAY)))
    fields = draw(_facility_fields(False, False, per, draw(_yes_or_no)))
    modes = _possible_modes(False, fields["callable"], contract_until)
    before = draw(st.lists(st.integers(1, 45), max_size=3, unique=True))
    pieces = tuple(
        Overdrawn(from_day=as_of - timedelta(days=each), amount=draw(amounts))
        for each in sorted(before, reverse=True)
    )
    return Facility(
        id=record_id,
        usage_until=usage_until,
        contract_until=contract_until,
        default_mode=draw(st.sampled_from(modes)),
        **{
            **on_days(fields, as_of),
            "method": RepaymentMethod.OVERDRAFT,
            "limit": draw(amounts),
            "overdrawn": pieces,
        },
    )


@st.composite
def books_on_takings(draw: DrawFn, most_accounts: int = 3) -> Book:
    """Books that move money, of which some receipts repay a draw of earlier and one to come."""
    book = draw(moving_books(most_accounts))
    fields = on_days(draw(_facility_fields(False, False, RatePer.PRINCIPAL, True)), book.as_of)
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
            "default_mode": draw(st.sampled_from(_possible_modes(False, fields["callable"], None))),
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
    targets = draw(
        st.lists(st.sampled_from(elements), max_size=5, unique=True) if elements else st.just([])
    )
    return Contingency(
        OfRecord("any"),
        ContingencyKind.GROUP,
        tuple(targets),
        loss_day=draw(st.just(0) | st.integers(0, book.horizon_days)),
        mode=draw(st.none() | st.sampled_from(LossMode)),
        notice_days=draw(st.none() | st.integers(0, 90)),
        duration_days=draw(st.none() | st.integers(1, 120)),
        cut_percent=draw(st.none() | st.integers(0, 100)),
        late_days=draw(st.integers(0, 120)),
        cascade=draw(st.none() | st.builds(Cascade, st.integers(0, 60), st.integers(0, 100))),
        expense=draw(st.just(0) | amounts),
    )
