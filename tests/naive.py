"""A slow, plain reference for the engine: one loop over days, no arrays, no deltas.

It shares only the calendar and the schedules with the engine, which have tests of their own. Every
line is an object that remembers its debts; a loss is asked about on each day, never worked out
beforehand.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import accumulate, takewhile
from math import floor

from backstop.contingency import Contingency
from backstop.domain import (
    Account,
    AccountRole,
    Adjustment,
    Book,
    CashFlow,
    CutRule,
    DayCount,
    Direction,
    Facility,
    IntradayOrder,
    LossMode,
    PlannedDraw,
    RateChange,
    RatePer,
    Recurring,
    RepaymentMethod,
    Repeat,
    Tranche,
)
from backstop.projection import (
    Instalment,
    bill_due,
    calendar_of,
    cash_advance,
    draw_schedule,
    tranche_schedule,
)
from backstop.projection.calendars import adjusted
from backstop.projection.recurrence import rule_dates
from naive_cards import NaiveCard, is_whole
from naive_freezes import Move, made_at_thaw
from naive_overdraft import Accounts
from naive_takings import NaiveTakings

FAR = timedelta(days=100)
"""No date is moved so far by closed days."""

FROZEN = LossMode.ACCOUNT_FROZEN
ON_RECEIPTS = (LossMode.RECEIPTS_LATE, LossMode.RECEIPTS_CUT)


def naive_lows(book: Book, contingency: Contingency | None = None) -> list[int]:
    """What is left to be paid out on every day under a contingency: the lowest cash, above what it
    may fall to."""
    return World(book, contingency).lows()


def loss_of(loss: Contingency | None, element: str) -> Contingency | None:
    """Of a loss along with which others come, the one by which an element goes."""
    also = loss.also if loss else None
    while also is not None:
        if element in also.targets and loss is not None and element not in loss.targets:
            return also
        also = also.also
    return loss


def beyond(low: Sequence[int], base: Sequence[int]) -> list[int]:
    """The lows of a loss as they are, if nothing falls short in the `base`; else what more is
    unpaid by each day, below zero."""
    if min(base) >= 0:
        return list(low)
    unpaid = accumulate((-each for each in low), max, initial=0)
    anyway = accumulate((-each for each in base), max, initial=0)
    return [known - mine for mine, known in zip(unpaid, anyway, strict=True)][1:]


def is_of_one(rule: Recurring) -> bool:
    """Whether the rule has one date, as a single item or as a series of one."""
    return rule.repeat is Repeat.ONCE or rule.count == 1


def half_up(amount: Fraction) -> int:
    return floor(amount + Fraction(1, 2))


@dataclass(frozen=True)
class Terms:
    """By what an instalment's interest runs; a percentage of zero where only a list says it."""

    percent: Decimal
    per: RatePer
    day_count: DayCount
    changes: tuple[RateChange, ...] = ()

    def days(self, start: date, end: date) -> int:
        """Thirty for each month (the European rule), or those of the calendar."""
        if self.per is not RatePer.YEAR or self.day_count is not DayCount.THIRTY_360:
            return (end - start).days
        months = 12 * (end.year - start.year) + end.month - start.month
        return 30 * months + min(end.day, 30) - min(start.day, 30)

    def share(self, start: date, end: date) -> Fraction:
        """Interest of one unit, at each rate for the days on which it is in force."""
        if self.per is RatePer.PRINCIPAL:
            return Fraction(0)
        steps = [(date.min, self.percent), *((c.from_day, c.percent) for c in self.changes)]
        whole = 100
        if self.per is RatePer.YEAR:
            whole *= 365 if self.day_count is DayCount.ACTUAL_365 else 360
        total = Fraction(0)
        for number, (since, percent) in enumerate(steps):
            until = steps[number + 1][0] if number + 1 < len(steps) else date.max
            first, last = max(since, start), min(until, end)
            if first < last:
                total += Fraction(percent) * self.days(first, last) / whole
        return total


