"""The printed plan, read back from its PDF."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from io import BytesIO
from typing import Any

import msgspec
from pypdf import PdfReader

import solved
from backstop.contingency import Bounced, Outcome
from backstop.domain import Book, Message
from backstop.paper.document import Document
from backstop.paper.typeset import plan_document, typeset
from backstop.plan import Answers, Plan
from backstop.telling import Narrator, words_for

EN, ZH = words_for("en"), words_for("zh_CN")
MILLIMETRE = 72 / 25.4
PRINTED = date(2026, 11, 22)


def reader(found: Answers, plans: Sequence[Plan], words: Any = EN) -> PdfReader:
    """The PDF of these plans; the same document is typeset once."""
    return PdfReader(BytesIO(_typeset(msgspec.json.encode(document(found, plans, words)))))


@cache
def _typeset(document: bytes) -> bytes:
    return typeset(msgspec.json.decode(document, type=Document), PRINTED)


def text_of(pdf: PdfReader, *pages: int) -> str:
    chosen = pages or range(len(pdf.pages))
    return " ".join(" ".join(pdf.pages[page].extract_text() for page in chosen).split())


def document(found: Answers, plans: Sequence[Plan], words: Any = EN) -> Document:
    return plan_document(found, plans, Narrator(found.book, words), PRINTED)


def of_book(book: Book, contingency: str = "jiebei") -> tuple[Answers, Plan]:
    return solved.assessed(book), solved.planned(book, contingency)


def with_bounces(plan: Plan, number: int) -> Plan:
    """The plan as if so many payments bounced, one a day."""
    first = plan.before.bounced[0]
    many = tuple(
        Bounced(replace(first.obligation, day=day, record=f"p{day}", name=f"bill {day}"), 100)
        for day in range(1, number + 1)
    )
    return replace(plan, before=replace(plan.before, chosen=many))


def without_actions(found: Answers, outcome: Outcome) -> Plan:
    """A plan for this outcome that does nothing."""
    assert outcome.contingency is not None
    return Plan(
        contingency=outcome.contingency,
        fingerprint=found.book.fingerprint,
        actions=(),
        cost=0,
        before=outcome,
        after=outcome,
        proved=True,
        remains=Message("Nothing can be done."),
    )
