"""What stands in a settling, in words: for the window and the command line."""

from __future__ import annotations

from datetime import date
from typing import assert_never

from backstop.services.settling_items import DueItem, Item, OfferedDraw, Other, PassedLoss
from backstop.settling import Answer, AsPlanned, ExtraKind, WillNot
from backstop.telling import Narrator
from backstop.telling.settling import answer_text, expected_title, extra_title, signed_amount


def item_title(item: Item, narrator: Narrator) -> str:
    """What it is, as the list calls it."""
    match item:
        case DueItem():
            return expected_title(item.due, narrator)
        case OfferedDraw():
            return narrator.say("{line}, standing draw", line=narrator.book.by_id[item.line].name)
        case PassedLoss():
            return narrator.say("Loss: {name}", name=item.loss.name)
        case Other():
            return extra_title(item.extra, narrator)
        case _:
            assert_never(item)


def planned_amount(item: Item) -> int | None:
    """What moves (minor units), payments below zero; None of a loss."""
    match item:
        case DueItem(due=due):
            return signed_amount(due)
        case OfferedDraw(amount=amount):
            return amount
        case Other(extra=extra):
            comes_in = extra.kind in (ExtraKind.RECEIPT, ExtraKind.DRAW)
            return extra.amount if comes_in else -extra.amount
        case PassedLoss():
            return None
        case _:
            assert_never(item)


def answer_said(item: Item, answer: Answer, until: date, narrator: Narrator) -> str:
    """What is said of it, in a few words."""
    match item:
        case DueItem():
            return answer_text(item.due, answer, until, narrator, is_today=item.is_today)
        case OfferedDraw():
            return narrator.say("drawn" if isinstance(answer, AsPlanned) else "not drawn")
        case PassedLoss():
            return _of_loss(answer, narrator)
        case Other(recurs=recurs):
            return narrator.say("happened, and again every month" if recurs else "happened")
        case _:
            assert_never(item)


def _of_loss(answer: Answer, narrator: Narrator) -> str:
    if isinstance(answer, AsPlanned):
        return narrator.say("it happened")
    asked = not isinstance(answer, WillNot)
    return narrator.say("did it happen?" if asked else "it did not happen")
