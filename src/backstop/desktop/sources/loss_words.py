"""How a line would go unless told otherwise, in plain sentences."""

from decimal import Decimal
from typing import assert_never

from backstop.domain import CutRule, Facility, LossMode
from backstop.telling import Words


def loss_words(line: Facility, words: Words, currency: str) -> str:
    """What its usual way to go does, and whether it can be counted on in a crisis."""
    if line.is_overdraft:
        parts = [_withdrawn(line, words, currency)]
    else:
        parts = [_usual(line, words, currency)]
    cut = line.default_mode in (LossMode.LIMIT_CUT, LossMode.REDUCED_RENEWAL)
    if cut and not line.is_overdraft:
        parts.append(_excess(line, words))
    if line.systemic:
        parts.append(words.say("It is not there when everyone needs money."))
    return words.joined(parts)


def _usual(line: Facility, words: Words, currency: str) -> str:
    kept = line.limit - (line.limit * line.cut_percent + 50) // 100
    limit = words.round_money(kept, currency)
    match line.default_mode:
        case LossMode.PURCHASES_BLOCKED:
            return words.say(
                "Purchases can no longer be paid by it; what is owed goes on as it is."
            )
        case LossMode.FREEZE:
            return words.count(
                line.freeze_days,
                "Nothing can be drawn for one day, then as before.",
                "Nothing can be drawn for {n} days, then as before.",
            )
        case LossMode.CALL:
            return words.count(
                line.notice_days,
                "All that is owed is due one day after the call.",
                "All that is owed is due {n} days after the call.",
            )
        case LossMode.NO_RENEWAL:
            return words.say("It ends with its contract.")
        case LossMode.LIMIT_CUT:
            share = words.percent(Decimal(line.cut_percent))
            return words.say("The limit falls by {share}, to {limit}.", share=share, limit=limit)
        case LossMode.REDUCED_RENEWAL:
            return words.say("When its contract ends, {limit} of limit stays.", limit=limit)
        case LossMode.NO_NEW_DRAWS:
            return words.say("Nothing more can be drawn; what is owed goes on as it is.")
        case LossMode.ACCOUNT_FROZEN | LossMode.RECEIPTS_LATE | LossMode.RECEIPTS_CUT:
            raise AssertionError(line.default_mode)  # the record refuses what no line does
        case _:
            assert_never(line.default_mode)


def _withdrawn(line: Facility, words: Words, currency: str) -> str:
    """An overdraft goes, or is cut, and what is then owed too much is due."""
    if line.default_mode is LossMode.FREEZE:
        return words.count(
            line.freeze_days,
            "Cash may not fall below zero for one day, then as before.",
            "Cash may not fall below zero for {n} days, then as before.",
        )
    if line.default_mode in (
        LossMode.LIMIT_CUT,
        LossMode.REDUCED_RENEWAL,
        LossMode.NO_RENEWAL,
    ):
        return _usual(line, words, currency)
    return words.count(
        line.notice_days,
        "After one day cash may not fall below zero any more; what is owed is due then.",
        "After {n} days cash may not fall below zero any more; what is owed is due then.",
    )


def _excess(line: Facility, words: Words) -> str:
    match line.cut_rule:
        case CutRule.EXCESS_DUE_NOW:
            return words.say("What is owed above that is due at once.")
        case CutRule.EXCESS_DUE_LATER:
            return words.count(
                line.excess_days,
                "What is owed above that is due one day later.",
                "What is owed above that is due {n} days later.",
            )
        case CutRule.FLOOR_AT_BALANCE:
            return words.say("What is owed above that may stay.")
        case _:
            assert_never(line.cut_rule)
