"""What a plan cannot pay, in words: what each miss costs, and what would cure it."""

from decimal import Decimal

from backstop.contingency import Bounced
from backstop.domain import Book, CashFlow
from backstop.plan import ActionKind, LineCure, Plan, income_lost
from backstop.telling import Words
from backstop.telling.explaining import brief
from backstop.telling.phrases import amount, on_day


def cure_lines(book: Book, plan: Plan, words: Words) -> list[str]:
    """What further steps would pay, the income that goes with what is missed, and the two cures; a
    sentence each."""
    lines = [brief(book, words, plan.more)] if plan.more else []
    short = plan.shortage
    if short is None:
        return lines
    if short.income_lost:
        lost = amount(book, words, short.income_lost)
        lines.append(words.say("With what is missed goes income of {amount}.", amount=lost))
    unpaid = sum(each.missed for each in plan.missed)
    if short.cash is not None and short.cash < unpaid:  # else what remains says it already
        cash, day = amount(book, words, short.cash), on_day(book, words, short.cash_day)
        lines.append(
            words.say(
                "With {amount} more by {day} and a plan drafted around it, everything can be paid.",
                amount=cash,
                day=day,
            )
        )
    line = _line_cure(book, short.lines, words)
    return [*lines, line] if line else lines


def _line_cure(book: Book, lines: tuple[LineCure, ...], words: Words) -> str:
    """The least extra limit by its lead time: equal limits are said once, with the longest."""
    longest = {each.limit: each.lead_days for each in lines if each.limit is not None}
    parts = [
        words.say("{amount} ready in {n} days", amount=amount(book, words, limit), n=lead)
        if lead
        else words.say("{amount} ready at once", amount=amount(book, words, limit))
        for limit, lead in longest.items()
    ]
    if not parts:
        return ""
    comma = "；" if words.is_chinese else "; or "
    return words.say(
        "So it can with another line on the same terms: about {parts}.", parts=comma.join(parts)
    )


def cost_of_missing(book: Book, each: Bounced, words: Words) -> str:
    """What missing this payment costs, where the book knows; else empty."""
    lost = income_lost(each)
    if not lost:
        return ""
    return words.say("costs {amount} of income", amount=amount(book, words, lost))


def owner_said(book: Book, plan: Plan, each: Bounced, words: Words) -> str:
    """What the owner marked a missed payment as, where the plan makes no use of it; else empty."""
    flow = book.by_id.get(each.obligation.record)
    if not isinstance(flow, CashFlow):
        return ""
    done = {action.kind for action in plan.actions if action.source == flow.id}
    if flow.cuttable_percent and ActionKind.CUT not in done:
        if flow.cuttable_percent == 100:
            return words.say("you said it can be cut")
        share = words.percent(Decimal(flow.cuttable_percent))
        return words.say("you said {share} can be cut", share=share)
    if flow.deferrable_days and ActionKind.DEFER not in done:
        return words.count(
            flow.deferrable_days,
            "you said it can wait one day",
            "you said it can wait {n} days",
        )
    return ""
