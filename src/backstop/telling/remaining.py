"""What a plan leaves unpaid, as one statement: how much, every payment by its date, and one cure.

Screen, paper and command line say it in the same words.
"""

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal

from backstop.contingency import Bounced, line_of
from backstop.domain import CashFlow
from backstop.plan import ActionKind, LineCure, Plan, income_lost
from backstop.plan.drafting.rationale import near_enough
from backstop.plan.offers.amounts import asked_step
from backstop.telling import Narrator
from backstop.telling.phrases import obligation_name, obligation_title

WHOLE = 100
"""Percent of what can be done without altogether."""


def remaining(plan: Plan, narrator: Narrator) -> list[str]:
    """The statement in sentences: what stays unpaid, what of it can wait, the income that goes with
    it, what further steps would pay, and what would cure it."""
    said = [remains_sentence(plan, narrator)]
    missed = by_date(plan)
    if missed:
        said += [_put_off(missed, plan, narrator), _income(missed, narrator)]
    said += [narrator.brief(each) for each in (*plan.notes, plan.more) if each]
    if missed:
        said.append(_cure(plan, missed, narrator))
    return [each for each in said if each]


def by_date(plan: Plan) -> tuple[Bounced, ...]:
    """What the plan leaves unpaid, by day; of one day the most important first."""
    return tuple(sorted(plan.missed, key=lambda b: (b.left_on, b.priority, b.obligation.record)))


def remains_sentence(plan: Plan, narrator: Narrator) -> str:
    """How much stays unpaid, of which payments; or that nothing does."""
    missed = by_date(plan)
    if not missed:
        return narrator.brief(plan.remains)
    unpaid = sum(each.missed for each in missed)
    said = _sum_and_days(unpaid, missed, narrator)
    if near_enough(plan.at_least, unpaid):
        return said
    least = narrator.amount(plan.at_least)
    return narrator.joined([said, narrator.say("No plan leaves less than {least}.", least=least)])


def _sum_and_days(unpaid: int, missed: Sequence[Bounced], narrator: Narrator) -> str:
    first, last = missed[0].left_on, missed[-1].left_on
    values = {
        "amount": narrator.amount(unpaid),
        "n": len(missed),
        "name": obligation_name(missed[0].obligation, narrator),
        "first": narrator.on_day(first),
        "last": narrator.on_day(last),
    }
    if any(each.obligation.bought is not None for each in missed):
        return narrator.count(
            len(missed),
            "{amount} stays unpaid or is not bought: {name} on {first}.",
            "{amount} stays unpaid or is not bought: {n} items from {first} to {last}.",
            **{name: value for name, value in values.items() if name != "n"},
        )
    if len(missed) == 1:
        return narrator.say("{amount} stays unpaid: {name} on {first}.", **values)
    if first == last:
        return narrator.say("{amount} stays unpaid: {n} payments on {first}.", **values)
    return narrator.say("{amount} stays unpaid: {n} payments from {first} to {last}.", **values)


def _put_off(missed: Sequence[Bounced], plan: Plan, narrator: Narrator) -> str:
    waits = sum(each.missed for each in missed if can_wait(plan, each, narrator))
    if not waits:
        return ""
    if waits == sum(each.missed for each in missed):
        return narrator.say("All of it can wait, as you said: it is put off, not missed.")
    return narrator.say(
        "{amount} of it can wait, as you said: that is put off, not missed.",
        amount=narrator.amount(waits),
    )


def _income(missed: Sequence[Bounced], narrator: Narrator) -> str:
    return income_sentence(sum(income_lost(each) for each in missed), narrator)


def income_sentence(lost: int, narrator: Narrator) -> str:
    """The income (minor units) that goes with what is missed; empty where none does."""
    if not lost:
        return ""
    return narrator.say(
        "With what is missed goes income of {amount}.", amount=narrator.amount(lost)
    )


