"""Steps of plans that are being carried out: what each becomes in the book once it is done.

A draw becomes one that is owed, a deferral a date that is moved, a sale a measure that is used: so
that cash under the plan goes on from the later day as it was to.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

import msgspec

from backstop.domain import (
    LATER,
    AcceptedPlan,
    Account,
    Book,
    CashFlow,
    Direction,
    Facility,
    Measure,
    PlanStage,
    Tranche,
)
from backstop.plan.actions import Action, ActionKind
from backstop.plan.effects import repayments
from backstop.plan.life.steps import action_of, brought
from backstop.plan.offers import kind_of, meaning_of
from backstop.plan.offers.measures import line_like
from backstop.projection import Side
from backstop.projection.amounts import counted, rounded_share
from backstop.projection.dues import amount_on
from backstop.projection.recurrence import Occurrence
from backstop.projection.spans import span_of
from backstop.settling import rules
from backstop.settling.draws import drawn
from backstop.settling.edits import Edits
from backstop.settling.in_flight import accounts_in
from backstop.settling.values import (
    Answer,
    AsPlanned,
    Expected,
    ExpectedKind,
    Extra,
    ExtraKind,
    Happened,
)


@dataclass(frozen=True)
class Step:
    """A step of a plan that is carried out: its number, from 1, and what it does. Of a habit, which
    is about `of` payments, only those that fall before the day are there yet."""

    plan: AcceptedPlan
    number: int
    action: Action
    day: date
    of: int = 1

    @property
    def id(self) -> str:
        """The same whenever it is asked for."""
        return f"{self.plan.id}!{self.number}"

    @property
    def rule_date(self) -> date:
        """The day that was planned; of a habit, that of the first payment that is there."""
        return self.plan.steps[self.number - 1].day if self.of == 1 else self.day


def steps_until(book: Book, until: date) -> list[Step]:
    """The steps of active plans that were to be done, or were, from the as-of date on and before
    that day; drills are practice, and move nothing. By their days."""
    plans = (
        each for each in book.accepted_plans if each.stage is PlanStage.ACTIVE and not each.drill
    )
    found = [step for plan in plans for step in _of_plan(book, plan, until)]
    return sorted(found, key=lambda each: (each.day, each.plan.id, each.number))


def _of_plan(book: Book, plan: AcceptedPlan, until: date) -> Iterator[Step]:
    after = (until - book.as_of).days
    for number, each in enumerate(plan.steps, start=1):
        action = action_of(book, each)
        if action is None:
            continue
        days = [day for day in action.days if 0 <= day < after]
        if action.times > 1 and kind_of(action).rearranges:
            if days:
                day = book.as_of + timedelta(days=days[0])
                yield Step(plan, number, _part_of(action, days), day, action.times)
        elif each.done_on is None or each.done_on >= book.as_of:
            day = book.as_of + timedelta(days=max(0, action.day))
            if day < until:
                yield Step(plan, number, action, day)


def _part_of(habit: Action, days: list[int]) -> Action:
    """What it does to the payments of these days alone."""
    amount = habit.amount * len(days) // habit.times
    return replace(habit, day=days[0], days=tuple(days), amount=amount)


def expected_steps(book: Book, until: date) -> Iterator[Expected]:
    """The same as things that are expected: what each brings, or the payment that it is about."""
    accounts = accounts_in(book)
    for each in steps_until(book, until):
        brings = kind_of(each.action).brings_money
        yield Expected(
            id=each.id,
            day=each.day,
            rule_date=each.rule_date,
            record=each.plan.id,
            tranche="",
            name=each.action.name,
            kind=ExpectedKind.STEP,
            planned=max(0, brought(book, each.action)),
            whole=each.action.amount,
            side=Side.FUNDING if brings else Side.PAYMENT,
            line=each.action.source if each.action.source in accounts.lines else "",
            account=accounts.main if brings else "",
            overdue=each.rule_date < book.as_of,
        )


def carry_out(edits: Edits, step: Step, answer: Answer) -> None:
    """What a step does to the book, as planned or as it happened; what is not done changes nothing,
    and the rest of the plan is worked out anew."""
    action, day = step.action, step.day
    if isinstance(answer, Happened):
        day = answer.on or day
        edits.check_between(action.name, day)
        offset = (day - edits.book.as_of).days
        action = replace(action, amount=answer.amount, day=max(0, offset))
    elif not isinstance(answer, AsPlanned):
        return
    if action.amount:
        _become(edits, action, day)
    _mark(edits, step, day, action.amount * step.of // max(1, step.action.times))


def _mark(edits: Edits, step: Step, day: date, amount: int) -> None:
    plan = edits.book.by_id[step.plan.id]
    assert isinstance(plan, AcceptedPlan)
    steps = list(plan.steps)
    was = steps[step.number - 1]
    steps[step.number - 1] = msgspec.structs.replace(
        was, done_on=was.done_on or day, actual=amount if was.actual is None else was.actual
    )
    edits.book = edits.book.put(plan.changed(steps=tuple(steps)))


def _become(edits: Edits, action: Action, day: date) -> None:
    match action.kind:
        case ActionKind.DRAW | ActionKind.RENEW | ActionKind.REFINANCE | ActionKind.NEW_FACILITY:
            _borrow(edits, action, day)
        case ActionKind.DEFER | ActionKind.CUT | ActionKind.PURCHASE:
            _rearrange(edits, action)
        case ActionKind.RESERVE:
            _release(edits, action, day)
        case ActionKind.RENEGOTIATE:
            _use(edits, action, day)
            _renegotiate(edits, action, day)
        case _:
            _use(edits, action, day)
            _receive(edits, action, day)


def _borrow(edits: Edits, action: Action, day: date) -> None:
    """A draw; it may be on a line that was applied for, or pay off a debt elsewhere."""
    line = action.source
    if action.kind is ActionKind.NEW_FACILITY:
        _use(edits, action, day)
        line = _new_line(edits, action)
    if action.kind is ActionKind.REFINANCE:
        _pay_off(edits, action.payment, day)
    edits.extra(_draw(action, day, line))


def _rearrange(edits: Edits, action: Action) -> None:
    if action.kind is ActionKind.DEFER:
        _defer(edits, action)
    elif action.kind is ActionKind.PURCHASE:
        _through_a_line(edits, action)
    else:
        for each, part in _parts(edits.book, action.source, action):
            _less(edits, action.source, each, part)


def _draw(action: Action, day: date, line: str) -> Extra:
    return Extra(
        ExtraKind.DRAW,
        day,
        action.amount,
        name=action.name,
        line=line,
        periods=max(1, action.periods),
    )


def _use(edits: Edits, action: Action, day: date) -> None:
    measure = edits.book.by_id[action.source]
    assert isinstance(measure, Measure)
    used = measure.used_amount + action.amount
    edits.book = edits.book.put(measure.changed(used_on=day, used_amount=used))


def _new_line(edits: Edits, action: Action) -> str:
    """The line that was applied for is there."""
    measure = edits.book.by_id[action.source]
    assert isinstance(measure, Measure)
    line = line_like(measure, edits.book.as_of).changed(id=f"{measure.id[:35]}-line")
    if line.id not in edits.book.by_id:
        edits.book = edits.book.put(line)
    return line.id


def _pay_off(edits: Edits, debt: str, day: date) -> None:
    for line in edits.book.facilities:
        kept = tuple(
            each.changed(early_on=day, early_amount=each.principal) if each.id == debt else each
            for each in line.tranches
        )
        if kept != line.tranches:
            edits.book = edits.book.put(line.changed(tranches=kept))


def _release(edits: Edits, action: Action, day: date) -> None:
    """What is taken from a reserve is in the main account, without what breaking it costs."""
    reserve = edits.book.by_id[action.source]
    assert isinstance(reserve, Account)
    edits.move(reserve.id, -action.amount, day)
    edits.move(edits.accounts.on(day).main, action.amount - reserve.breaking_cost, day)


def _receive(edits: Edits, action: Action, day: date) -> None:
    """The money that a measure brings, less what it costs; what it takes from a receipt, or what
    has to be given back."""
    gained = meaning_of(edits.book, action).gained[0][1]
    edits.move(edits.accounts.on(day).main, gained, day)
    if action.payment and action.days:
        for each, part in _parts(edits.book, action.payment, action):
            _less(edits, action.payment, each, part)
    _give_back(edits, action)


def _give_back(edits: Edits, action: Action) -> None:
    """A payment of its own for what has to be given back."""
    for each in repayments(edits.book, action):
        due = edits.book.as_of + timedelta(days=each.day)
        owed = CashFlow(
            id=f"{action.source}@{due}",
            name=action.name,
            direction=Direction.PAYMENT,
            amount=each.amount,
            first_date=due,
        )
        edits.book = edits.book.put(owed)


def _parts(book: Book, flow: str, action: Action) -> list[tuple[Occurrence, int]]:
    """The dates of a rule that an action is about, with what it takes of each (minor units). Where
    several fall on one day, that of which just so much can be cut; else of each what can be cut,
    then what is left."""
    rule = book.by_id[flow]
    assert isinstance(rule, CashFlow)
    found = list[tuple[Occurrence, int]]()
    share = action.amount // action.times
    for day, times in sorted(Counter(action.days or (max(0, action.day),)).items()):
        wanted = share * times
        room = {e: counted(rule, amount_on(rule, e.rule_date)) for e in _dates(book, rule, day)}
        part = {e: rounded_share(whole, rule.cuttable_percent) for e, whole in room.items()}
        taken = dict.fromkeys(room, 0)
        for most in (part, room):
            for each in sorted(room, key=lambda e: part[e] != wanted):
                more = min(wanted, most[each] - taken[each])
                taken[each], wanted = taken[each] + more, wanted - more
        found += ((each, some) for each, some in taken.items() if some)
    return found


def _dates(book: Book, rule: CashFlow, offset: int) -> list[Occurrence]:
    """The dates of a rule that fall on a day (an offset from the as-of date)."""
    day = book.as_of + timedelta(days=offset)
    found = rules.not_settled(span_of(book), rule, day + timedelta(days=1))
    falls = (each._replace(day=max(each.day, book.as_of)) for each in found)
    return sorted(each for each in falls if each.day == day)


def _less(edits: Edits, flow: str, falls: Occurrence, part: int) -> None:
    """So much less is counted on of one date of a rule."""
    rule = edits.book.by_id[flow]
    assert isinstance(rule, CashFlow)
    left = rules.left_without(rule, falls.rule_date, part)
    edits.book = edits.book.put(rules.with_amount(rule, falls.rule_date, left))


def _defer(edits: Edits, action: Action) -> None:
    """The payment falls on a later day, with what that costs; a part that is not put off is paid on
    its own."""
    cost = sum(later.amount for later in repayments(edits.book, action)) - action.amount
    for each, part in _parts(edits.book, action.source, action):
        rule = edits.book.by_id[action.source]
        assert isinstance(rule, CashFlow)
        rest = amount_on(rule, each.rule_date) - part
        cash = not isinstance(edits.book.by_id.get(rule.through), Facility)
        later, cost = (part + cost, 0) if cash else (part, cost)
        changed = rules.with_amount(rule, each.rule_date, later)
        to = each.day + timedelta(days=rule.deferrable_days)
        edits.book = edits.book.put(rules.put_off(changed, each.rule_date, to))
        if rest > 0:
            through = rule.through if not cash else ""
            account = "" if through else rule.through
            kind = ExtraKind.PAYMENT
            edits.extra(Extra(kind, each.day, rest, name=rule.name, line=through, account=account))


def _through_a_line(edits: Edits, action: Action) -> None:
    """These payments are bought by a line instead of paid in cash, as far as the amount goes."""
    for each, part in _parts(edits.book, action.payment, action):
        name = edits.book.by_id[action.payment].name
        _less(edits, action.payment, each, part)
        kind = ExtraKind.PAYMENT
        edits.extra(Extra(kind, each.day, part, name=name, line=action.source))


def _renegotiate(edits: Edits, action: Action, day: date) -> None:
    """What a line asked back at once is owed in instalments, by the terms that were agreed; any
    other payment is made later."""
    measure, line = edits.book.by_id[action.source], edits.book.by_id.get(action.payment)
    assert isinstance(measure, Measure)
    spared = meaning_of(edits.book, action).gained[0][1]
    if not isinstance(line, Facility) or measure.ask in LATER:
        edits.move(edits.accounts.on(day).main, spared, day)
        _give_back(edits, action)
        return
    terms = line_like(measure, edits.book.as_of)
    known = {"id": f"{measure.id}@{day}", "name": measure.name}
    agreed = drawn(terms, day, action.amount, measure.periods, known)
    account, kept = edits.accounts.on(day).of_line(line), line.tranches
    if line.id in edits.called:
        edits.move(account, spared, day)
        edits.agreed.add(agreed.id)
    else:
        edits.move(account, spared - action.amount, day)
        kept = tuple(_less_owed(kept, action.amount))
    edits.book = edits.book.put(line.changed(tranches=(*kept, agreed)))


def _less_owed(owed: Iterable[Tranche], amount: int) -> Iterator[Tranche]:
    """These draws with so much less principal in all, the first of them first."""
    for each in owed:
        taken = min(amount, each.principal)
        amount -= taken
        if taken < each.principal:
            yield each.changed(principal=each.principal - taken) if taken else each
