"""Generated books for property tests: small to medium, of every kind, always valid.

Amounts are realistic (1 to 10⁹ minor units), days lie around the as-of date, texts are hostile:
markup, formulas, quotes, Chinese, emoji. Ids are unique, and in no order that a list could be
sorted back into.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from enum import Enum
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
    LinkGroup,
    LossMode,
    Measure,
    MeasureKind,
    MinimumBase,
    Moved,
    PlannedDraw,
    PlanStage,
    PlanStep,
    Priority,
    RateChange,
    RatePer,
    Record,
    RepaymentMethod,
    Repeat,
    SavedContingency,
    ScheduleRow,
    Tranche,
    UnsureSources,
)
from backstop.domain.fields import Field, fields_of
from backstop.domain.kinds import RENEWAL_MODES

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


def rates(most: int = 36) -> SearchStrategy[Decimal]:
    """Percentages with up to four decimals, trailing zeros included."""
    return st.decimals(0, most, places=4) | st.decimals(0, most, places=1) | st.just(Decimal(0))


def days(as_of: date = DAY_0, before: int = 60, after: int = 400) -> SearchStrategy[date]:
    return st.dates(as_of - timedelta(days=before), as_of + timedelta(days=after))


def _basics(record_id: SearchStrategy[str]) -> dict[str, SearchStrategy[Any]]:
    return {"id": record_id, "name": names, "notes": notes, "tags": tags}


@st.composite
def accounts(draw: DrawFn, record_id: SearchStrategy[str] = ids, as_of: date = DAY_0) -> Account:
    role = draw(st.sampled_from(AccountRole))
    least = 0 if role is AccountRole.RESERVE else -(10**8)
    return draw(
        st.builds(
            Account,
            **_basics(record_id),
            kind=st.sampled_from(AccountKind),
            institution=lines,
            platform=lines,
            balance=st.integers(least, 10**9),
            balance_date=st.none() | days(as_of, 400, 0),
            role=st.just(role),
            lead_days=st.integers(0, 30),
            breaking_cost=st.just(0) | st.integers(0, 10**6),
        )
    )


def _price(method: SearchStrategy[RepaymentMethod], per: RatePer, plain: bool) -> dict[str, Any]:
    terms: dict[str, Any] = {
        "rate_percent": rates(1 if per is RatePer.DAY else 36),
        "rate_per": st.just(per),
        "day_count": st.sampled_from(DayCount),
        "method": method,
    }
    if plain:
        return terms
    return terms | {
        "grace_periods": st.just(0) | st.integers(0, 6),
        "interest_only_periods": st.just(0) | st.integers(0, 12),
        "rate_changes": _rate_changes(1 if per is RatePer.DAY else 36),
        "pays_minimum": st.booleans(),
        "minimum_percent": st.decimals(70, 100, places=1),
        "minimum_base": st.sampled_from(MinimumBase),
        "minimum_floor": st.just(0) | st.integers(10**4, 10**6),
        "bill_instalments": st.just(1) | st.integers(2, 12),
        "instalment_fee_percent": rates(9),
    }


@st.composite
def _rate_changes(draw: DrawFn, most: int) -> tuple[RateChange, ...]:
    changes = sorted(draw(st.sets(days(), max_size=3)))
    return tuple(RateChange(from_day=each, percent=draw(rates(most))) for each in changes)


@st.composite
def tranches(
    draw: DrawFn,
    record_id: SearchStrategy[str] = ids,
    as_of: date = DAY_0,
    methods: Sequence[RepaymentMethod] = tuple(RepaymentMethod),
) -> Tranche:
    principal = draw(amounts)
    plain = draw(st.booleans())
    return draw(
        st.builds(
            Tranche,
            **_basics(record_id),
            **_price(st.sampled_from(methods), draw(st.sampled_from(RatePer)), plain),
            due_day=st.none() | st.integers(1, 31),
            principal=st.just(principal),
            next_due=days(as_of, 40, 60),
            remaining_periods=st.integers(1, 36),
            original_principal=st.just(0) | st.integers(principal, 2 * principal),
            **({} if plain else _as_it_went(principal, as_of)),
        )
    )


def _as_it_went(principal: int, as_of: date) -> dict[str, Any]:
    return {
        "imported": st.just(()) | _imported(principal, as_of),
        "early_on": days(as_of),
        "early_amount": st.integers(0, 2 * principal),
        "early_effect": st.sampled_from(EarlyEffect),
        "early_fee_percent": rates(5),
    }


@st.composite
def _imported(draw: DrawFn, principal: int, as_of: date) -> tuple[ScheduleRow, ...]:
    """A lender's schedule that adds up."""
    dues = sorted(draw(st.lists(days(as_of, 40, 200), min_size=1, max_size=4)))
    rows, left = [], principal
    for number, due in enumerate(dues):
        part = left if number == len(dues) - 1 else draw(st.integers(0, left))
        interest = draw(st.integers(0, 10**5))
        rows.append(ScheduleRow(due=due, principal=part, interest=interest, total=part + interest))
        left -= part
    return tuple(rows)


