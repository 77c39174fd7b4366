"""Controls of one or several lines of text: words, amounts, numbers, percentages, days, tags."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from backstop.desktop.forms.control import Control, LineControl
from backstop.desktop.forms.reading import read_amount, read_percent, read_tags, read_whole
from backstop.desktop.forms.typed import TypedText
from backstop.domain import Currency, currency_of
from backstop.domain.unseen import without_unseen
from backstop.telling import words_for
from backstop.telling.words import figures

if TYPE_CHECKING:
    from backstop.domain import Book
    from backstop.domain.fields import Field
    from backstop.telling import Words

LINES_OF_NOTES = 4


class TextControl(LineControl):
    """One line of words."""

    def read(self, text: str) -> str:
        return text.strip()

    def written(self, value: Any) -> str:
        return str(value or "")


class CodeControl(TextControl):
    """A short code in capital letters; `blank` says what none means."""

    def __init__(self, blank: str) -> None:
        super().__init__()
        self._blank = blank

    def read(self, text: str) -> str:
        return text.strip().upper()

    def speak(self, words: Words, book: Book) -> None:
        self.line.setPlaceholderText(words.say(self._blank))


class TagsControl(LineControl):
    """Words between commas."""

    def read(self, text: str) -> tuple[str, ...]:
        return read_tags(text)

    def written(self, value: Any) -> str:
        return ", ".join(value)

    def speak(self, words: Words, book: Book) -> None:
        self.line.setPlaceholderText(words.say("words, commas between them"))


class AmountControl(LineControl):
    """An amount in the book's currency. Without a text it is `blank`, if there is one."""

    def __init__(self, blank: int | None = None) -> None:
        super().__init__()
        self._blank = blank
        self._currency: Currency = currency_of("CNY")
        self._words = words_for()
        self.line.setAlignment(Qt.AlignmentFlag.AlignRight)

    def read(self, text: str) -> int:
        if not text.strip() and self._blank is not None:
            return self._blank
        return read_amount(text, self._currency)

    def written(self, value: Any) -> str:
        if value is None:
            return ""
        sign = self._currency.sign
        text = self._words.round_money(value, self._currency.code)
        return text.replace(sign, "", 1)

    def speak(self, words: Words, book: Book) -> None:
        self._words, self._currency = words, book.money
        self.line.setPlaceholderText(book.money.sign.strip())


class WholeControl(LineControl):
    """A whole number, or none where the field may be empty."""

    def __init__(self, *, optional: bool = False, blank: str = "") -> None:
        super().__init__()
        self._optional, self._blank = optional, blank
        self.line.setAlignment(Qt.AlignmentFlag.AlignRight)

    def describe(self, field: Field) -> None:
        self._optional = field.optional

    def read(self, text: str) -> int | None:
        if self._optional and not text.strip():
            return None
        return read_whole(text)

    def written(self, value: Any) -> str:
        return "" if value is None else str(value)

    def speak(self, words: Words, book: Book) -> None:
        if self._blank:
            self.line.setPlaceholderText(words.say(self._blank))


class PercentControl(LineControl):
    """A percentage as the lender quotes it."""

    def __init__(self) -> None:
        super().__init__()
        self.line.setAlignment(Qt.AlignmentFlag.AlignRight)

    def read(self, text: str) -> Decimal:
        return read_percent(text)

    def written(self, value: Any) -> str:
        return figures(value)


class PaperControl(Control):
    """A control that is several lines of text; Tab goes on to the next field."""

    def __init__(self) -> None:
        super().__init__()
        self.paper = TypedText()
        self.paper.left.connect(self.left)
        self.paper.textChanged.connect(self.typed)
        self.paper.escaped.connect(self.escaped)

    @property
    def target(self) -> QWidget:
        return self.paper

    @property
    def is_touched(self) -> bool:
        return self.paper.is_touched

    def typed_text(self) -> str:
        return self.paper.toPlainText()

    def retype(self, text: str) -> None:
        self.paper.setPlainText(text)


class NotesControl(PaperControl):
    """Several lines of words."""

    def __init__(self) -> None:
        super().__init__()
        self.paper.setFixedHeight(self.fontMetrics().lineSpacing() * LINES_OF_NOTES + 18)
        self.row.addWidget(self.paper)

    def value(self) -> str:
        return without_unseen(self.paper.toPlainText())

    def show_value(self, value: Any) -> None:
        self.paper.give(value)
