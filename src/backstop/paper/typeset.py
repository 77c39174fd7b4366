"""Results to PDF: the document's values through the typst template, with fonts of our own.

Names and notes travel as JSON strings and are set as text; nothing in them is ever markup.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

import msgspec
import typst

from backstop.domain import Defect, message
from backstop.domain.unseen import in_reading_order
from backstop.paper.document import Document
from backstop.paper.front import front_page
from backstop.paper.section import HEADER_CELLS, section_of
from backstop.paper.typeface import font_folder
from backstop.plan import Answers, Plan
from backstop.resources import resource
from backstop.telling import Narrator
from backstop.telling.widths import cut

TEMPLATE = "plan.typ"


def contingency_pdf(
    answers: Answers, plans: Sequence[Plan], narrator: Narrator, printed_on: date
) -> bytes:
    """A front page, and two facing pages for each plan, as a PDF. Same input, same bytes.

    Raises `Defect` when the document cannot be typeset.
    """
    return typeset(plan_document(answers, plans, narrator, printed_on), printed_on)


def plan_document(
    answers: Answers, plans: Sequence[Plan], narrator: Narrator, printed_on: date
) -> Document:
    """The words and figures of the document, before they are laid out."""
    book = answers.book
    return Document(
        lang=narrator.language.tag[0],
        region=narrator.language.tag[1],
        wide_marks=narrator.language.wide_marks,
        title=narrator.say("Contingency funding plan: {title}", title=book.title),
        author=book.owner,
        header=cut(book.title, HEADER_CELLS),
        footer=f"{narrator.day(printed_on)} · {book.fingerprint}",
        page=narrator.say("Page {page} of {pages}", page="{page}", pages="{pages}"),
        front=front_page(answers, plans, narrator, printed_on),
        sections=[section_of(answers, plan, narrator) for plan in plans],
    )


def typeset(document: Document, printed_on: date) -> bytes:
    """The PDF of a document, dated midnight of the day it is printed."""
    try:
        pdf = typst.compile(format="pdf", **job(document, printed_on))
    except RuntimeError as error:  # typst's own error, and a template that is not there
        raise Defect(
            message("The plan could not be typeset: {reason}", reason=str(error).partition("\n")[0])
        ) from error
    assert isinstance(pdf, bytes)
    return pdf


def job(document: Document, printed_on: date) -> dict[str, Any]:
    """What typst is told: template, fonts, values, date; nothing from the machine it runs on."""
    templates = resource("templates")
    said = in_reading_order(msgspec.json.encode(document).decode())
    return {
        "input": templates / TEMPLATE,
        "root": templates,
        "font_paths": fonts(),
        "sys_inputs": {"document": said},
        "timestamp": datetime(printed_on.year, printed_on.month, printed_on.day, tzinfo=UTC),
    }


@cache
def fonts() -> typst.Fonts:
    """The fonts to print with, looked through once in a run of the program."""
    return typst.Fonts(include_system_fonts=False, font_paths=[font_folder()])