def _cure(plan: Plan, missed: Sequence[Bounced], narrator: Narrator) -> str:
    """What would be enough: as little cash as is known to be, or another line."""
    unpaid = sum(each.missed for each in missed)
    short, day = plan.shortage, min(each.day for each in missed)
    known = short.cash if short is not None else None
    less = known is not None and known < unpaid and not near_enough(known, unpaid)
    cash = short.cash if short is not None and less else unpaid
    said = {"amount": narrator.amount(cash or 0), "day": narrator.on_day(day)}
    line = _easiest_line(short.lines if short else ())
    if line is None:
        sentence = narrator.say("{amount} more in hand by {day} would pay for everything.", **said)
    elif not line.lead_days:
        sentence = narrator.say(
            "{amount} more in hand by {day} would pay for everything. Instead, another line on the "
            "same terms would, of about {limit} and ready at once.",
            **said,
            limit=_about(line.limit or 0, narrator),
        )
    else:
        sentence = narrator.count(
            line.lead_days,
            "{amount} more in hand by {day} would pay for everything. Instead, another line on the "
            "same terms would, of about {limit} and ready in one day.",
            "{amount} more in hand by {day} would pay for everything. Instead, another line on the "
            "same terms would, of about {limit} and ready in {n} days.",
            **said,
            limit=_about(line.limit or 0, narrator),
        )
    if not less and line is None:
        return sentence
    return narrator.joined([sentence, narrator.say("Then draft the plan anew.")])


