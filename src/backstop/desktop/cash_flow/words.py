"""How a payment gives way and how sure a receipt is, in plain sentences."""

from decimal import Decimal

from backstop.domain import CashFlow, Priority
from backstop.telling import Words

_URGENCY = {
    Priority.MUST: "It must be paid on its day.",
    Priority.IMPORTANT: "It is important, and gives way only to what must be paid.",
    Priority.CAN_GO: "It can go when money is short.",
}


def payment_words(flow: CashFlow, words: Words) -> str:
    """What may be done about a payment when money is short."""
    parts = [words.say(_URGENCY[flow.priority])]
    if flow.deferrable_days:
        parts.append(_deferral(flow, words))
    if flow.cuttable_percent:
        share = words.percent(Decimal(flow.cuttable_percent))
        parts.append(words.say("It can be cut by {share}.", share=share))
    if flow.partly_payable:
        parts.append(words.say("A part of it may be paid."))
    return words.joined(parts)


def receipt_words(flow: CashFlow, words: Words, currency: str) -> str:
    """When a receipt is expected in truth, and how much of it is counted on."""
    late = flow.usual_lateness_days
    when = (
        words.count(late, "Expected one day after its date", "Expected {n} days after its date")
        if late
        else words.say("Expected on its date")
    )
    if not flow.haircut_percent:
        return words.say("{when}, in full.", when=when)
    counted = flow.amount - (flow.amount * flow.haircut_percent + 50) // 100
    return words.say(
        "{when}; of it, {amount} is counted on.",
        when=when,
        amount=words.round_money(counted, currency),
    )


def _deferral(flow: CashFlow, words: Words) -> str:
    days, cost = flow.deferrable_days, flow.deferral_cost_percent
    if not cost:
        return words.count(
            days, "It can be put off by one day.", "It can be put off by up to {n} days."
        )
    return words.count(
        days,
        "It can be put off by one day, at a cost of {cost} of it.",
        "It can be put off by up to {n} days, at a cost of {cost} of it.",
        cost=words.percent(cost),
    )
