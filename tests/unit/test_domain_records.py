"""Records refuse what cannot be right, wherever it comes from, naming field and remedy."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import msgspec
import pytest

from backstop.domain import (
    RECORD_LISTS,
    AcceptedPlan,
    Account,
    AccountRole,
    BadInput,
    Book,
    Bought,
    CashFlow,
    Credited,
    Direction,
    EarlyPaid,
    Facility,
    FundsUse,
    LaterAmount,
    LimitChange,
    LinkGroup,
    LossMode,
    Measure,
    MeasureKind,
    MonthlyOn,
    Moved,
    Origin,
    OtherAmount,
    Overdrawn,
    PlannedDraw,
    PlanStep,
    RateChange,
    RatePer,
    Record,
    RepaymentMethod,
    Repeat,
    SavedContingency,
    ScheduleRow,
    StillOpen,
    Tranche,
)
from backstop.domain.fields import fields_of
from backstop.telling import words_for
from backstop.telling.labels import field_labels

DAY = date(2026, 1, 5)
ACCOUNT = Account(id="cash", name="Cash")
LINE = Facility(id="line", name="Line")
CARD = Facility(
    id="card",
    name="Card",
    method=RepaymentMethod.STATEMENT_CYCLE,
    purchases_only=True,
    statement_day=1,
    due_day=10,
)
DRAW = Tranche(id="draw", name="Draw", principal=1, next_due=DAY)
FLOW = CashFlow(id="rent", name="Rent", first_date=DAY, direction=Direction.PAYMENT, amount=1)
PLANNED = PlannedDraw(id="plan", name="Plan", first_date=DAY, facility="line", amount=1)
GROUP = LinkGroup(id="group", name="Group", members=("cash", "line"))
SALE = Measure(id="sale", name="Sale", kind=MeasureKind.SELL_ASSET, amount=1)
WINTER = SavedContingency(id="winter", name="Winter", targets=("line",))
ACCEPTED = AcceptedPlan(
    id="kept", name="Kept", contingency="line", loss_date=DAY, accepted_on=DAY, inputs="0" * 12
)
TOO_MUCH = 10**14 + 1
LONG = "x" * 201


def listed(principal: int, interest: int, total: int, due: date = DAY) -> ScheduleRow:
    return ScheduleRow(due=due, principal=principal, interest=interest, total=total)


def limit(day: date, amount: int, lasts: int | None = None) -> LimitChange:
    """A limit from that day on, or to a day of the year before."""
    until = None if lasts is None else date(2025, 1, lasts)
    return LimitChange(from_day=day, limit=amount, until=until)


def begun(**wrong: object) -> Origin:
    right = {"start": DAY, "principal": 100, "first_due": DAY, "periods": 1}
    return Origin(**right | wrong)  # type: ignore[arg-type]  # as given


def changes(*rates: tuple[date, int]) -> tuple[RateChange, ...]:
    return tuple(RateChange(from_day=day, percent=Decimal(rate)) for day, rate in rates)


def step(**fields: object) -> PlanStep:
    return msgspec.structs.replace(PlanStep(day=DAY, option="draw", amount=1), **fields)


def other(day: date, amount: int) -> tuple[OtherAmount, ...]:
    return (OtherAmount(rule_date=day, amount=amount),)


def later(day: date, amount: int) -> tuple[LaterAmount, ...]:
    return (LaterAmount(from_day=day, amount=amount),)


def still(left: int, expected: date | None = None) -> tuple[StillOpen, ...]:
    return (StillOpen(rule_date=DAY, left=left, expected=expected),)


MONTHLY = FLOW.changed(repeat=Repeat.MONTHS)


def _bought(day: date, amount: int) -> Bought:
    return Bought(day=day, amount=amount)


BAD: list[tuple[Record, str, list[object]]] = [
    (ACCOUNT, "id", ["", "A", "-a", "a b", "é", "x" * 41, "a\n"]),
    (ACCOUNT, "name", ["", "   ", LONG, "a\tb", "a\nb", "\ue000", "\x00"]),
    (ACCOUNT, "notes", ["x" * 20_001, "a\x00", "a\x1bb"]),
    (ACCOUNT, "tags", [("",), ("a\n",), (LONG,)]),
    (ACCOUNT, "institution", [LONG, "\x07"]),
    (ACCOUNT, "platform", [LONG, "\x07"]),
    (ACCOUNT, "balance", [TOO_MUCH, -TOO_MUCH]),
    (ACCOUNT.changed(role=AccountRole.RESERVE), "balance", [-1]),
    (ACCOUNT, "balance_date", [date(1989, 12, 31), date(2201, 1, 1)]),
    (ACCOUNT, "lead_days", [-1, 366]),
    (ACCOUNT, "breaking_cost", [-1, TOO_MUCH]),
    (LINE, "rate_percent", [Decimal(-1), Decimal(900), Decimal("NaN"), Decimal("1e-9")]),
    (LINE, "rate_percent", [Decimal("Infinity"), Decimal("0e99"), Decimal("300.1")]),
    (LINE.changed(rate_per=RatePer.DAY), "rate_percent", [Decimal("1.01")]),
    (LINE, "due_day", [0, 32, -1]),
    (LINE, "takings_percent", [Decimal(-1), Decimal("100.1")]),
    (LINE, "takings_tags", [("",), ("two\nlines",)]),
    (LINE, "takings_into", ["Not An Id"]),
    (LINE, "grace_periods", [-1, 601]),
    (LINE, "interest_only_periods", [-1, 601]),
    (LINE, "rate_changes", [changes((date(1, 1, 1), 1)), changes((DAY, -1)), changes((DAY, 900))]),
    (
        LINE,
        "overdrawn",
        [(Overdrawn(from_day=DAY, amount=-1),), (Overdrawn(from_day=DAY, amount=1),)],
    ),
    (LINE, "rate_changes", [changes((DAY, 1), (DAY, 2)), changes((DAY, 1), (date(2026, 1, 1), 2))]),
    (LINE, "bill_instalments", [0, 601]),
    (LINE, "instalment_fee_percent", [Decimal(-1), Decimal(101)]),
    (LINE, "cash_advance_limit", [-1, 10**15 + 1]),
    (LINE, "cash_advance_fee_percent", [Decimal(-1), Decimal(101)]),
    (LINE, "cash_advance_rate_percent", [Decimal(-1), Decimal(900)]),
    (LINE, "identity_until", [date(1, 1, 1)]),
    (LINE, "lost_since", [date(1, 1, 1)]),
    (ACCOUNT, "frozen_until", [date(1, 1, 1)]),
    (SALE, "amount", [0, -1, 10**15 + 1]),
    (SALE, "lead_days", [-1, 366]),
    (SALE, "cost_percent", [Decimal(-1), Decimal(101)]),
    (SALE, "advance_percent", [-1, 101]),
    (SALE, "chance_percent", [-1, 101]),
    (SALE, "days_earlier", [0, 366]),
    (SALE, "repay_after_days", [0, 3651]),
    (SALE, "periods", [0, 601]),
    (SALE, "provider", ["a\nb", "x" * 201]),
    (SALE.changed(kind=MeasureKind.FACTOR, target="order"), "target", [""]),
    (SALE.changed(kind=MeasureKind.RENEGOTIATE, target="line"), "target", [""]),
    (SALE, "contact", ["a\nb", LONG]),
    (WINTER, "targets", [()]),
    (WINTER, "loss_date", [date(1, 1, 1)]),
    (WINTER, "notice_days", [-1, 3651]),
    (WINTER, "duration_days", [0, 3651]),
    (WINTER, "cut_percent", [-1, 101]),
    (WINTER, "late_days", [-1, 3651]),
    (WINTER, "cascade_after_days", [-1, 3651]),
    (WINTER, "cascade_percent", [-1, 101]),
    (WINTER, "cause", ["a\nb"]),
    (ACCEPTED, "contingency", ["", "a\nb"]),
    (ACCEPTED, "inputs", ["", "a\nb"]),
    (ACCEPTED, "cost", [10**15 + 1, -(10**15) - 1]),
    (ACCEPTED, "missed", [-1, 10**15 + 1]),
    (ACCEPTED, "loss_date", [date(1, 1, 1)]),
    (ACCEPTED, "accepted_on", [date(9999, 1, 1)]),
    (ACCEPTED, "activated_on", [date(1, 1, 1)]),
    (ACCEPTED, "ended_on", [date(1, 1, 1)]),
    (ACCEPTED, "steps", [(step(option=""),), (step(amount=-1),), (step(actual=-1),)]),
    (ACCEPTED, "steps", [(step(cost=10**16),), (step(done_on=date(1, 1, 1)),)]),
    (LINE, "minimum_percent", [Decimal(0), Decimal("0.99"), Decimal(101)]),
    (LINE, "minimum_floor", [-1, TOO_MUCH]),
    (DRAW, "early_on", [date(1, 1, 1)]),
    (DRAW, "early_amount", [-1, TOO_MUCH]),
    (DRAW, "early_fee_percent", [Decimal(-1), Decimal(101)]),
    (DRAW, "imported", [(listed(1, 2, 4),), (listed(2, 0, 2),), (listed(-1, 0, -1),)]),
    (DRAW, "imported", [(listed(0, 0, 0), listed(1, 0, 1, date(2026, 1, 4)))]),
    (FLOW, "skipped", [(date(1, 1, 1),)]),
    (
        FLOW,
        "moved",
        [(Moved(rule_date=DAY, to=date(1, 1, 1)),), (Moved(rule_date=date(1, 1, 1), to=DAY),)],
    ),
    (FLOW, "amounts", [other(DAY, 0), other(date(1, 1, 1), 1), other(DAY, 1) * 2]),
    (FLOW, "later_amounts", [later(DAY, 0), later(date(1, 1, 1), 1), later(DAY, 1) * 2]),
    (FLOW, "later_amounts", [later(DAY, 1) + later(date(2026, 1, 4), 1)]),
    (FLOW, "open", [still(0), still(TOO_MUCH), still(1) * 2, still(1, expected=date(1, 1, 1))]),
    (FLOW, "settled_ahead", [(date(1, 1, 1),)]),
    (FLOW, "answered_until", [date(1, 1, 1)]),
    (MONTHLY, "second_day", [5, 0, 32]),
    (MONTHLY.changed(last_day_of_month=True), "second_day", [28, 31]),
    (MONTHLY.changed(second_day=9), "monthly_on", [MonthlyOn.WEEKDAY, MonthlyOn.LAST_WEEKDAY]),
    (MONTHLY.changed(last_day_of_month=True), "monthly_on", [MonthlyOn.WEEKDAY]),
    (MONTHLY.changed(first_date=date(2026, 1, 29)), "monthly_on", [MonthlyOn.WEEKDAY]),
    (LINE, "lender", [LONG, "\x00"]),
    (LINE, "platform", [LONG, "\x07"]),
    (LINE, "upstream_funder", [LONG]),
    (LINE, "holder", [LONG]),
    (LINE, "contact", [LONG]),
    (LINE, "permitted_use", [LONG]),
    (LINE, "purchase_tags", [("",)]),
    (LINE, "use_tags", [("",)]),
    (LINE.changed(use=FundsUse.TAGGED, use_tags=("a",)), "use_tags", [()]),
    (LINE, "limit", [-1, TOO_MUCH]),
    (LINE, "balloon_percent", [Decimal(-1), Decimal(101)]),
    (LINE, "limit_changes", [(limit(date(1, 1, 1), 1),), (limit(DAY, -1),), (limit(DAY, 1, 2),)]),
    (LINE, "paid_from", ["No id"]),
    (LINE, "paid_into", ["No id"]),
    (LINE, "repaid_share_percent", [-1, 101]),
    (LINE, "headroom_haircut_percent", [-1, 101]),
    (LINE, "lead_days", [-1, 366]),
    (LINE, "minimum_draw", [-1, TOO_MUCH]),
    (LINE, "draw_step", [0, -1, TOO_MUCH]),
    (LINE, "maximum_draws", [-1, 1001]),
    (LINE, "usage_until", [date(1, 1, 1)]),
    (LINE.changed(usage_until=DAY), "contract_until", [date(2026, 1, 4)]),
    (LINE, "last_verified", [date(9999, 1, 1)]),
    (LINE, "draw_fee_percent", [Decimal(-1), Decimal(101)]),
    (LINE, "periods", [0, 601]),
    (LINE, "statement_day", [0, 32, 10**30]),
    (LINE, "default_mode", [LossMode.ACCOUNT_FROZEN, LossMode.RECEIPTS_LATE]),
    (LINE, "default_mode", [LossMode.CALL, LossMode.NO_RENEWAL, LossMode.REDUCED_RENEWAL]),
    (LINE, "default_mode", [LossMode.PURCHASES_BLOCKED]),
    (LINE, "notice_days", [-1, 3651]),
    (LINE, "freeze_days", [0, 3651]),
    (LINE, "cut_percent", [-1, 101]),
    (LINE, "excess_days", [-1, 3651]),
    (CARD, "statement_day", [None, 0, 32]),
    (CARD, "due_day", [None, 0, 32]),
    (CARD, "purchases_only", [False]),
    (CARD, "unbilled", [(_bought(date(1, 1, 1), 5),), (_bought(DAY, 0),)]),
    (CARD, "credited", [(Credited(day=DAY, amount=1),), (Credited(day=DAY, amount=0),)]),
    (LINE, "unbilled", [(_bought(DAY, 5),)]),
    (LINE, "credit_balance", [1]),
    (DRAW, "purchases", [(_bought(DAY, 5),), (_bought(DAY, TOO_MUCH),)]),
    (DRAW, "principal", [0, -1, TOO_MUCH]),
    (DRAW, "next_due", [date(1, 1, 1)]),
    (DRAW, "remaining_periods", [0, 601]),
    (DRAW, "interest_from", [date(2026, 1, 6)]),
    (SALE, "used_on", [date(1, 1, 1)]),
    (SALE, "used_amount", [-1, TOO_MUCH]),
    (DRAW, "repaid_early", [(EarlyPaid(day=DAY, amount=1),), (EarlyPaid(day=DAY, amount=0),)]),
    (DRAW, "origin", [begun(start=date(1, 1, 1)), begun(periods=0), begun(grace_periods=-1)]),
    (DRAW, "original_principal", [-1, TOO_MUCH]),
    (FLOW, "first_date", [date(1, 1, 1)]),
    (FLOW, "until", [date(2026, 1, 4), date(2999, 1, 1)]),
    (FLOW, "every", [0, 1000]),
    (FLOW, "count", [0, 10_000]),
    (FLOW, "amount", [0, -1, TOO_MUCH]),
    (FLOW, "counterparty", [LONG]),
    (FLOW, "deferrable_days", [-1, 366]),
    (FLOW, "deferral_cost_percent", [Decimal(-1), Decimal(101)]),
    (FLOW, "cuttable_percent", [-1, 101]),
    (FLOW, "income_lost_if_missed", [-1, TOO_MUCH]),
    (FLOW, "usual_lateness_days", [-1, 366]),
    (FLOW, "haircut_percent", [-1, 101]),
    (PLANNED, "amount", [0, -1]),
    (PLANNED, "periods", [0, 601]),
    (PLANNED, "purpose", [LONG]),
    (GROUP, "members", [(), ("cash",), ("cash", "cash")]),
    (GROUP, "reason", [LONG]),
]


def beyond_bounds() -> Iterator[tuple[Record, str, list[object]]]:
    """Whole numbers just outside the bounds that a field gives."""
    for record in (ACCOUNT, LINE, DRAW, FLOW, PLANNED, GROUP, SALE, WINTER, ACCEPTED):
        for name, field in fields_of(type(record)).items():
            if "minimum" in field.spec.bounds:
                least, most = (field.spec.bounds[b] for b in ("minimum", "maximum"))
                yield record, name, [least - 1, most + 1]


BAD += beyond_bounds()
ONE_BY_ONE = [(record, field, value) for record, field, values in BAD for value in values]


@pytest.mark.parametrize(
    ("record", "field", "value"),
    ONE_BY_ONE,
    ids=[f"{r.id}-{f}-{n}" for n, (r, f, _) in enumerate(ONE_BY_ONE)],
)
def test_a_bad_value_is_refused_by_field_and_in_one_sentence(
    record: Record, field: str, value: object
) -> None:
    with pytest.raises(BadInput) as refused:
        record.changed(**{field: value})
    assert refused.value.field == field
    for language, marks in (("en", "."), ("zh_CN", "。")):
        said = words_for(language).tell(refused.value.message)
        assert said.endswith(marks)
        assert "\n" not in said
        assert words_for(language).field(field) in said


FREE = {
    *("committed", "revolving", "last_day_of_month", "partly_payable"),  # yes or no
    *("kind", "role", "rate_per", "day_count", "method", "repeat", "adjustment", "use", "ask"),
    *("direction", "priority", "callable", "cut_rule", "systemic"),
    *("pays_minimum", "minimum_base", "early_effect", "personal", "business", "customer_risk"),
    *("due_adjustment", "interest_from_purchase", "cash_advance", "first_at_once"),
    *("rhythm", "compounding", "rounding"),
    *("recourse", "arranged", "drill", "stage", "mode"),
    *(
        "through",
        "stops_with",
        "facility",
        "tranches",
        "excludes",
        "depends_on",
    ),  # checked by the book, or records themselves
}


def definer(kind: type[Record], field: str) -> type:
    """The class in which the field is defined and checked."""
    records = (each for each in reversed(kind.__mro__) if issubclass(each, Record))
    return next(each for each in records if field in each.__struct_fields__)


KINDS: tuple[type[Record], ...] = (*RECORD_LISTS, Tranche)


@pytest.mark.parametrize("kind", KINDS)
def test_every_field_of_a_record_has_bad_values_in_the_table(kind: type[Record]) -> None:
    tried = {(definer(type(record), field), field) for record, field, _ in BAD}
    checked = {field for field in kind.__struct_fields__ if (definer(kind, field), field) in tried}
    assert set(kind.__struct_fields__) - checked <= FREE


def test_every_field_has_a_label() -> None:
    everything: tuple[type[msgspec.Struct], ...] = (*KINDS, Book)
    for kind in everything:
        assert set(kind.__struct_fields__) <= set(field_labels())


def test_a_changed_copy_is_checked_and_the_original_stays() -> None:
    changed = LINE.changed(limit=5)
    assert (LINE.limit, changed.limit) == (0, 5)
    with pytest.raises(AttributeError):
        LINE.limit = 5  # type: ignore[misc]  # that is the point


def test_an_unknown_field_is_no_field() -> None:
    with pytest.raises((TypeError, msgspec.ValidationError)):
        LINE.changed(limits=5)


def test_names_of_markup_are_names() -> None:
    for name in ("<b>x</b>", "$x_{$", "=1+1", "{name}", "%s", "借呗（测试）", "a'b\"c"):
        assert LINE.changed(name=name).name == name


def test_the_balance_of_a_line_is_the_principal_of_its_draws() -> None:
    assert LINE.changed(tranches=(DRAW, DRAW.changed(id="d2", principal=41))).balance == 42
