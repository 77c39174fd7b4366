"""What a measure would bring, in a plain sentence, and how much all of them together."""

from decimal import Decimal
from typing import assert_never

from backstop.desktop.sources.measure_rows import brings
from backstop.domain import Book, Measure, MeasureKind
from backstop.telling import Words


def measure_words(measure: Measure, words: Words, book: Book) -> str:
    """What happens when it is done, and after how many days."""
    said = _outcome(measure, words, book)
    if not measure.lead_days:
        return said
    when = words.count(
        measure.lead_days,
        "It takes one day from asking.",
        "It takes {n} days from asking.",
    )
    return words.joined([said, when])


def measures_sentence(book: Book, words: Words) -> str:
    """How many things could be done beside drawing on lines, and what they would bring."""
    if not book.measures:
        return words.say("Nothing is registered yet that could be done beside drawing on lines.")
    sums = [each for each in map(brings, book.measures) if each is not None]
    values = {"sum": words.round_money(sum(sums), book.currency)}
    if not sums:
        return words.count(
            len(book.measures),
            "One thing could be done beside drawing on lines.",
            "{n} things could be done beside drawing on lines.",
        )
    return words.count(
        len(book.measures),
        "One thing could be done beside drawing on lines, for up to {sum}.",
        "{n} things could be done beside drawing on lines, for up to {sum}.",
        **values,
    )


def _outcome(measure: Measure, words: Words, book: Book) -> str:
    amount = words.round_money(brings(measure) or 0, book.currency)
    target = book.by_id[measure.target].name if measure.target in book.by_id else ""
    match measure.kind:
        case MeasureKind.SELL_ASSET:
            return words.say("It brings {amount}.", amount=amount)
        case MeasureKind.NEW_FACILITY:
            return _new_line(measure, amount, words)
        case MeasureKind.OWNER_MONEY:
            return _own_money(measure, amount, words)
        case MeasureKind.FACTOR:
            return _advanced(measure, target, words)
        case MeasureKind.COLLECT_EARLY:
            return _collected(measure, target, words)
        case MeasureKind.RENEGOTIATE:
            return _renegotiated(measure, target, words)
        case _:
            assert_never(measure.kind)


def _new_line(measure: Measure, amount: str, words: Words) -> str:
    if measure.arranged:
        return words.say("{amount} of limit, already agreed.", amount=amount)
    chance = words.percent(Decimal(measure.chance_percent))
    return words.say("{amount} of limit, with a chance of {chance}.", amount=amount, chance=chance)


def _own_money(measure: Measure, amount: str, words: Words) -> str:
    days = measure.repay_after_days
    if days is None:
        return words.say("{amount}, not to be given back.", amount=amount)
    return words.count(
        days,
        "{amount}, given back after one day.",
        "{amount}, given back after {n} days.",
        amount=amount,
    )


def _advanced(measure: Measure, target: str, words: Words) -> str:
    return words.say(
        "{share} of what “{target}” brings is paid ahead, at a cost of {cost}; "
        "the rest when the customer pays.",
        share=words.percent(Decimal(measure.advance_percent)),
        target=target,
        cost=words.percent(measure.cost_percent),
    )


def _collected(measure: Measure, target: str, words: Words) -> str:
    return words.count(
        measure.days_earlier,
        "“{target}” comes one day earlier, less {cost}.",
        "“{target}” comes up to {n} days earlier, less {cost}.",
        target=target,
        cost=words.percent(measure.cost_percent),
    )


def _renegotiated(measure: Measure, target: str, words: Words) -> str:
    what = words.label(measure.ask)
    if measure.arranged:
        return words.say("{what} for “{target}”, already agreed.", what=what, target=target)
    return words.say(
        "{what} for “{target}”, with a chance of {chance}; it counts once it is agreed.",
        what=what,
        target=target,
        chance=words.percent(Decimal(measure.chance_percent)),
    )