def _about(limit: int, narrator: Narrator) -> str:
    """A limit as somebody would ask for it: no less than this, in round figures."""
    step = asked_step(narrator.book, limit)
    return narrator.amount(-(-limit // step) * step)


def _easiest_line(lines: Sequence[LineCure]) -> LineCure | None:
    """The one with the smallest limit; of equal ones that which may take longest."""
    known = [each for each in lines if each.limit is not None]
    return min(known, key=lambda each: (each.limit, -each.lead_days), default=None)


def unpaid_rows(plan: Plan, narrator: Narrator) -> list[str]:
    """Every payment that stays unpaid, by date: a line each."""
    return [_row(plan, each, narrator) for each in by_date(plan)]


def unpaid_in_brief(plan: Plan, narrator: Narrator, most: int) -> list[str]:
    """The same where there is room for so many lines: payments that are missed again and again are
    one line each, and what finds no room is summed up; unless whole lists are asked for."""
    missed = by_date(plan)
    if narrator.whole_lists or len(missed) <= most:
        return unpaid_rows(plan, narrator)
    groups: dict[tuple[str, str], list[Bounced]] = defaultdict(list)
    for each in missed:
        groups[each.obligation.record, each.obligation.kind].append(each)
    listed = list(groups.values())
    shown = listed if len(listed) <= most else listed[: most - 1]
    rows = [_group_row(plan, each, narrator) for each in shown]
    if rest := [each for group in listed[len(shown) :] for each in group]:
        rows.append(
            narrator.say(
                "and {n} more to {day}, {amount}",
                n=len(rest),
                day=narrator.brief_day(max(each.left_on for each in rest)),
                amount=narrator.amount(sum(each.missed for each in rest)),
            )
        )
    return rows


def _group_row(plan: Plan, group: Sequence[Bounced], narrator: Narrator) -> str:
    if len(group) == 1:
        return _row(plan, group[0], narrator)
    owed, values = group[0].obligation, _of_group(group, narrator)
    if owed.bought is None:
        name = obligation_title(owed, narrator)
        text = (
            "{first} to {last}: {name}, {n} times, {amount} put off"
            if can_wait(plan, group[0], narrator)
            else "{first} to {last}: {name}, {n} times, {amount} not paid"
        )
        said = narrator.say(text, name=name, **values)
    else:
        said = narrator.say(
            "{first} to {last}: buy {name} by {line} for {amount} less, {n} times in all",
            name=owed.name,
            line=line_of(narrator.book, owed),
            **values,
        )
    beside = [_costs(sum(map(income_lost, group)), narrator), owner_said(plan, group[0], narrator)]
    return " · ".join(each for each in [said, *beside] if each)


def _of_group(group: Sequence[Bounced], narrator: Narrator) -> dict[str, object]:
    return {
        "first": narrator.brief_day(group[0].left_on),
        "last": narrator.brief_day(group[-1].left_on),
        "n": len(group),
        "amount": narrator.amount(sum(each.missed for each in group)),
    }


def _row(plan: Plan, each: Bounced, narrator: Narrator) -> str:
    owed = each.obligation
    values = {
        "day": narrator.brief_day(each.day),
        "name": obligation_title(owed, narrator),
        "due": narrator.amount(owed.amount),
        "missed": narrator.amount(each.missed),
        "paid": narrator.amount(owed.amount - each.missed),
    }
    whole = each.missed == owed.amount
    if owed.bought is not None:
        said = _left_unbought(each, owed.bought, narrator)
        return " · ".join([said, *filter(None, _beside(plan, each, narrator))])
    if can_wait(plan, each, narrator):
        text = (
            "{day}: {name}, {due} put off" if whole else "{day}: {name}, {missed} of {due} put off"
        )
    elif whole:
        text = "{day}: {name}, {due} not paid"
    elif owed.partly_payable:
        text = "{day}: {name}, pay {paid} now; {missed} of {due} stays unpaid"
    else:
        text = "{day}: {name}, {missed} of {due} not paid"
    return " · ".join([narrator.say(text, **values), *filter(None, _beside(plan, each, narrator))])


def _beside(plan: Plan, each: Bounced, narrator: Narrator) -> list[str]:
    return [cost_of_missing(each, narrator), owner_said(plan, each, narrator)]


def _left_unbought(each: Bounced, day: int, narrator: Narrator) -> str:
    """A purchase by a line that is not to be made, on its own day, or only in part."""
    values = {
        "day": narrator.brief_day(day),
        "name": each.obligation.name,
        "line": line_of(narrator.book, each.obligation),
        "due": narrator.amount(each.obligation.amount),
        "bill": narrator.brief_day(each.day),
    }
    if each.missed == each.obligation.amount:
        return narrator.say("{day}: do not buy {name} by {line} ({due}, billed {bill})", **values)
    return narrator.say(
        "{day}: buy {name} by {line} for {less} less (of {due}, billed {bill})",
        **values,
        less=narrator.amount(each.missed),
    )


def cost_of_missing(each: Bounced, narrator: Narrator) -> str:
    """What missing this payment costs, where the book knows; else empty."""
    return _costs(income_lost(each), narrator)


def _costs(lost: int, narrator: Narrator) -> str:
    if not lost:
        return ""
    return narrator.say("costs {amount} of income", amount=narrator.amount(lost))


def can_wait(plan: Plan, each: Bounced, narrator: Narrator) -> bool:
    """Whether the owner marked this payment as one that can wait, and the plan has not put it off
    already."""
    flow = narrator.book.by_id.get(each.obligation.record)
    if not isinstance(flow, CashFlow) or not flow.deferrable_days:
        return False
    return ActionKind.DEFER not in _done(plan, flow)


def _done(plan: Plan, flow: CashFlow) -> set[ActionKind]:
    return {action.kind for action in plan.actions if action.source == flow.id}


def owner_said(plan: Plan, each: Bounced, narrator: Narrator) -> str:
    """What the owner marked a missed payment as, where the plan makes no use of it; else empty."""
    flow = narrator.book.by_id.get(each.obligation.record)
    if not isinstance(flow, CashFlow):
        return ""
    if can_wait(plan, each, narrator):  # it is told as put off
        return narrator.count(
            flow.deferrable_days,
            "you said it can wait one day",
            "you said it can wait {n} days",
        )
    if not flow.cuttable_percent or ActionKind.CUT in _done(plan, flow):
        return ""
    if flow.cuttable_percent == WHOLE:
        return narrator.say("you said it can be cut")
    share = narrator.percent(Decimal(flow.cuttable_percent))
    return narrator.say("you said {share} can be cut", share=share)