def terms_of_debt(record: Tranche | Facility, *, advance: bool = False) -> Terms:
    if advance:
        assert isinstance(record, Facility)
        return Terms(record.cash_advance_rate_percent, record.rate_per, record.day_count)
    cycle = record.method is RepaymentMethod.STATEMENT_CYCLE
    bears = not cycle or (record.pays_minimum and record.bill_instalments == 1)
    bears = bears or (isinstance(record, Tranche) and record.cash_advance)
    listed = isinstance(record, Tranche) and bool(record.imported)
    if listed or not bears:
        return Terms(Decimal(0), record.rate_per, record.day_count)
    return Terms(record.rate_percent, record.rate_per, record.day_count, record.rate_changes)


@dataclass
class Due:
    day: int
    principal: int
    interest: int
    since: int
    until: int
    terms: Terms
    as_of: date

    def interest_on(self, before: int, after: int, day: int) -> int:
        """Its interest where the balance is `before` up to that day, then `after`: by its terms,
        and what it bears beyond them evenly by days."""
        start, end = (self.as_of + timedelta(days=each) for each in (self.since, self.until))
        turn = min(max(start, self.as_of + timedelta(days=day)), end)
        own = before * self.terms.share(start, turn) + after * self.terms.share(turn, end)
        beyond = self.interest - half_up(before * self.terms.share(start, end))
        passed, to_come = self.terms.days(start, turn), self.terms.days(turn, end)
        if not before or not passed + to_come:
            return half_up(own)
        part = Fraction(before * passed + after * to_come, before * (passed + to_come))
        return half_up(own) + half_up(beyond * part)


@dataclass
class Debt:
    began: int | None
    dues: list[Due]


def _early(tranche: Tranche, made: list[Instalment]) -> int | None:
    """Which of them is paid early, if any."""
    there = [n for n, each in enumerate(made) if each.due == tranche.early_on]
    return there[-1] if there and tranche.early_amount else None


class Fate:
    """What happens to one element, asked day by day."""

    def __init__(self, book: Book, contingency: Contingency | None, record: object) -> None:
        self.loss = contingency
        self.mode: LossMode | None = None
        self.start = contingency.loss_day if contingency else 0
        self.lasts = contingency.duration_days if contingency else None
        self.percent = 0
        self.rule = CutRule.FLOOR_AT_BALANCE
        self.wait = 0
        self.notice = 0
        self.new_contract = False
        if contingency is None:
            return
        asked = contingency.mode
        if isinstance(record, Facility):
            self._of_line(book, record, contingency, asked)
        elif isinstance(record, Account) and record.id in contingency.targets:
            self.mode = asked if asked in ON_RECEIPTS else LossMode.ACCOUNT_FROZEN
            self.percent = contingency.cut_percent or 0
        elif isinstance(record, CashFlow) and record.id in contingency.targets:
            self.mode = asked if asked in ON_RECEIPTS else None
            self.percent = contingency.cut_percent or 0

    def _of_line(
        self, book: Book, line: Facility, loss: Contingency, asked: LossMode | None
    ) -> None:
        self.rule, self.wait = line.cut_rule, line.excess_days
        if line.id not in loss.targets:
            if loss.cascade and not line.committed:
                self.mode, self.percent = LossMode.LIMIT_CUT, loss.cascade.percent
                self.start += loss.cascade.after_days
                self.lasts = None
            return
        receipts_or_frozen = (*ON_RECEIPTS, LossMode.ACCOUNT_FROZEN, None)
        blocks_nothing = asked is LossMode.PURCHASES_BLOCKED and not line.purchases_only
        own = blocks_nothing or asked in receipts_or_frozen
        self.mode = line.default_mode if own else asked
        self.percent = line.cut_percent if loss.cut_percent is None else loss.cut_percent
        self.notice = line.notice_days if loss.notice_days is None else loss.notice_days
        if self.mode in (LossMode.NO_RENEWAL, LossMode.REDUCED_RENEWAL) and line.contract_until:
            self.start = max(self.start, (line.contract_until - book.as_of).days)
        self.new_contract = self.mode is LossMode.REDUCED_RENEWAL
        if self.mode is LossMode.FREEZE and self.lasts is None:
            self.lasts = line.freeze_days

    def active(self, day: int) -> bool:
        """Whether something that begins on that day is affected."""
        if self.mode is None or day < self.start:
            return False
        return self.mode is LossMode.CALL or self.lasts is None or day < self.start + self.lasts

    def limited(self, day: int) -> bool:
        return self.mode in (LossMode.LIMIT_CUT, LossMode.REDUCED_RENEWAL) and self.active(day)

    def closed(self, day: int, *, purchase: bool) -> bool:
        if self.mode in (LossMode.LIMIT_CUT, LossMode.REDUCED_RENEWAL) or not self.active(day):
            return False
        return purchase or self.mode is not LossMode.PURCHASES_BLOCKED

    def called_on(self, day: int) -> bool:
        return self.mode is LossMode.CALL and day == self.start + self.notice

    def excess_due_on(self, day: int) -> bool:
        if not self.limited(day) or self.rule is CutRule.FLOOR_AT_BALANCE:
            return False
        waits = self.wait if self.rule is CutRule.EXCESS_DUE_LATER else 0
        return day == self.start + waits


