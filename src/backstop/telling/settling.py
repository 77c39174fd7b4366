"""What was due and what came of it, in words: for the list, the ledger and the command line."""

from __future__ import annotations

from datetime import date, timedelta
from typing import assert_never

from backstop.domain import AcceptedPlan, CashFlow, Message, Teller, message
from backstop.plan.life.steps import action_of
from backstop.projection import Side
from backstop.settling import (
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
from backstop.telling.actions import action_text
from backstop.telling.narrator import Narrator
from backstop.telling.words import Words

KIND_TEXTS: dict[str, Message] = {
    ExpectedKind.RECEIPT: message("receipt"),
    ExpectedKind.HELD: message("held-back part of a receipt"),
    ExpectedKind.PAYMENT: message("payment"),
    ExpectedKind.PURCHASE: message("purchase"),
    ExpectedKind.REFUND: message("refund"),
    ExpectedKind.DRAW: message("draw"),
    ExpectedKind.INSTALMENT: message("instalment"),
    ExpectedKind.BILL: message("bill"),
    ExpectedKind.EARLY: message("early repayment"),
    ExpectedKind.CALLED: message("called balance"),
    ExpectedKind.INTEREST: message("interest"),
    ExpectedKind.TAKINGS: message("share of takings"),
    ExpectedKind.STEP: message("step of a plan"),
    ExtraKind.RECEIPT: message("unplanned receipt"),
    ExtraKind.PAYMENT: message("unplanned payment"),
    ExtraKind.DRAW: message("unplanned draw"),
    ExtraKind.REPAYMENT: message("unplanned repayment"),
    "unexplained": message("unexplained"),
}
"""What each kind of a ledger's row is called."""

TELLER_TEXTS = {
    Teller.PLAN: message("taken as planned"),
    Teller.HAND: message("the owner"),
    Teller.STATEMENT: message("a statement"),
}
"""Who said what came of it."""

COMES_IN = {
    *(ExpectedKind.RECEIPT, ExpectedKind.HELD, ExpectedKind.DRAW, ExpectedKind.REFUND),
    *(ExtraKind.RECEIPT, ExtraKind.DRAW),
}


def kind_text(kind: str, words: Words) -> str:
    """What a row of the ledger is; of a kind that this version does not know, its own name."""
    known = KIND_TEXTS.get(kind)
    return words.tell(known) if known is not None else kind


def expected_title(due: Expected, narrator: Narrator) -> str:
    """What was expected, as a table calls it: `Jiebei, instalment`, `Tiles (Card A)`."""
    line = narrator.book.by_id.get(due.line)
    match due.kind:
        case ExpectedKind.INSTALMENT | ExpectedKind.BILL | ExpectedKind.EARLY:
            whose = line.name if line is not None else due.name
            what = kind_text(due.kind, narrator)
            if due.name in ("", whose):
                return narrator.say("{line}, {what}", line=whose, what=what)
            return narrator.say("{line}, {what}: {name}", line=whose, what=what, name=due.name)
        case ExpectedKind.INTEREST | ExpectedKind.TAKINGS | ExpectedKind.CALLED:
            what = kind_text(due.kind, narrator)
            return narrator.say("{line}, {what}", line=due.name, what=what)
        case ExpectedKind.PURCHASE | ExpectedKind.REFUND if line is not None:
            return narrator.say("{name} ({line})", name=due.name, line=line.name)
        case ExpectedKind.HELD:
            return narrator.say("{name}, held-back part", name=due.name)
        case ExpectedKind.STEP:
            return _step_title(due, narrator)
        case _:
            return due.name


def _step_title(due: Expected, narrator: Narrator) -> str:
    """What is to be done, and of which plan it is."""
    plan, (_, _, number) = narrator.book.by_id.get(due.record), due.id.rpartition("!")
    if not isinstance(plan, AcceptedPlan):
        return due.name
    action = action_of(narrator.book, plan.steps[int(number) - 1])
    what = due.name if action is None else action_text(action, narrator)
    return narrator.say("Plan for {name}: {what}", name=plan.name, what=what)


def extra_title(extra: Extra, narrator: Narrator) -> str:
    """What else happened: its name, or what it is and on which line."""
    if extra.name:
        return extra.name
    line = narrator.book.by_id.get(extra.line)
    what = kind_text(extra.kind, narrator)
    if line is None:
        return what
    return narrator.say("{line}, {what}", line=line.name, what=what)


def signed_amount(due: Expected) -> int:
    """What is planned to move, payments below zero (minor units)."""
    return -due.planned if due.side is Side.PAYMENT else due.planned


def expected_again(due: Expected, until: date, narrator: Narrator) -> date:
    """When a thing that did not come counts: a payment today, a receipt after that customer's
    usual lateness."""
    record = narrator.book.by_id.get(due.record)
    late = record.usual_lateness_days if isinstance(record, CashFlow) else 0
    is_receipt = due.side is Side.RECEIPT
    return until + timedelta(days=late) if is_receipt else until


def answer_text(
    due: Expected, answer: Answer, until: date, narrator: Narrator, *, is_today: bool = False
) -> str:
    """What is said of it, for a table."""
    match answer:
        case AsPlanned():
            return narrator.say("already in the balance" if is_today else "as planned")
        case Happened():
            said = _happened(due, answer, narrator)
            return narrator.say("in the balance: {what}", what=said) if is_today else said
        case NotYet() if is_today and answer.expected is None:
            return narrator.say("still to come")
        case NotYet():
            return _not_yet(due, answer, until, narrator)
        case WillNot():
            return narrator.say("will not happen")
        case _:
            assert_never(answer)


def _happened(due: Expected, answer: Happened, narrator: Narrator) -> str:
    day = narrator.short_day(answer.on or due.day)
    amount = narrator.amount(answer.amount)
    if answer.rest_open:
        return narrator.say("{amount} on {day}, the rest is open", amount=amount, day=day)
    return narrator.say("{amount} on {day}", amount=amount, day=day)


def _not_yet(due: Expected, answer: NotYet, until: date, narrator: Narrator) -> str:
    day = answer.expected or expected_again(due, until, narrator)
    if day <= until:
        comes_in = due.side is Side.RECEIPT
        return narrator.say("not yet, expected today" if comes_in else "not yet, due today")
    return narrator.say("not yet, expected on {day}", day=narrator.short_day(day))
