"""The recovery sheet of a locked book: one page, for a safe."""

from datetime import UTC, date, datetime

import msgspec
import typst

from backstop.paper.typeset import fonts
from backstop.resources import resource
from backstop.telling import Words


class RecoverySheet(msgspec.Struct, frozen=True):
    """What the sheet says, as its template takes it."""

    lang: str
    wide_marks: bool
    title: str
    about: str
    code_label: str
    groups: list[str]
    steps: list[str]
    warning: str


def recovery_sheet(file: str, code: str, words: Words, printed_on: date) -> RecoverySheet:
    """The words of the sheet; `code` is groups of letters and digits between hyphens."""
    say = words.say
    return RecoverySheet(
        lang=words.language.tag[0],
        wide_marks=words.language.wide_marks,
        title=say("Recovery sheet"),
        about=say("For the book “{file}”, printed on {day}.", file=file, day=printed_on),
        code_label=say("Recovery code"),
        groups=code.split("-"),
        steps=[
            say("If the passphrase is lost: open the book and type this code in its place."),
            say("Then set a new passphrase, and print a new sheet: this one ends with it."),
            say("Keep this page where you keep papers of value, away from the computer."),
        ],
        warning=say(
            "Whoever has this page and the file can read the book. Without the passphrase and "
            "without this page nobody can, and nobody can help."
        ),
    )


def recovery_pdf(file: str, code: str, words: Words, printed_on: date) -> bytes:
    """The sheet as a PDF of one page."""
    sheet = recovery_sheet(file, code, words, printed_on)
    templates = resource("templates")
    pdf = typst.compile(
        templates / "recovery.typ",
        root=templates,
        font_paths=fonts(),
        sys_inputs={"document": msgspec.json.encode(sheet).decode()},
        format="pdf",
        timestamp=datetime(printed_on.year, printed_on.month, printed_on.day, tzinfo=UTC),
    )
    assert isinstance(pdf, bytes)
    return pdf
