"""What a plan cannot pay, in words: what each miss costs, and what would cure it."""

from backstop.contingency import Bounced
from backstop.domain import Book
from backstop.language import Words
from backstop.plan import LineCure, Plan, income_lost
from backstop.report.explaining import brief
from backstop.report.phrases import amount, on_day


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
