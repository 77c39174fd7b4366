"""What a plan cannot pay, in words: what each miss costs, and what would cure it."""

from decimal import Decimal

from backstop.contingency import Bounced
from backstop.domain import CashFlow
from backstop.plan import ActionKind, LineCure, Plan, income_lost
from backstop.telling import Narrator


def cure_lines(plan: Plan, narrator: Narrator) -> list[str]:
    """What has to be known beside, what further steps would pay, the income that goes with what is
    missed, and the two cures; a sentence each."""
    lines = [narrator.brief(each) for each in (*plan.notes, plan.more) if each]
    short = plan.shortage
    if short is None:
        return lines
    if short.income_lost:
        lost = narrator.amount(short.income_lost)
        lines.append(narrator.say("With what is missed goes income of {amount}.", amount=lost))
    unpaid = sum(each.missed for each in plan.missed)
    unit = 10**narrator.book.money.digits
    if short.cash is not None and short.cash <= unpaid - unit:  # else what remains says it already
        cash, day = narrator.amount(short.cash), narrator.on_day(short.cash_day)
        lines.append(
            narrator.say(
                "With {amount} more by {day} and a plan drafted around it, everything can be paid.",
                amount=cash,
                day=day,
            )
        )
    line = _line_cure(short.lines, narrator)
    return [*lines, line] if line else lines


def _line_cure(lines: tuple[LineCure, ...], narrator: Narrator) -> str:
    """The least extra limit by its lead time: equal limits are said once, with the longest."""
    longest = {each.limit: each.lead_days for each in lines if each.limit is not None}
    parts = [
        narrator.say("{amount} ready in {n} days", amount=narrator.amount(limit), n=lead)
        if lead
        else narrator.say("{amount} ready at once", amount=narrator.amount(limit))
        for limit, lead in longest.items()
    ]
    if not parts:
        return ""
    return narrator.say(
        "So it can with another line on the same terms: about {parts}.",
        parts=narrator.language.alternatives(parts),
    )


def cost_of_missing(each: Bounced, narrator: Narrator) -> str:
    """What missing this payment costs, where the book knows; else empty."""
    lost = income_lost(each)
    if not lost:
        return ""
    return narrator.say("costs {amount} of income", amount=narrator.amount(lost))


def owner_said(plan: Plan, each: Bounced, narrator: Narrator) -> str:
    """What the owner marked a missed payment as, where the plan makes no use of it; else empty."""
    flow = narrator.book.by_id.get(each.obligation.record)
    if not isinstance(flow, CashFlow):
        return ""
    done = {action.kind for action in plan.actions if action.source == flow.id}
    if flow.cuttable_percent and ActionKind.CUT not in done:
        if flow.cuttable_percent == 100:
            return narrator.say("you said it can be cut")
        share = narrator.percent(Decimal(flow.cuttable_percent))
        return narrator.say("you said {share} can be cut", share=share)
    if flow.deferrable_days and ActionKind.DEFER not in done:
        return narrator.count(
            flow.deferrable_days,
            "you said it can wait one day",
            "you said it can wait {n} days",
        )
    return ""
