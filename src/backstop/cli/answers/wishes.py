"""The owner's wishes as typed on the command line: what to pin, what to forbid, how many."""

import re

from backstop.cli.commands.plan import PlanOptions
from backstop.domain import Account, BadInput, Book, CashFlow, Facility, Measure, message
from backstop.domain.money import parse_amount
from backstop.plan import Action, ActionKind, Forbidden, Pin, Plan, Wishes
from backstop.services.answers import day_in
from backstop.services.day_reading import read_day

_WISH = re.compile(r"(?P<source>[^@=]+)(@(?P<day>[^@=]+))?(=(?P<amount>[^@=]+))?")


def wishes_of(asked: PlanOptions, book: Book) -> Wishes:
    """What is wanted besides pins; raises `BadInput`."""
    for name in (*asked.avoid, *asked.prefer):
        _check_lender(book, name)
    return Wishes(
        forbidden=tuple(_forbidden(book, text) for text in asked.forbid),
        at_most=asked.at_most,
        every_step=asked.every_step,
        avoid=tuple(asked.avoid),
        prefer=tuple(asked.prefer),
    )


def _check_lender(book: Book, name: str) -> None:
    """Refuse a name that is no lender's, and no source's either; raises `BadInput`."""
    lenders = [each.lender or each.name for each in book.facilities]
    lenders += [each.provider for each in book.measures if each.provider]
    sources = (text for each in (*book.facilities, *book.measures) for text in (each.name, each.id))
    if name.strip().casefold() not in {each.strip().casefold() for each in (*lenders, *sources)}:
        raise BadInput(
            message(
                "“{name}” is no lender of this book. Choose one of: {known}.",
                name=name[:60],
                known=tuple(dict.fromkeys(lenders)) or "–",
            )
        )


def pins_of(asked: PlanOptions, plan: Plan, book: Book) -> tuple[Pin, ...]:
    """The pins. What is left out, the day or the amount, is as in the plan without pins."""
    return tuple(_pin(book, plan, text) for text in asked.pin)


def _forbidden(book: Book, text: str) -> Forbidden:
    source, day, amount = _parts(book, text)
    if amount is not None:
        raise BadInput(
            message("“{text}” is not understood. Write SOURCE or SOURCE@DATE.", text=text[:60])
        )
    return Forbidden(source, day)


def _pin(book: Book, plan: Plan, text: str) -> Pin:
    source, day, amount = _parts(book, text)
    known = next((a for a in plan.actions if _means(a, source, day)), None)
    if day is None and known is None:
        raise BadInput(
            message(
                "The plan does not use “{source}” by itself. Say the day too: {source}@DATE.",
                source=source,
            )
        )
    kind = known.kind if known else _kind(book, source)
    return Pin(
        kind,
        source,
        known.day if known else day or 0,
        _amount(amount, known),
        known.payment if known else "",
        known.periods if known else 0,
        known.times if known else 0,
    )


def _means(action: Action, source: str, day: int | None) -> bool:
    """Its day is that of the money, or the one to begin by, under which it is listed."""
    return action.source == source and day in (None, action.day, action.start_day)


def _amount(given: int | None, known: Action | None) -> int:
    if given is not None:
        return given
    return known.amount if known else 0


def _kind(book: Book, source: str) -> ActionKind:
    """What a source does, where no plan shows it."""
    record = book.by_id[source]
    match record:
        case Facility():
            return ActionKind.PURCHASE if record.purchases_only else ActionKind.DRAW
        case Account():
            return ActionKind.RESERVE
        case Measure():
            return ActionKind(record.kind)
        case CashFlow() if record.deferrable_days:
            return ActionKind.DEFER
        case _:
            return ActionKind.CUT


def _parts(book: Book, text: str) -> tuple[str, int | None, int | None]:
    """Source, day (offset) and amount (minor units) of SOURCE[@DATE][=AMOUNT]."""
    found = _WISH.fullmatch(text)
    if found is None:
        raise BadInput(
            message("“{text}” is not understood. Write SOURCE@DATE=AMOUNT.", text=text[:60])
        )
    source, day, amount = (found[name] for name in ("source", "day", "amount"))
    if source not in book.by_id:
        raise BadInput(
            message("“{id}” is not in this book. Choose one that is, or add it first.", id=source)
        )
    return (
        source,
        None if day is None else day_in(book, read_day(day)),
        None if amount is None else parse_amount(amount, book.money),
    )