@dataclass
class Line:
    facility: Facility
    fate: Fate
    as_of: date
    debts: list[Debt] = field(default_factory=list)
    card: NaiveCard | None = None
    refunds: dict[int, list[int]] = field(default_factory=dict)
    takings: NaiveTakings | None = None
    used: int = 0
    room: int = 0
    billed: int = 0

    def morning(self, day: int, today: date) -> None:
        """What is due today makes room today; a new contract counts what is still owed alone."""
        repaid = [sum(d.principal for d in debt.dues if d.day == day) for debt in self.debts]
        if self.renewed_on(day):
            owed = (due for debt in self.debts for due in debt.dues if due.day >= day)
            self.used = sum(due.principal for due in owed)
            self.used += self.card.left if self.card else 0
        if self.card:
            self.billed, back = self.card.pay(today, day == 0)
            for amount in self.refunds.get(day, ()):
                back += self.card.refund(amount, today)
            self.used -= sum(self.given_back(each, day) for each in back)
        limit = self.limit(day)
        self.room = limit - (limit * self.fate.percent + 50) // 100 - self.used
        self.room += sum(self.given_back(principal, day) for principal in repaid)

    def limit(self, day: int) -> int:
        """The latest change for good, unless a temporary limit holds that day."""
        on, found, for_now = self.as_of + timedelta(days=day), self.facility.limit, None
        for change in self.facility.limit_changes:
            if change.from_day > on:
                break
            if change.until is None:
                found = change.limit
            elif on <= change.until:
                for_now = change.limit
        return found if for_now is None else for_now

    def renewed_on(self, day: int) -> bool:
        return self.fate.new_contract and day == self.fate.start

    def given_back(self, principal: int, day: int) -> int:
        if self.renewed_on(day):
            return principal
        if not self.facility.revolving:
            return 0
        return principal * self.facility.repaid_share_percent // 100

    def granted(self, day: int, amount: int, *, purchase: bool) -> int:
        """How much of it the line lets through."""
        if self.fate.closed(day, purchase=purchase):
            return 0
        if self.takings and self.fate.limited(day):
            return 0
        if self.fate.limited(day) and amount > self.room:
            if purchase or self.room <= 0:
                return 0
            step = self.facility.draw_step
            less = self.room // step * step
            return less if less >= max(1, self.facility.minimum_draw) else 0
        return amount

    def borrow(self, day: int, amount: int, dues: list[Due]) -> None:
        self.debts.append(Debt(day, dues))
        self.used += amount
        self.room -= amount

    def buy(self, day: int, today: date, amount: int) -> None:
        """A purchase by a card whose bills are reckoned whole."""
        assert self.card
        back = sum(self.given_back(each, day) for each in self.card.buy(amount, today))
        self.used += amount - back
        self.room -= amount - back

    def payments(self, day: int, today: date) -> int:
        """What has to be paid on the line today."""
        paid = self.billed
        for debt in self.debts:
            now = [due for due in debt.dues if due.day <= day]
            if not now:
                continue
            debt.dues = [due for due in debt.dues if due.day > day]
            paid += sum(due.principal + due.interest for due in now)
            self.used -= self.given_back(sum(due.principal for due in now), day)
        if self.fate.called_on(day):
            paid += self.call(day)
            paid += self.card.settle(today) if self.card else 0
        if self.fate.excess_due_on(day):
            paid += self.excess(day, today)
        return paid

    def call(self, day: int) -> int:
        paid = 0
        for debt in self.debts:
            balance = sum(due.principal for due in debt.dues)
            for due in debt.dues:
                runs = due.interest > 0 and due.since < day
                run_up = due.interest_on(balance, 0, day) if runs else 0
                paid += due.principal + run_up
                balance -= due.principal
            debt.dues = []
        return paid

    def excess(self, day: int, today: date) -> int:
        limit = self.limit(day) - (self.limit(day) * self.fate.percent + 50) // 100
        owed = sum(due.principal for debt in self.debts for due in debt.dues)
        owed += self.card.left if self.card else 0
        left = excess = max(0, owed - limit)
        if self.card:
            back = self.card.repay(left, today)
            self.used -= sum(self.given_back(each, day) for each in back)
            left -= sum(back)
        order = [(due.day, i, j) for i, d in enumerate(self.debts) for j, due in enumerate(d.dues)]
        early = {i: [0] * len(debt.dues) for i, debt in enumerate(self.debts)}
        for _, i, j in sorted(order, reverse=True):
            early[i][j] = min(left, self.debts[i].dues[j].principal)
            left -= early[i][j]
        for i, debt in enumerate(self.debts):
            total = sum(early[i])
            if not total:
                continue
            self.used -= self.given_back(total, day)
            balance = sum(due.principal for due in debt.dues)
            for j, due in enumerate(debt.dues):
                before = balance
                balance -= due.principal
                due.principal -= early[i][j]
                due.interest = due.interest_on(before, max(0, before - total), day)
        return excess