LENDING = tuple(each for each in RepaymentMethod if each is not RepaymentMethod.STATEMENT_CYCLE)


@st.composite
def facilities(
    draw: DrawFn,
    record_id: SearchStrategy[str] = ids,
    as_of: date = DAY_0,
    tranche_ids: Sequence[str] | None = None,
    purchases_only: bool | None = None,
) -> Facility:
    """Cash lines and pay-later lines; `tranche_ids` are those of the tranches it gets."""
    buys = draw(st.booleans()) if purchases_only is None else purchases_only
    method = draw(st.sampled_from(tuple(RepaymentMethod) if buys else LENDING))
    cycle = method is RepaymentMethod.STATEMENT_CYCLE
    own_id = draw(record_id)
    if tranche_ids is None:
        tranche_ids = [f"{own_id[:36]}-t{n}" for n in range(draw(st.integers(0, 2)))]
    outstanding = [
        draw(tranches(st.just(each), as_of, (method,) if cycle else LENDING))
        for each in tranche_ids
    ]
    usage_until, contract_until = draw(_ordered(as_of))
    may_call = draw(st.booleans())
    plain = draw(st.booleans())
    day_of_month = st.integers(1, 31)
    return draw(
        st.builds(
            Facility,
            **_basics(st.just(own_id)),
            **_price(st.just(method), draw(st.sampled_from(RatePer)), plain),
            due_day=day_of_month if cycle else st.none() | day_of_month,
            kind=st.sampled_from(FacilityKind),
            lender=lines,
            platform=lines,
            upstream_funder=lines,
            holder=lines,
            contact=lines,
            limit=st.just(0) | amounts,
            committed=st.booleans(),
            revolving=st.booleans(),
            repaid_share_percent=percents,
            headroom_haircut_percent=percents,
            lead_days=st.none() | st.integers(0, 30),
            minimum_draw=st.just(0) | st.integers(1, 10**6),
            draw_step=st.sampled_from((1, 100, 10_000)),
            maximum_draws=st.none() | st.integers(0, 5),
            purchases_only=st.just(buys),
            cash_advance_limit=st.just(0) | amounts if buys else st.just(0),
            cash_advance_fee_percent=rates(5),
            cash_advance_rate_percent=rates(1),
            personal=st.booleans(),
            identity_until=st.none() | days(as_of),
            purchase_tags=tags if buys else st.just(()),
            permitted_use=lines,
            usage_until=st.just(usage_until),
            contract_until=st.just(contract_until),
            last_verified=st.none() | days(as_of, 400, 0),
            draw_fee_percent=rates(5),
            periods=st.integers(1, 36),
            statement_day=day_of_month if cycle else st.none() | day_of_month,
            default_mode=st.sampled_from(_possible_modes(buys, may_call, contract_until)),
            callable=st.just(may_call),
            notice_days=st.just(0) | st.integers(0, 60),
            freeze_days=st.integers(1, 90),
            cut_percent=percents,
            cut_rule=st.sampled_from(CutRule),
            excess_days=st.integers(0, 60),
            systemic=st.booleans(),
            tranches=st.just(tuple(outstanding)),
            **_later(Facility),
        )
    )


