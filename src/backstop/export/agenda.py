"""Plans as calendar entries (iCalendar, RFC 5545): what to ask, when to begin what, by when to act.

Written here: whole-day entries need escaping and folding alone, for which the `icalendar` package
would bring three more; it reads the same texts and days from what this writes.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from unicodedata import category

from backstop.domain import Book
from backstop.plan import Answers, Plan
from backstop.telling import Narrator
from backstop.telling.actions import action_text
from backstop.telling.asking import ask_spares, ask_terms, ask_text, begin_lines, not_counted

_MOST_BYTES = 75
_UNFIT = ("Cc", "Cs")
_ESCAPED = re.compile(r"([\\;,])")


def to_ics(answers: Answers, plans: Sequence[Plan], narrator: Narrator, stamped: date) -> bytes:
    """Whole-day entries; importing them again replaces them."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Backstop//Backstop//EN"]
    for plan in plans:
        lines += _entries(answers, plan, narrator, stamped)
    lines.append("END:VCALENDAR")
    return "".join(f"{part}\r\n" for line in lines for part in _folded(line)).encode()


def _entries(answers: Answers, plan: Plan, narrator: Narrator, stamped: date) -> Iterator[str]:
    book, loss = answers.book, answers.loss(plan.contingency.id).with_plan(plan)
    yield from _asked(answers, plan, narrator, stamped)
    for number, each in enumerate(plan.actions):
        said = narrator.say(
            "If {line} closes: {action}", line=loss.name, action=action_text(each, narrator)
        )
        why = narrator.tell(each.because) if each.because else ""
        told = narrator.joined([why, each.contact])
        name = f"{loss.contingency.id}-{number}"
        yield from _entry(book, name, narrator.date_of(each.start_day), said, told, stamped)
    if loss.cure is not None and loss.cure.deadline is not None:
        said = narrator.say("Last day to act if {line} closes", line=loss.name)
        day = narrator.date_of(loss.cure.deadline)
        yield from _entry(book, f"{loss.contingency.id}-by", day, said, "", stamped)


def _asked(answers: Answers, plan: Plan, narrator: Narrator, stamped: date) -> Iterator[str]:
    """What to ask first, on the last day for it; and what else to begin, today."""
    book, loss = answers.book, answers.loss(plan.contingency.id)
    for number, ask in enumerate(plan.asks):
        said = narrator.say(
            "If {line} closes: {action}", line=loss.name, action=ask_text(ask, narrator)
        )
        spared, contact = ask_spares(ask, plan, narrator), ask.measure.contact
        told = narrator.joined([ask_terms(ask, narrator), spared, not_counted(narrator), contact])
        name, day = f"{loss.contingency.id}-ask-{number}", narrator.date_of(ask.by)
        yield from _entry(book, name, day, said, told, stamped)
    for number, text in enumerate(begin_lines(plan, narrator)):
        name, today = f"{loss.contingency.id}-begin-{number}", answers.projection.now
        yield from _entry(book, name, narrator.date_of(today), text, "", stamped)


def _entry(book: Book, name: str, day: date, said: str, told: str, stamped: date) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{_text(f'{name}-{book.as_of.isoformat()}@backstop')}"
    yield f"DTSTAMP:{stamped:%Y%m%d}T000000Z"
    yield f"DTSTART;VALUE=DATE:{day:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{day + timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{_text(said)}"
    if told:
        yield f"DESCRIPTION:{_text(told)}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _text(value: str) -> str:
    """No typed text ends its line, so that none can add a line of its own."""
    lines = (_ESCAPED.sub(r"\\\1", line) for line in value.splitlines())
    return "\\n".join("".join(c for c in line if category(c) not in _UNFIT) for line in lines)


def _folded(line: str) -> Iterator[str]:
    """Lines of at most 75 bytes, cut between characters; what goes on begins with a space."""
    part = ""
    for character in line:
        if len(f"{part}{character}".encode()) > _MOST_BYTES:
            yield part
            part = " "
        part += character
    yield part