class World:
    """Everything that moves in a book, one day after the other."""

    def __init__(self, book: Book, contingency: Contingency | None) -> None:
        self.book, self.loss = book, contingency
        self.fates = {
            each.id: Fate(book, loss_of(contingency, each.id), each) for each in book.records()
        }
        self.lines = {f.id: Line(f, self.fates[f.id], book.as_of) for f in book.facilities}
        for line in self.lines.values():
            line.used = sum(each.amount for each in line.facility.unbilled)
            line.used += line.facility.blocked
            if is_whole(book, line.facility):
                line.card = NaiveCard(book, line.facility, terms_of_debt)
                line.used -= sum(line.given_back(each, 0) for each in line.card.paid_at_first)
            else:
                self.bought_before(line)
            if line.facility.is_repaid_by_takings:
                line.takings = NaiveTakings(line.facility)
                line.takings.owe_from_the_start()
                continue
            for tranche in line.facility.tranches:
                if line.card and line.card.takes_in(tranche):
                    line.used += tranche.principal
                    continue
                made = tranche_schedule(tranche, book.as_of)
                dues = self.dues(made, terms_of_debt(tranche), line.facility, _early(tranche, made))
                line.debts.append(Debt(None, dues))
                line.used += tranche.principal
        self.due = {each.id: self.coming(each) for each in book.planned_draws}
        self.due |= {each.id: self.coming(each) for each in book.cash_flows}
        self.overdrafts = Accounts(book, contingency)
        self.used_by_day = {each.id: list[int]() for each in book.facilities}
        self.later = made_at_thaw(self, lambda: World(book, None)) if contingency else {}
        own = (each for each in book.accounts if each.role is AccountRole.OPERATING)
        self.held = {each.id: each.balance for each in own}
        self.arriving: dict[int, int] = {}
        self.returning: dict[int, int] = {}
        for flow in book.cash_flows:
            if flow.through in self.lines and flow.direction is Direction.RECEIPT:
                self.come_back(flow)

    def bought_before(self, line: Line) -> None:
        """What was bought since the last statement by a card that is paid in full."""
        terms = terms_of_debt(line.facility)
        for each in line.facility.unbilled:
            due = bill_due(line.facility, each.day)
            made = [Instalment(due, each.amount, 0, each.day)]
            line.debts.append(Debt(None, self.dues(made, terms, line.facility)))

    def come_back(self, flow: CashFlow) -> None:
        """Money that comes back to a card, as its fate lets it."""
        fate = self.fates[flow.id]
        for day, amounts in self.due[flow.id].items():
            late = 0
            if self.loss and fate.active(day) and fate.mode is LossMode.RECEIPTS_LATE:
                late = self.loss.late_days
            less = fate.active(day) and fate.mode is LossMode.RECEIPTS_CUT
            part = fate.percent if self.loss and less else 0
            back = [each - (each * part + 50) // 100 for each in amounts]
            self.lines[flow.through].refunds.setdefault(day + late, []).extend(back)

    def offset(self, when: date) -> int:
        return (when - self.book.as_of).days

    def dues(
        self,
        schedule: list[Instalment],
        terms: Terms,
        line: Facility,
        early: int | None = None,
        drawn: date = date.min,
    ) -> list[Due]:
        """Each paid when banks are open and not before the draw, its interest as if they always
        were; the `early` one, on the day chosen for it; what is overdue is paid today."""
        day_0, calendar = self.book.as_of, calendar_of(self.book)
        found = []
        for number, each in enumerate(schedule):
            shift = Adjustment.NONE if number == early else line.due_adjustment
            paid = max(drawn, adjusted(each.due, shift, calendar))
            if early is not None and number > early:
                paid = max(paid, schedule[early].due)
            day, since, until = (self.offset(when) for when in (paid, each.since, each.due))
            sums = each.principal, each.interest
            found.append(Due(max(0, day), *sums, since, until, terms, day_0))
        return found

    def coming(self, rule: PlannedDraw | CashFlow) -> dict[int, list[int]]:
        """Each date of the rule, one by one: settled, or an amount due on a day that is not past;
        what is held back of receipts comes on a day of its own, also of those that are settled."""
        book, late, held = self.book, 0, 0
        haircut = 0
        if isinstance(rule, CashFlow) and rule.direction is Direction.RECEIPT:
            late, held = rule.usual_lateness_days, rule.held_percent and rule.held_days
            haircut = rule.haircut_percent
        moved = {each.rule_date: each.to for each in rule.moved}
        opened = {each.rule_date: each for each in rule.open}
        found: dict[int, list[int]] = {}
        last = max([book.as_of + timedelta(days=book.horizon_days), *moved, *opened]) + FAR
        every = set(takewhile(lambda day: day <= last, rule_dates(rule)))
        own = every - {*rule.skipped}
        for day in sorted(own | opened.keys()):
            falls = moved.get(day) or adjusted(day, rule.adjustment, calendar_of(book))
            offset, now, later = self.offset(falls) + late, *self.parts(rule, day)
            if day in opened:
                offset = self.offset(opened[day].expected or falls + timedelta(days=late))
                now = opened[day].left
                now -= half_up(Fraction(now * haircut, 100))
            elif self.is_settled(rule, day, offset):
                now = 0
            is_gone = self.is_settled(rule, day, offset) and day not in opened
            if later and day in every and not (is_gone and offset + held < 0):
                found.setdefault(max(0, offset + held), []).append(later)
            if now:
                found.setdefault(max(0, offset), []).append(now)
        return found

    def is_settled(self, rule: PlannedDraw | CashFlow, day: date, offset: int) -> bool:
        if rule.answered_until:
            return day < rule.answered_until
        return day < self.book.as_of and offset < 0 and not is_of_one(rule)

    def parts(self, rule: PlannedDraw | CashFlow, day: date) -> tuple[int, int]:
        """What comes of one date at once, and what of it is held back."""
        amount = rule.amount
        for later in rule.later_amounts:
            amount = later.amount if day >= later.from_day else amount
        for other in rule.amounts:
            amount = other.amount if day == other.rule_date else amount
        if isinstance(rule, PlannedDraw) or rule.direction is Direction.PAYMENT:
            return amount, 0
        amount -= half_up(Fraction(amount * rule.haircut_percent, 100))
        held = half_up(Fraction(amount * rule.held_percent, 100)) if rule.held_days else 0
        return amount - held, held

    def lows(self) -> list[int]:
        cash = sum(self.held.values())
        lows = []
        frozen = 0
        for day in range(self.book.horizon_days + 1):
            locked = [each for each in self.held if self.fates[each].mode is FROZEN]
            if self.loss and locked and day == self.loss.loss_day:
                if self.loss.duration_days != 0:
                    frozen = min(max(cash, 0), sum(max(0, self.held[each]) for each in locked))
                cash -= frozen
            lasts = self.loss.duration_days if self.loss and locked else None
            if self.loss and lasts and day == self.loss.loss_day + lasts:
                cash += frozen
            cash += self.returning.get(day, 0)
            today = self.book.as_of + timedelta(days=day)
            for line in self.lines.values():
                line.morning(day, today)
            cash += sum(self.draw(each, day) for each in self.book.planned_draws)
            paid = sum(self.pay(each, day) for each in self.book.cash_flows)
            paid += sum(self.owed_on(line, day, today) for line in self.lines.values())
            if self.loss and day == self.loss.loss_day:
                paid += self.loss.expense
            for lender, charge in self.overdrafts.charges(day):
                self.move(lender.paid_from, -charge)
                paid += charge
            for each in self.book.cash_flows:
                self.expect(each, day)
            received = self.arriving.get(day, 0)
            for line in self.lines.values():
                if line.takings:
                    kept = line.takings.kept_back(day)
                    self.move(line.facility.takings_into, -kept)
                    received -= kept
                    paid += line.takings.call() if line.fate.called_on(day) else 0
            cash -= paid
            may_fall = self.overdrafts.may_fall(day)
            if self.book.intraday_order is IntradayOrder.PAYMENTS_FIRST:
                lows.append(cash + may_fall)
                cash += received
            else:
                cash += received
                lows.append(cash + may_fall)
            self.evening(day, cash)
        return lows

    def evening(self, day: int, cash: int) -> None:
        self.overdrafts.evening(day, cash)
        for line in self.lines.values():
            self.used_by_day[line.facility.id].append(line.used)

    def move(self, account: str, amount: int) -> None:
        """Into that account, or the first, where it is none that counts as cash; as it is without
        the loss up to its day, which is all that is asked of it."""
        if self.held:
            self.held[account if account in self.held else next(iter(self.held))] += amount

    def owed_on(self, line: Line, day: int, today: date) -> int:
        paid = line.payments(day, today)
        self.move(line.facility.paid_from, -paid)
        return paid

    def draw(self, planned: PlannedDraw, day: int) -> int:
        cash = self.granted(planned, day)
        self.move(self.lines[planned.facility].facility.paid_into, cash)
        return cash

    def granted(self, planned: PlannedDraw, day: int) -> int:
        line, cash = self.lines[planned.facility], 0
        later = self.later.get(planned.id, {}).get(day, [])
        for wanted in [*self.due[planned.id].get(day, ()), *later]:
            amount = line.granted(day, wanted, purchase=False)
            if amount and line.takings:
                line.takings.draw(day, amount)
                cash += amount - half_up(Fraction(line.facility.draw_fee_percent) * amount / 100)
            elif amount:
                received, dues = self.drawn(planned, day, amount)
                line.borrow(day, amount, dues)
                cash += received
        return cash

    def drawn(self, planned: PlannedDraw, day: int, amount: int) -> tuple[int, list[Due]]:
        """What arrives of a draw on that day, and what then has to be paid back."""
        line, on = self.lines[planned.facility].facility, self.book.as_of + timedelta(days=day)
        if line.purchases_only:
            made, received = cash_advance(line, amount, on, planned.periods), amount
        else:
            made = draw_schedule(line, amount, on, planned.periods)
            received = amount - half_up(Fraction(line.draw_fee_percent) * amount / 100)
        terms = terms_of_debt(line, advance=line.purchases_only)
        return received, self.dues(made, terms, line, drawn=made[0].since)

    def moves(self, planned: PlannedDraw, day: int, amount: int) -> list[Move]:
        """What a draw on that day does to cash, and to what is owed, day by day."""
        received, dues = self.drawn(planned, day, amount)
        line = self.lines[planned.facility]
        paid = [
            Move(each.day, -each.principal - each.interest, -line.given_back(each.principal, -1))
            for each in dues
        ]
        return [Move(day, received, amount), *paid]

    def advanced(self, line: Facility, day: int) -> int:
        """What is drawn in cash on a card and not yet paid back at the end of a day."""
        owed = 0
        for tranche in line.tranches if line.purchases_only else ():
            if tranche.cash_advance:
                made = tranche_schedule(tranche, self.book.as_of)
                dues = self.dues(made, terms_of_debt(tranche), line, _early(tranche, made))
                owed += sum(each.principal for each in dues if each.day > day)
        for planned in self.book.planned_draws if line.purchases_only else ():
            for begun, amounts in self.due[planned.id].items():
                for amount in amounts if planned.facility == line.id and begun <= day else ():
                    _, dues = self.drawn(planned, begun, amount)
                    owed += sum(each.principal for each in dues if each.day > day)
        return owed

    def pay(self, flow: CashFlow, day: int) -> int:
        if flow.direction is Direction.RECEIPT:
            return 0
        line, paid = self.lines.get(flow.through), 0
        for amount in self.due[flow.id].get(day, ()):
            if line and line.granted(day, amount, purchase=True):
                bought = self.book.as_of + timedelta(days=day)
                if line.card:
                    line.buy(day, bought, amount)
                    continue
                periods = line.facility.periods
                made = draw_schedule(line.facility, amount, bought, periods)
                dues = self.dues(
                    made, terms_of_debt(line.facility), line.facility, drawn=made[0].since
                )
                line.borrow(day, amount, dues)
            else:
                paid += amount
        self.move(flow.through, -paid)
        return paid

    def expect(self, flow: CashFlow, day: int) -> None:
        """A receipt of today arrives, today or when its fate lets it."""
        if flow.direction is Direction.PAYMENT or flow.through in self.lines:
            return
        fate = self.fates[flow.id]
        if flow.through and self.fates[flow.through].mode is not None:
            fate = self.fates[flow.through]
        for amount in self.due[flow.id].get(day, ()):
            arrives, into, part = day, self.arriving, amount
            if self.loss and fate.active(day):
                match fate.mode:
                    case LossMode.RECEIPTS_LATE:
                        arrives += self.loss.late_days
                    case LossMode.RECEIPTS_CUT:
                        part -= (amount * fate.percent + 50) // 100
                    case _:
                        if fate.lasts is None:
                            continue
                        arrives, into = fate.start + fate.lasts, self.returning
            into[arrives] = into.get(arrives, 0) + part
            if arrives == day:
                self.move(flow.through, part)
            for line in self.lines.values():
                if line.takings and line.takings.takes_from(flow):
                    line.takings.came[arrives].append(part)