def _later(kind: type[Record]) -> dict[str, SearchStrategy[Any]]:
    """Fields that came after the first releases, between the bounds that they give."""
    return {
        name: st.just(field.default) | _between(field)
        for name, field in fields_of(kind).items()
        if field.spec.since
    }


def _between(field: Field) -> SearchStrategy[Any]:
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
    first, last = draw(st.none() | days(as_of)), draw(st.none() | days(as_of))
    if first is not None and last is not None and last < first:
        return last, first
    return first, last


@st.composite
def _rule(draw: DrawFn, as_of: date) -> dict[str, Any]:
    first = draw(days(as_of, 60, 300))
    repeat = draw(st.sampled_from(Repeat))
    least = {Repeat.DAYS: 2}.get(repeat, 1)  # a payment every day would drown the others
    return {
        "first_date": first,
        "repeat": repeat,
        "every": draw(st.integers(least, 12)),
        "last_day_of_month": draw(st.booleans()),
        "until": draw(st.none() | days(first, 0, 500)),
        "count": draw(st.none() | st.integers(1, 40)),
        "adjustment": draw(st.sampled_from(Adjustment)),
        **(draw(_exceptions(first)) if draw(st.booleans()) else {}),
    }


def _exceptions(first: date) -> SearchStrategy[dict[str, Any]]:
    """Single dates of a rule that are left out or moved."""
    return st.fixed_dictionaries(
        {
            "skipped": st.lists(_near(first), max_size=2).map(tuple),
            "moved": st.lists(_moves(first), max_size=2).map(tuple),
        }
    )


def _near(first: date) -> SearchStrategy[date]:
    """Dates of which some are the rule's own."""
    weeks = st.integers(0, 40).map(lambda n: first + timedelta(days=7 * n))
    return st.just(first) | weeks


def _moves(first: date) -> SearchStrategy[Moved]:
    return st.builds(Moved, rule_date=_near(first), to=days(first, 30, 200))


@st.composite
def cash_flows(
    draw: DrawFn,
    record_id: SearchStrategy[str] = ids,
    as_of: date = DAY_0,
    account_ids: Sequence[str] = (),
    line_ids: Sequence[str] = (),
) -> CashFlow:
    """Receipts and payments; through one of those accounts or purchases-only lines, or cash."""
    direction = draw(st.sampled_from(Direction))
    payers = [*account_ids, *line_ids] if direction is Direction.PAYMENT else list(account_ids)
    return CashFlow(
        **{name: draw(each) for name, each in _basics(record_id).items()},
        **draw(_rule(as_of)),
        direction=direction,
        amount=draw(amounts),
        counterparty=draw(lines),
        through=draw(st.sampled_from(["", *payers])),
        business=draw(st.booleans()),
        customer_risk=draw(st.sampled_from(CustomerRisk)),
        priority=draw(st.sampled_from(Priority)),
        partly_payable=draw(st.booleans()),
        deferrable_days=draw(st.just(0) | st.integers(1, 90)),
        deferral_cost_percent=draw(rates(10)),
        cuttable_percent=draw(percents),
        income_lost_if_missed=draw(st.just(0) | amounts),
        usual_lateness_days=draw(st.just(0) | st.integers(1, 60)),
        haircut_percent=draw(percents),
    )


@st.composite
def planned_draws(
    draw: DrawFn,
    record_id: SearchStrategy[str] = ids,
    as_of: date = DAY_0,
    facility_ids: Sequence[str] = ("line",),
) -> PlannedDraw:
    return PlannedDraw(
        **{name: draw(each) for name, each in _basics(record_id).items()},
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
        **{name: draw(each) for name, each in _basics(record_id).items()},
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
            **_basics(record_id),
            **_price(st.sampled_from(LENDING), per, plain=draw(st.booleans())),
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
        **{name: draw(each) for name, each in _basics(record_id).items()},
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
        **{name: draw(each) for name, each in _basics(record_id).items()},
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
    flows = [draw(cash_flows(each, day_0, _ids_of(own), payers)) for each in some(most_cash_flows)]
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
    )
