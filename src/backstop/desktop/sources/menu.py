"""The Add menu of the Sources page: an account, a source of the catalogue, what could be done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QWidget

from backstop.desktop.widgets.text import as_typed
from backstop.domain import Account, Facility, FacilityKind, LinkGroup
from backstop.services.catalogue import AnyTemplate, Template, measure_templates, templates_for

if TYPE_CHECKING:
    from backstop.desktop.state.context import Context


class SourceMenu(QMenu):
    """`wanted(kind)`: start a new record of this kind; `template_wanted(template)`: look at one.

    Products stand by kind; a kind with several has a menu of its own.
    """

    wanted = Signal(type)
    template_wanted = Signal(object)

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._below: list[QMenu] = []
        self._products: tuple[Template, ...] = ()
        self.measures = QMenu(self)

    def follow(self) -> None:
        """Offer what is to be had where the open book is kept."""
        products = templates_for(self._context.book)
        if products is not self._products:
            self._products = products
            self.speak()

    def speak(self) -> None:
        """Fill the menu anew, in the words of the context."""
        say = self._context.words.say
        self.clear()
        for menu in self._below:
            menu.deleteLater()
        self._below = []
        self._entry(say("Account of your own"), Account)
        self.addSeparator()
        for kind, of_kind in _by_kind(self._products).items():
            self._add_products(kind, of_kind)
        self._entry(say("Another source of credit"), Facility)
        self.addSeparator()
        self._entry(say("Group of sources that fail together"), LinkGroup)
        self.addSeparator()
        self._add_measures(say("What else could be done"))

    def _entry(self, text: str, kind: type) -> None:
        action = self.addAction(as_typed(text))
        action.triggered.connect(lambda: self.wanted.emit(kind))

    def _add_products(self, kind: FacilityKind, products: list[Template]) -> None:
        if len(products) == 1:
            self._add_product(self, products[0])
            return
        menu = QMenu(as_typed(_capital(self._context.words.label(kind))), self)
        self._below.append(menu)
        self.addMenu(menu)
        for product in products:
            self._add_product(menu, product)

    def _add_measures(self, text: str) -> None:
        self.measures = QMenu(as_typed(text), self)
        self._below.append(self.measures)
        self.addMenu(self.measures)
        for each in measure_templates():
            self._add_product(self.measures, each)

    def _add_product(self, menu: QMenu, product: AnyTemplate) -> None:
        action = menu.addAction(as_typed(self._context.words.say(product.name)))
        action.triggered.connect(lambda: self.template_wanted.emit(product))


def _by_kind(products: tuple[Template, ...]) -> dict[FacilityKind, list[Template]]:
    found: dict[FacilityKind, list[Template]] = {}
    for each in products:
        found.setdefault(each.kind, []).append(each)
    return found


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
