"""Random books of every kind of loan and rule, each with the names of what it tries."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from backstop.domain import (
    Account,
    Adjustment,
    Book,
    Bought,
    CashFlow,
    Compounding,
    DayCount,
    Direction,
    EarlyEffect,
    Facility,
    LaterAmount,
    MinimumBase,
    MonthlyOn,
    Moved,
    Origin,
    OtherAmount,
    PlannedDraw,
    RateChange,
    RatePer,
    RepaymentMethod,
    Repeat,
    Rhythm,
    Rounding,
    StillOpen,
    Tranche,
)
from oracle.card_bills import due_of, statement_of
from oracle.lenders import due_days, loan_of_tranche, month_on
from oracle.occurrences import rule_dates
from oracle.random_overdrafts import overdraft

LOANS = (
    RepaymentMethod.ANNUITY,
    RepaymentMethod.EQUAL_PRINCIPAL,
    RepaymentMethod.INTEREST_FIRST,
    RepaymentMethod.BULLET,
    RepaymentMethod.ON_DEMAND,
)
CALENDARS = ("none", "CN", "US")
SHIFTS = (Adjustment.FOLLOWING, Adjustment.PRECEDING, Adjustment.MODIFIED_FOLLOWING)
CELLS = [(m, d, c) for m in LOANS for d in DayCount for c in CALENDARS]


class Maker:
    """Makes one book around a method, a day count and a calendar."""

    def __init__(self, seed: int, number: int) -> None:
        self.random = Random(f"{seed}/{number}")
        self.method, self.count, self.calendar = CELLS[number % len(CELLS)]
        self.as_of = date(2024, 1, 1) + timedelta(self.random.randrange(600))
        self.horizon = self.random.choice((90, 200, 366))
        self.tried: set[str] = set()

    def book(self) -> Book:
        lines = tuple(self.line(f"l{n}", n) for n in range(2))
        cards: tuple[Facility, ...] = ()
        bought: list[CashFlow] = []
        if self.often(0.5, "card"):
            cards = (self.card("k"),)
            bought = [self.purchase(f"k{n}") for n in range(self.random.randint(0, 3))]
        elif self.often(0.3, "purchases in instalments"):
            cards = (self.line("k", 1).changed(purchases_only=True, draw_fee_percent=Decimal(0)),)
            bought = [self.purchase("k0").changed(direction=Direction.PAYMENT)]
        if self.often(0.1, "overdraft"):
            cards = (*cards, overdraft(self, "o"))
        return Book(
            title="Any",
            as_of=self.as_of,
            horizon_days=self.horizon,
            country="" if self.calendar == "none" else self.calendar,
            accounts=(Account(id="a", name="a", balance=self.random.randrange(-(10**6), 10**7)),),
            facilities=(*lines, *cards),
            planned_draws=tuple(self.draws((*lines, *cards))),
            cash_flows=(
                *(self.flow(f"r{n}") for n in range(self.random.randrange(1, 4))),
                *bought,
            ),
        )

    def often(self, chance: float, feature: str) -> bool:
        chosen = self.random.random() < chance
        if chosen:
            self.tried.add(feature)
        return chosen

    def one_of(self, values: Any, feature: str = "") -> Any:
        chosen = self.random.choice(list(values))
        if feature:
            self.tried.add(f"{feature} {chosen}")
        return chosen

    def near(self, before: int, after: int) -> date:
        return self.as_of + timedelta(self.random.randint(-before, after))

    def percent(self, most: int, digits: int = 4) -> Decimal:
        return Decimal(self.random.randrange(most * 10**digits)).scaleb(-digits)

    def shift(self) -> Adjustment:
        return Adjustment.NONE if self.calendar == "none" else self.random.choice(SHIFTS)

    # ---- loans

    def terms(self) -> dict[str, Any]:
        per = self.random.choices(list(RatePer), (6, 2, 1))[0]
        self.tried.add(f"rate per {per}")
        terms: dict[str, Any] = {
            "method": self.method,
            "day_count": self.count,
            "rate_per": per,
            "rate_percent": self.rate(per),
            "rhythm": self.random.choices(list(Rhythm), (1, 1, 5, 1))[0],
            "rounding": self.one_of(Rounding, "rounding"),
        }
        self.tried.add(f"rhythm {terms['rhythm']}")
        if terms["rhythm"] in (Rhythm.MONTHLY, Rhythm.QUARTERLY) and self.often(0.5, "due day"):
            terms["due_day"] = self.random.choice((1, 10, 15, 28, 29, 30, 31))
        if self.often(0.2, "grace"):
            terms["grace_periods"] = self.random.randint(1, 3)
        if self.often(0.2, "interest only"):
            terms["interest_only_periods"] = self.random.randint(1, 3)
        if self.often(0.2, "balloon"):
            terms["balloon_percent"] = self.percent(60, 1)
        if self.method is RepaymentMethod.BULLET and self.often(0.5, "compounding"):
            terms["compounding"] = self.random.choice(list(Compounding)[1:])
        if per is not RatePer.PRINCIPAL and self.often(0.25, "rate changes"):
            days = sorted({self.near(60, 250) for _ in range(self.random.randint(1, 2))})
            terms["rate_changes"] = tuple(
                RateChange(from_day=day, percent=self.rate(per)) for day in days
            )
        return terms

    def rate(self, per: RatePer) -> Decimal:
        if per is RatePer.DAY:
            return self.percent(1, 4) / 10
        return self.percent(12 if per is RatePer.PRINCIPAL else 36)

    def line(self, name: str, number: int) -> Facility:
        terms = self.terms()
        tranches = (self.tranche(f"{name}-t"),) if number == 0 else ()
        return Facility(
            id=name,
            name=name,
            limit=10**9,
            due_adjustment=self.shift(),
            draw_fee_percent=self.percent(2) if self.often(0.2, "draw fee") else Decimal(0),
            first_at_once=terms["method"] is not RepaymentMethod.BULLET
            and self.often(0.1, "first at once"),
            tranches=tranches,
            **terms,
        )

    def tranche(self, name: str) -> Tranche:
        terms = self.terms() | {"id": name, "name": name}
        if self.often(0.2, "charges"):
            terms["charges"] = self.random.randrange(1, 5000)
        principal = self.random.randrange(10_000, 5_000_000)
        periods = self.random.randint(1, 14)
        if self.often(0.4, "origin"):
            return self.from_origin(terms, principal, periods)
        first = self.near(20, 70)
        if terms.get("due_day"):
            first = due_days(Tranche(principal=1, next_due=first, **terms), first, 2, 1)[1]
            first = _on(first, terms["due_day"])
        if self.often(0.3, "interest from"):
            before = first - timedelta(self.random.randrange(0, 100))
            terms["interest_from"] = min(before, self.as_of)
        made = Tranche(principal=principal, next_due=first, remaining_periods=periods, **terms)
        return self.paid_early(made)

    def from_origin(self, terms: dict[str, Any], principal: int, periods: int) -> Tranche:
        start = self.near(400, 0)
        first = start + timedelta(self.random.randrange(1, 75))
        if terms.get("due_day"):
            first = max(start, _on(first, terms["due_day"]))
        silent = {k: terms.pop(k, 0) for k in ("grace_periods", "interest_only_periods")}
        origin = Origin(
            start=start, principal=principal, first_due=first, periods=periods, **silent
        )
        whole = Tranche(
            principal=principal,
            next_due=first,
            remaining_periods=periods,
            origin=origin,
            **terms,
        )
        if self.method is RepaymentMethod.BULLET:
            return self.paid_early(whole)
        loan, _ = loan_of_tranche(whole, self.as_of)
        rows = loan.rows()
        paid = min(sum(day < self.as_of for day in loan.dues), periods - 1)
        if self.often(0.2, "overdue instalment"):
            paid = max(0, paid - 1)
        made = whole.changed(
            principal=principal - sum(row[1] for row in rows[:paid]),
            next_due=loan.dues[paid],
            remaining_periods=periods - paid,
            paid_instalments=paid,
        )
        return self.paid_early(made)

    def paid_early(self, made: Tranche) -> Tranche:
        apart = made.rounding is Rounding.CARRIED or made.compounding is not Compounding.NEVER
        if apart or made.rate_per is RatePer.PRINCIPAL or not self.often(0.3, "early repayment"):
            return made
        begin = max(self.as_of, made.next_due - timedelta(20))
        return made.changed(
            early_on=begin + timedelta(self.random.randrange(1, 90)),
            early_amount=self.random.randrange(1, made.principal + 1),
            early_effect=self.one_of(EarlyEffect, "early"),
            early_fee_percent=self.percent(3) if self.often(0.5, "early fee") else Decimal(0),
        )

    def draws(self, lines: tuple[Facility, ...]) -> Iterator[PlannedDraw]:
        for line in lines[1:]:
            if line.is_overdraft:
                continue
            if line.purchases_only and not line.cash_advance_limit:
                continue
            terms = self.rule(line.id + "-d", draws=True)
            terms["amount"] = self.random.randrange(10_000, 3_000_000)
            yield PlannedDraw(facility=line.id, periods=self.random.randint(1, 12), **terms)

    # ---- cards

    def card(self, name: str) -> Facility:
        per = self.one_of((RatePer.YEAR, RatePer.DAY))
        terms: dict[str, Any] = {
            "method": RepaymentMethod.STATEMENT_CYCLE,
            "day_count": self.count,
            "rate_per": per,
            "rate_percent": self.rate(per),
            "statement_day": self.random.choice((1, 5, 15, 28, 30, 31)),
        }
        if self.often(0.3, "card: due days after"):
            terms["due_days_after"] = self.random.randint(1, 45)
        else:
            late = terms["statement_day"] < 28
            terms["due_day"] = self.random.choice((1, 8, 20, *((29, 30, 31) if late else ())))
        if self.often(0.5, "card: minimum"):
            self.minimum(terms)
        elif self.often(0.4, "card: instalments"):
            terms["bill_instalments"] = self.random.randint(2, 12)
            terms["instalment_fee_percent"] = self.percent(9)
        if self.often(0.3, "card: cash advance"):
            terms["cash_advance_limit"] = 10**9
            terms["cash_advance_fee_percent"] = self.percent(3)
            terms["cash_advance_rate_percent"] = self.rate(per)
        line = Facility(
            id=name,
            name=name,
            limit=10**9,
            purchases_only=True,
            due_adjustment=self.shift(),
            **terms,
        )
        if self.often(0.2, "card: credit balance"):
            line = line.changed(credit_balance=self.money())
        if self.often(0.4, "card: unbilled"):
            line = line.changed(unbilled=self.bought_before(line))
        parts_by_days = line.bill_instalments > 1 and line.due_days_after is not None
        if not parts_by_days and self.often(0.4, "card: bill"):
            line = line.changed(tranches=(self.bill(line, terms),))
        return line

    def minimum(self, terms: dict[str, Any]) -> None:
        terms["pays_minimum"] = True
        terms["minimum_percent"] = 1 + self.percent(30, 1)
        terms["minimum_base"] = self.one_of(MinimumBase, "minimum of")
        if self.often(0.4, "card: floor"):
            terms["minimum_floor"] = self.money()
        if self.often(0.5, "card: interest from purchase"):
            terms["interest_from_purchase"] = True

    def bought_before(self, line: Facility) -> tuple[Bought, ...]:
        """Since the last statement."""
        this = statement_of(line, self.as_of)
        last = month_on(this, -1, line.statement_day or 31)
        span = max(1, (self.as_of - last).days)
        days = sorted(self.random.randrange(span) for _ in range(self.random.randint(1, 3)))
        return tuple(Bought(day=last + timedelta(n), amount=self.money()) for n in days)

    def bill(self, line: Facility, terms: dict[str, Any]) -> Tranche:
        """The bill of the last statement, or of the one before."""
        last = month_on(statement_of(line, self.as_of), -1, line.statement_day or 31)
        days = [last - timedelta(self.random.randint(1, 27)) for _ in range(2)]
        bought = tuple(Bought(day=day, amount=self.money()) for day in sorted(days))
        kept = {key: value for key, value in terms.items() if key in Tranche.__struct_fields__}
        periods = terms.get("bill_instalments", 1)
        return Tranche(
            id="k-t",
            name="k-t",
            principal=sum(each.amount for each in bought),
            next_due=due_of(line, last),
            purchases=bought if "pays_minimum" in terms else (),
            remaining_periods=periods,
            charges=self.money() if self.often(0.1, "card: charges") else 0,
            **kept,
        )

    def purchase(self, name: str) -> CashFlow:
        refund = self.often(0.2, "refund")
        made = CashFlow(direction=Direction.PAYMENT, through="k", **self.rule(name))
        return made.changed(direction=Direction.RECEIPT) if refund else made

    # ---- rules

    def rule(self, name: str, *, draws: bool = False) -> dict[str, Any]:
        repeat = self.one_of(Repeat, "repeat")
        rare = draws and repeat in (Repeat.DAYS, Repeat.WEEKS)
        every = (
            self.random.randint(1, 4) if repeat is not Repeat.DAYS else self.random.randint(1, 60)
        )
        terms: dict[str, Any] = {
            "id": name,
            "name": name,
            "amount": self.random.randrange(1, 500_000),
            "first_date": self.near(10, 60) if repeat is Repeat.ONCE else self.near(400, 60),
            "repeat": repeat,
            "every": every * (10 if rare else 1),
            "adjustment": self.random.choice((Adjustment.NONE, *SHIFTS)),
        }
        if repeat is Repeat.ONCE:
            return terms
        self.monthly(terms)
        if self.often(0.3, "until"):
            terms["until"] = max(self.near(30, 300), terms["first_date"])
        if self.often(0.3, "count"):
            terms["count"] = self.random.randint(1, 30)
        if self.often(0.3, "answered until"):
            terms["answered_until"] = self.near(60, 20)
        self.exceptions(terms, PlannedDraw if draws else CashFlow)
        return terms

    def monthly(self, terms: dict[str, Any]) -> None:
        by_month = terms["repeat"] in (Repeat.MONTHS, Repeat.YEARS)
        if by_month and self.often(0.3, "day 29 to 31"):
            terms["first_date"] = _on(terms["first_date"], self.random.randint(29, 31))
        day = terms["first_date"].day
        if by_month and self.often(0.2, "last weekday"):
            terms["monthly_on"] = MonthlyOn.LAST_WEEKDAY
        elif by_month and day <= 28 and self.often(0.3, "nth weekday"):
            terms["monthly_on"] = MonthlyOn.WEEKDAY
        elif by_month and self.often(0.3, "last day of month"):
            terms["last_day_of_month"] = True
        elif terms["repeat"] is Repeat.MONTHS and self.often(0.3, "twice a month"):
            terms["second_day"] = self.random.choice([d for d in range(1, 28) if d != day])

    def exceptions(self, terms: dict[str, Any], kind: Any) -> None:
        links = {"facility": "x"} if kind is PlannedDraw else {"direction": Direction.RECEIPT}
        plain = kind(**terms, **links)
        days = [d for d in rule_dates(plain, self.near(0, 300)) if d > self.near(200, 0)]
        self.random.shuffle(days)
        if days and self.often(0.2, "skipped"):
            terms["skipped"] = (days[-1],)
        if days and self.often(0.2, "moved"):
            day = days.pop()
            to = day + timedelta(self.random.randint(-40, 40))
            terms["moved"] = (Moved(rule_date=day, to=to),)
        if days and self.often(0.2, "other amount"):
            terms["amounts"] = (OtherAmount(rule_date=days.pop(), amount=self.money()),)
        if days and self.often(0.2, "still open"):
            expected = self.near(5, 40) if self.often(0.5, "open, expected") else None
            terms["open"] = (StillOpen(rule_date=days.pop(), left=self.money(), expected=expected),)
        if self.often(0.2, "later amounts"):
            later = sorted({self.near(50, 50), self.near(0, 200)})
            terms["later_amounts"] = tuple(
                LaterAmount(from_day=day, amount=self.money()) for day in later
            )

    def money(self) -> int:
        return self.random.randrange(1, 100_000)

    def flow(self, name: str) -> CashFlow:
        terms = self.rule(name)
        terms["direction"] = self.one_of(Direction)
        if terms["direction"] is Direction.RECEIPT:
            if self.often(0.4, "lateness"):
                terms["usual_lateness_days"] = self.random.randint(1, 45)
            if self.often(0.4, "haircut"):
                terms["haircut_percent"] = self.random.randint(1, 100)
            if self.often(0.4, "held back"):
                terms["held_percent"] = self.random.randint(1, 100)
                terms["held_days"] = self.random.randint(1, 45)
        return CashFlow(**terms)


def _on(day: date, wanted: int) -> date:
    return month_on(day, 0, wanted)
