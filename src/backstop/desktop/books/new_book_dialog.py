"""The few facts a new book needs before anything is asked: language, country, currency, title."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, Signal
from PySide6.QtWidgets import QComboBox, QFormLayout, QLabel, QWidget

from backstop.desktop.forms.control import CalmCombo
from backstop.desktop.forms.dialog import AskingDialog
from backstop.desktop.forms.selecting_line import SelectingLine
from backstop.desktop.look.theme import Space
from backstop.desktop.widgets.dialog_lifetimes import outlives_book
from backstop.desktop.widgets.text import plain_label
from backstop.domain import Book
from backstop.services import clock
from backstop.services.countries import (
    country_choices,
    currency_choices,
    currency_in,
    likely_country,
)
from backstop.telling import LANGUAGES

if TYPE_CHECKING:
    from backstop.desktop.state.context import Context


class NewBookDialog(AskingDialog):
    """Emits `made(book)` once everything in it is right. The currency follows the country, and the
    whole program the language, as they are chosen."""

    made = Signal(object)

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(context, parent, "New book")
        outlives_book(self)
        self.language, self.country, self.currency = CalmCombo(), CalmCombo(), CalmCombo()
        self.title = SelectingLine()
        self._labels: dict[str, QLabel] = {}
        form = QFormLayout()
        form.setSpacing(Space.MEDIUM)
        for text, field in (
            ("Language", self.language),
            ("Country", self.country),
            ("Currency", self.currency),
            ("Title", self.title),
        ):
            self._labels[text] = label = plain_label()
            label.setBuddy(field)
            form.addRow(label, field)
        self.body.addLayout(form)
        for code, each in LANGUAGES.items():
            self.language.addItem(each.name, code)
        self._choose(self.language, context.words.language.code)
        self._speak()
        self.title.setText(context.words.say("My money"))
        self.language.activated.connect(self._change_language)
        self.country.activated.connect(self._take_currency)

    def _speak(self) -> None:
        """Say everything in the words of the context; what was chosen stays."""
        words = self._context.words
        country = self.country.currentData()
        if country is None:
            country = likely_country(_territory(), words)
        self._fill(self.country, country_choices(words), country)
        currency = self.currency.currentData() or currency_in(country, words)
        self._fill(self.currency, currency_choices(words), currency)
        for text, label in self._labels.items():
            label.setText(words.say(text))
        for text, field in zip(
            self._labels, (self.language, self.country, self.currency, self.title), strict=True
        ):
            field.setAccessibleName(words.say(text))

    def _fill(self, combo: QComboBox, choices: list[tuple[str, str]], chosen: str) -> None:
        combo.clear()
        for code, name in choices:
            combo.addItem(name, code)
        self._choose(combo, chosen)

    def _choose(self, combo: QComboBox, code: str) -> None:
        combo.setCurrentIndex(combo.findData(code))

    def _change_language(self) -> None:
        """Speak it at once; a country that nobody chose yet follows."""
        words = self._context.words
        was_likely = self.country.currentData() == likely_country(_territory(), words)
        usual_title = self.title.text() == words.say("My money")
        self._context.set_language(self.language.currentData())
        words = self._context.words
        self.setWindowTitle(words.say("New book"))
        if was_likely:
            self.country.setCurrentIndex(-1)
            self.currency.setCurrentIndex(-1)
        if usual_title:
            self.title.setText(words.say("My money"))
        self._speak()

    def _take_currency(self) -> None:
        country = self.country.currentData()
        self._choose(self.currency, currency_in(country, self._context.words))

    def take(self) -> None:
        """Close, and hand over the new book."""
        book = Book(
            title=self.title.text(),
            currency=self.currency.currentData(),
            country=self.country.currentData(),
            as_of=clock.today(),
        )
        self.accept()
        self.made.emit(book)


def _territory() -> str:
    """The country of this computer's locale, ISO 3166; empty where it has none."""
    found = QLocale.system().territory()
    return "" if found is QLocale.Country.AnyTerritory else QLocale.territoryToCode(found)
