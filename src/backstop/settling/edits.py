"""What did not go as planned, as changes to the book of the earlier day: what was expected is left
out or put off, and what came instead is put in its place. Then that book is brought on as planned.

What no date of the earlier book can say is kept beside it: moves of money between accounts,
instalments that are not paid, and what stays due of bills.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date, timedelta
from typing import TypeVar

from backstop.domain import (
    Account,
    AccountRole,
    BadInput,
    Book,
    CashFlow,
    Direction,
    PlannedDraw,
    Priority,
    RepaymentMethod,
    StillOpen,
    Tranche,
    message,
)
from backstop.projection import Side
from backstop.projection.dues import amount_on, lateness_of
from backstop.projection.flows import net_of_fee
from backstop.projection.recurrence import Occurrence
from backstop.settling import rules
from backstop.settling.in_flight import accounts_in
from backstop.settling.values import (
    Answer,
    AsPlanned,
    Expected,
    ExpectedKind,
    Extra,
    ExtraKind,
    Happened,
    NotYet,
    WillNot,
)

AnyRule = TypeVar("AnyRule", CashFlow, PlannedDraw)

RULES = (
    ExpectedKind.RECEIPT,
    ExpectedKind.PAYMENT,
    ExpectedKind.PURCHASE,
    ExpectedKind.REFUND,
    ExpectedKind.DRAW,
)


LATER = "-later@"
"""In the identifier of a receipt that is a part of another, which is still to come."""

AT_FIRST = (*RULES, ExpectedKind.EARLY)
"""What other things follow from."""


class Edits:
    """The book as it is to be brought on, and what is to be done to the result."""

    def __init__(self, book: Book, until: date) -> None:
        self.book, self.until = book, until
        self.accounts = accounts_in(book)
        self.cash: dict[str, int] = defaultdict(int)
        """Minor units that an account has more than follows from the book."""
        self.moved: list[tuple[date, int]] = []
        """What of that is cash of the pool, by its day: interest follows from it."""
        self.unpaid: dict[str, date] = {}
        """By the id of a draw: the due day of its first instalment that is not paid."""
        self.instead: dict[str, tuple[str, date]] = {}
        """By the id of a record that is there for a while: what it stands for, and its date."""
        self.arrears: dict[str, list[Tranche]] = defaultdict(list)
        """By the id of a line: what stays due of its bills and instalments."""
        self.more: dict[str, int] = defaultdict(int)
        """By the id of a line or draw: what was paid beyond what was asked for."""
        self.more_on: dict[str, date] = {}
        """By the same, when."""
        self.called: dict[str, int] = {}
        """By the id of a line on which nothing is owed any more: what more is blocked of it."""
        self.agreed: set[str] = set()
        """The ids of draws on such a line that were agreed since."""
        self.drawn: Counter[tuple[str, date]] = Counter()
        """How often something else was drawn on a line on one day."""
        self.said: set[str] = set()
        """The ids of what did not come as planned."""

    @property
    def is_used(self) -> bool:
        """Whether something else is due in the book than was."""
        return bool(self.called) or self.book is not self.accounts.book

    def move(self, account: str, amount: int, day: date) -> None:
        """So much came into an account on a day, or went where it is less than nothing, and is
        neither receipt nor payment of the book: no share of takings is kept of it."""
        self.cash[account] += amount
        record = self.book.by_id[account]
        if isinstance(record, Account) and record.role is AccountRole.OPERATING:
            self.moved.append((day, amount))

    def answer(self, each: Expected, answer: Answer) -> None:
        """One thing that was expected, and what is said of it."""
        if isinstance(answer, AsPlanned):
            return
        if isinstance(answer, Happened):
            self._check_day(each.name, answer.on)
            if answer.account and each.account:
                self._through(each, answer)
        match each.kind:
            case kind if kind in RULES:
                self._of_rule(each, answer)
            case ExpectedKind.STEP:
                pass  # carried out before, or left
            case ExpectedKind.HELD:
                self._held(each, answer)
            case ExpectedKind.EARLY:
                self._early(each, answer)
            case ExpectedKind.INSTALMENT | ExpectedKind.BILL | ExpectedKind.CALLED:
                self._debt(each, answer)
            case ExpectedKind.INTEREST:
                self._interest(each, answer)
            case _:
                self._takings(each, answer)

    def _check_day(self, name: str, day: date | None) -> None:
        if day is not None and day >= self.until:
            raise BadInput(
                message(
                    "“{name}”: {day} is not over yet. Say what is expected, or an earlier day.",
                    name=name,
                    day=day,
                ),
                "on",
            )

    def _through(self, each: Expected, answer: Happened) -> None:
        """The same money, by another account."""
        signed = -answer.amount if each.side is Side.PAYMENT else answer.amount
        self.cash[each.account] -= signed
        self.cash[self.accounts.named(answer.account)] += signed

    # receipts, payments and planned draws

    def _of_rule(self, each: Expected, answer: Answer) -> None:
        rule = self.book.by_id[each.record]
        assert isinstance(rule, CashFlow | PlannedDraw)
        opened = {one.rule_date: one for one in rule.open if one.rule_date != each.rule_date}
        skipped = {*rule.skipped, each.rule_date}
        if isinstance(answer, NotYet):
            left = self._left(rule, each.rule_date)
            opened[each.rule_date] = self.still_open(rule, each.rule_date, left, answer.expected)
        if isinstance(answer, Happened):
            rest = each.whole - self.of_whole(each, answer.amount)
            if answer.rest_open and rest > 0:
                opened[each.rule_date] = self.still_open(rule, each.rule_date, rest, None)
            self._came_instead(rule, each, answer)
            if each.rule_date not in opened:
                self._keep_held_part(rule, each)
        self.book = self.book.put(
            rule.changed(
                open=tuple(opened[day] for day in sorted(opened)), skipped=tuple(sorted(skipped))
            )
        )

    def _left(self, rule: CashFlow | PlannedDraw, rule_date: date) -> int:
        known = next((one.left for one in rule.open if one.rule_date == rule_date), 0)
        return known or rules.left_of(rule, rule_date) or amount_on(rule, rule_date)

    def still_open(
        self, rule: CashFlow | PlannedDraw, rule_date: date, left: int, expected: date | None
    ) -> StillOpen:
        """What is left of one date, and when it is expected: a receipt as late as it usually is."""
        usual = self.until + timedelta(days=lateness_of(rule))
        return StillOpen(
            rule_date=rule_date, left=left, expected=max(expected or usual, self.until)
        )

    def of_whole(self, each: Expected, amount: int) -> int:
        """What of the whole such an amount is: of a draw, with the fee that was kept back."""
        if each.kind is not ExpectedKind.DRAW or amount == each.planned:
            return each.whole if amount == each.planned else amount
        line = self.accounts.line(each.line)
        near = amount * each.whole // max(1, each.planned)
        tries = sorted(range(max(1, near - 3), near + 4), key=lambda each: abs(each - near))
        return next((gross for gross in tries if net_of_fee(line, gross) == amount), near)

    def _came_instead(self, rule: CashFlow | PlannedDraw, each: Expected, answer: Happened) -> None:
        if not answer.amount:
            return
        came = {"amount": self.of_whole(each, answer.amount), "first_date": answer.on or each.day}
        if isinstance(rule, CashFlow):
            came |= rules.IN_FULL
            came["amount"] = answer.amount
            if each.kind is ExpectedKind.PAYMENT and each.line:  # by a line that is lost
                came["through"] = ""
        self._for_a_while(
            rule.changed(id=self._free_id(), **rules.ONCE | came), rule.id, each.rule_date
        )

    def _for_a_while(
        self, record: CashFlow | PlannedDraw, stands_for: str, rule_date: date
    ) -> None:
        self.book = self.book.put(record)
        self.instead[record.id] = stands_for, rule_date

    def _free_id(self) -> str:
        return self.book.new_id("settled")

    def _keep_held_part(self, rule: CashFlow | PlannedDraw, each: Expected) -> None:
        """Of a receipt that is settled otherwise, the part that is held back still comes."""
        if not isinstance(rule, CashFlow) or f"{each.id}!held" in self.said:
            return
        part = rules.held_of(rule, each.rule_date)
        day = each.day + timedelta(days=rule.held_days)
        if part:
            self._later(rule, each.rule_date, part, day, haircut_percent=rule.haircut_percent)

    def _later(
        self, flow: CashFlow, rule_date: date, amount: int, day: date, **fields: object
    ) -> None:
        """A receipt of its own for what is still to come of one."""
        known = (
            rules.ONCE
            | rules.IN_FULL
            | {"id": f"{flow.id[:34]}{LATER}{rule_date}", "first_date": day}
        )
        self.book = self.book.put(flow.changed(**known | {"amount": amount} | fields))

    def _held(self, each: Expected, answer: Answer) -> None:
        flow = self.book.by_id[each.record]
        assert isinstance(flow, CashFlow)
        amount = answer.amount if isinstance(answer, Happened) else 0
        self.cash[each.account] += amount - each.planned
        rest = each.whole if isinstance(answer, NotYet) else each.planned - amount
        waits = isinstance(answer, NotYet) or (isinstance(answer, Happened) and answer.rest_open)
        if waits and rest > 0:
            day = answer.expected if isinstance(answer, NotYet) else None
            self._later(flow, each.rule_date, rest, max(day or self.until, self.until))

    # debts

    def _early(self, each: Expected, answer: Answer) -> None:
        line = self.accounts.line(each.line, self.book)
        owed = next(one for one in line.tranches if one.id == each.tranche)
        if isinstance(answer, NotYet):
            owed = owed.changed(early_on=max(answer.expected or self.until, self.until))
        elif isinstance(answer, Happened):
            principal = max(1, each.whole + answer.amount - each.planned)
            owed = owed.changed(early_on=answer.on or each.day, early_amount=principal)
        else:
            owed = owed.changed(early_on=None, early_amount=0)
        kept = tuple(owed if one.id == owed.id else one for one in line.tranches)
        self.book = self.book.put(line.changed(tranches=kept))

    def _debt(self, each: Expected, answer: Answer) -> None:
        if isinstance(answer, WillNot):
            raise BadInput(
                message(
                    "“{name}”: what is owed stays owed. Say that it is not paid yet, or change the "
                    "draw.",
                    name=each.name,
                ),
                "answers",
            )
        if isinstance(answer, NotYet) and each.kind is ExpectedKind.INSTALMENT:
            self.unpaid[each.tranche] = min(
                each.rule_date, self.unpaid.get(each.tranche, each.rule_date)
            )
            self.cash[each.account] += each.planned
            return
        paid = answer.amount if isinstance(answer, Happened) else 0
        self.cash[each.account] += each.planned - paid
        if paid > each.planned:
            self.more[each.tranche or each.line] += paid - each.planned
            self.more_on[each.tranche or each.line] = each.rule_date
        elif paid < each.planned and not (isinstance(answer, Happened) and not answer.rest_open):
            self.arrears[each.line].append(self._arrears(each, each.planned - paid, answer))

    def _arrears(self, each: Expected, rest: int, answer: Answer) -> Tranche:
        """What stays due of a bill or an instalment: at once, and without interest, until the
        owner says more."""
        expected = answer.expected if isinstance(answer, NotYet) else None
        due = max(expected or self.until, self.until)
        stem = (each.tranche or each.line).partition("@")[0][:35]
        return Tranche(
            id=f"{stem}-due@{each.rule_date}",
            name=each.name,
            principal=rest,
            next_due=due,
            interest_from=self.until,
            method=RepaymentMethod.BULLET,
        )

    def _interest(self, each: Expected, answer: Answer) -> None:
        paid = answer.amount if isinstance(answer, Happened) else 0
        self.cash[each.account] += each.planned - paid
        waits = isinstance(answer, NotYet) or (isinstance(answer, Happened) and answer.rest_open)
        if waits and paid < each.planned:
            expected = answer.expected if isinstance(answer, NotYet) else None
            owed = CashFlow(
                id=f"{each.line}@{each.rule_date}",
                name=each.name,
                direction=Direction.PAYMENT,
                amount=each.planned - paid,
                first_date=max(expected or self.until, self.until),
                priority=Priority.MUST,
            )
            self.book = self.book.put(owed)

    def _takings(self, each: Expected, answer: Answer) -> None:
        kept = answer.amount if isinstance(answer, Happened) else 0
        self.cash[each.account] += each.planned - kept
        self.more[each.line] += kept - each.planned

    def pay_in_cash(self, flow: CashFlow, falls: Occurrence) -> None:
        """What a lost line would have bought is paid from the main account."""
        amount = amount_on(flow, falls.rule_date)
        fields = rules.ONCE | {"first_date": falls.day, "amount": amount, "through": ""}
        paid = flow.changed(id=self._free_id(), **fields)
        self._for_a_while(paid, flow.id, falls.rule_date)

    # what nobody had planned

    def check_between(self, name: str, day: date) -> None:
        """Refuse a day that is not over, or lies before the day of the book."""
        self._check_day(name, day)
        if day < self.book.as_of:
            raise BadInput(
                message(
                    "“{name}”: {day} lies before the day of the book, whose balances hold it "
                    "already. Enter a later day.",
                    name=name,
                    day=day,
                ),
                "day",
            )

    def extra(self, other: Extra) -> None:
        """Something else that happened."""
        self.check_between(other.name or other.line, other.day)
        match other.kind:
            case ExtraKind.DRAW:
                self._other_draw(other)
            case ExtraKind.REPAYMENT:
                self.repayment(other)
            case _:
                self._other_flow(other)

    def _other_flow(self, other: Extra) -> None:
        receipt = other.kind is ExtraKind.RECEIPT
        flow = CashFlow(
            id=self._free_id(),
            name=other.name or other.kind.value,
            direction=Direction.RECEIPT if receipt else Direction.PAYMENT,
            amount=other.amount,
            first_date=other.day,
            through=other.line or other.account,
        )
        self._for_a_while(flow, "", other.day)

    def _other_draw(self, other: Extra) -> None:
        line = self.accounts.line(other.line, self.book)
        draw = PlannedDraw(
            id=self._free_id(),
            name=other.name or line.name,
            facility=line.id,
            amount=other.amount,
            periods=other.periods,
            first_date=other.day,
        )
        self.drawn[line.id, other.day] += 1
        number = self.drawn[line.id, other.day]
        name = f"{line.id[:31]}-draw" + (f"-{number}" if number > 1 else "")
        self._for_a_while(draw, name, other.day)
        if other.account:
            net = net_of_fee(line, other.amount)
            self.cash[self.accounts.of_line(line, draw=True)] -= net
            self.cash[self.accounts.named(other.account)] += net

    def repayment(self, other: Extra) -> None:
        """So much more was paid back of the principal."""
        line = self.accounts.line(other.line, self.book)
        account = other.account or line.paid_from
        self.move(self.accounts.named(account), -other.amount, other.day)
        typed = [each.id for each in line.tranches]
        paid = other.tranche or next(iter(typed), line.id)
        self.more[paid] += other.amount
        self.more_on[paid] = other.day
