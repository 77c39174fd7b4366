"""Accounts, receipts, payments and lines as the guided start asks for them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from backstop.desktop.forms.choices import ChoiceControl, EnumControl, TickControl
from backstop.desktop.forms.days import DayControl
from backstop.desktop.forms.lines import AmountControl, TextControl, WholeControl
from backstop.desktop.guide.asked import Asked, Values
from backstop.domain import (
    Account,
    CashFlow,
    Direction,
    Facility,
    Priority,
    Record,
    Repeat,
)
from backstop.services import clock
from backstop.services.catalogue import Template, templates_for
from backstop.services.guide import (
    RHYTHMS,
    Line,
    Money,
    Movement,
    account_of,
    asks_owed,
    flow_of,
    line_of,
    next_payment,
    numbered,
)

if TYPE_CHECKING:
    from backstop.desktop.forms.control import Control
    from backstop.desktop.state.context import Context
    from backstop.domain import Book
    from backstop.telling import Words

_NAME, _NONE = "name", frozenset[str]()


class RhythmControl(ChoiceControl):
    """How often something comes; a rule that the guide does not ask about stays what it is."""

    def speak(self, words: Words, book: Book) -> None:
        known: list[tuple[Any, str]] = [(each, words.tell(said)) for each, said in RHYTHMS.items()]
        self.offer([*known, (None, words.say("by another rule"))])


class ProductControl(ChoiceControl):
    """A product of the catalogue of where the book is kept."""

    def speak(self, words: Words, book: Book) -> None:
        self.combo.setPlaceholderText(words.say("Choose…"))
        self.offer([(each.id, words.say(each.name)) for each in templates_for(book)])


class CheckedControl(TickControl):
    """Whether the limit was looked at today."""

    def __init__(self) -> None:
        super().__init__("")

    def speak(self, words: Words, book: Book) -> None:
        self.box.setText(words.say("yes"))


class _OneKind:
    """What most kinds do not need."""

    def fixed(self, record: Record) -> frozenset[str]:
        """All can be changed."""
        return _NONE

    def follow(self, context: Context, name: str, row: Mapping[str, Control]) -> None:
        """Nothing follows from anything."""

    def remark(self, context: Context, record: Record) -> str:
        """Nothing to remark."""
        return ""


class Accounts(_OneKind):
    """Own money, one account a row."""

    columns: tuple[Asked, ...] = (
        Asked(_NAME, "Account", TextControl, needed=True, share=4),
        Asked("balance", "In it today", AmountControl, needed=True, share=2),
    )

    def known(self, context: Context) -> Iterable[Record]:
        return context.book.accounts

    def beginning(self, context: Context) -> Values:
        return {_NAME: "", "balance": None}

    def told(self, record: Record) -> Values:
        assert isinstance(record, Account)
        return {_NAME: record.name, "balance": record.balance}

    def make(self, context: Context, values: Values, known: Record | None) -> Record:
        assert known is None or isinstance(known, Account)
        return account_of(context.book, Money(**values), known, clock.today())


class Movements(_OneKind):
    """Receipts or payments, one a row."""

    def __init__(self, direction: Direction) -> None:
        self._direction = direction
        receipts = direction is Direction.RECEIPT
        self.columns: tuple[Asked, ...] = (
            Asked(
                _NAME,
                "From whom, or for what" if receipts else "To whom, or for what",
                TextControl,
                needed=True,
                share=3,
            ),
            Asked("amount", "Amount", AmountControl, needed=True, share=2),
            Asked("first", "Next on", DayControl, needed=True, share=3),
            Asked("rhythm", "How often", RhythmControl, share=3),
            Asked("late_days", "Days late, as a rule", WholeControl, share=2)
            if receipts
            else Asked("priority", "If money is short", lambda: EnumControl(Priority), share=3),
        )

    def known(self, context: Context) -> Iterable[Record]:
        flows = context.book.cash_flows
        return (each for each in flows if each.direction is self._direction)

    def beginning(self, context: Context) -> Values:
        values = {_NAME: "", "amount": None, "first": None, "rhythm": (Repeat.MONTHS, 1)}
        if self._direction is Direction.RECEIPT:
            return values | {"late_days": 0}
        return values | {"priority": Priority.IMPORTANT}

    def told(self, record: Record) -> Values:
        assert isinstance(record, CashFlow)
        rhythm = (record.repeat, 1 if record.repeat is Repeat.ONCE else record.every)
        values: dict[str, Any] = {
            _NAME: record.name,
            "amount": record.amount,
            "first": record.first_date,
            "rhythm": rhythm if rhythm in RHYTHMS else None,
        }
        if self._direction is Direction.RECEIPT:
            return values | {"late_days": record.usual_lateness_days}
        return values | {"priority": record.priority}

    def make(self, context: Context, values: Values, known: Record | None) -> Record:
        assert known is None or isinstance(known, CashFlow)
        return flow_of(context.book, Movement(**values), known, self._direction)


class Lines(_OneKind):
    """Lines of credit from the catalogue, by the four facts that an owner knows first."""

    columns: tuple[Asked, ...] = (
        Asked("product", "Product", ProductControl, needed=True, share=3),
        Asked(_NAME, "Your name for it", TextControl, needed=True, share=3),
        Asked("limit", "Limit", AmountControl, needed=True, share=2),
        Asked("owed", "Owed now", lambda: AmountControl(blank=0), share=2),
        Asked("next_due", "Next payment", lambda: DayControl(optional=True, narrow=True), share=3),
        Asked("checked", "Checked today", CheckedControl, share=1),
    )

    def known(self, context: Context) -> Iterable[Record]:
        return context.book.facilities

    def beginning(self, context: Context) -> Values:
        return {
            "product": None,
            _NAME: "",
            "limit": None,
            "owed": None,
            "next_due": None,
            "checked": False,
        }

    def told(self, record: Record) -> Values:
        assert isinstance(record, Facility)
        return {
            "product": None,
            _NAME: record.name,
            "limit": record.limit,
            "owed": record.balance or None,
            "next_due": next_payment(record),
            "checked": record.last_verified == clock.today(),
        }

    def fixed(self, record: Record) -> frozenset[str]:
        assert isinstance(record, Facility)
        return frozenset({"product"} | (set() if asks_owed(record) else {"owed", "next_due"}))

    def make(self, context: Context, values: Values, known: Record | None) -> Record:
        assert known is None or isinstance(known, Facility)
        told = dict(values)
        begun = known or self._product(context, told["product"])
        del told["product"]
        return line_of(context.book, Line(**told), begun, context.words, clock.today())

    def _product(self, context: Context, template_id: str) -> Template:
        return next(each for each in templates_for(context.book) if each.id == template_id)

    def follow(self, context: Context, name: str, row: Mapping[str, Control]) -> None:
        if name != "product":
            return
        chosen = self._product(context, row["product"].value())
        row[_NAME].retype(numbered(context.book, context.words.say(chosen.name)))

    def remark(self, context: Context, record: Record) -> str:
        assert isinstance(record, Facility)
        say = context.words.say
        if record.is_overdraft:
            return say("What is owed on it is the account itself: enter that as a balance below 0.")
        if record.purchases_only:
            return say("It pays purchases only. Nobody gets cash from it, and no wages.")
        return ""
