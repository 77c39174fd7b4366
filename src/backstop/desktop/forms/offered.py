"""Which of the book's records a field offers: their ids, and their names."""

from collections.abc import Callable, Iterable

from backstop.domain import Book, Direction, Record, RepaymentMethod

Offered = list[tuple[str, str]]
Choices = Callable[[Book], Offered]
"""Ids and names of the records that may be chosen."""


def accounts_and_purchase_lines(book: Book) -> Offered:
    """What a payment can go through, apart from pooled cash."""
    lines = (each for each in book.facilities if each.purchases_only)
    return _named((*lines, *book.accounts))


def accounts_and_cards(book: Book) -> Offered:
    """Where a receipt can arrive, apart from pooled cash: a refund comes back to a card."""
    cycle = RepaymentMethod.STATEMENT_CYCLE
    return _named((*book.accounts, *(each for each in book.facilities if each.method is cycle)))


def receipts_of_book(book: Book) -> Offered:
    """With what a payment can stop."""
    return _named(each for each in book.cash_flows if each.direction is Direction.RECEIPT)


def accounts(book: Book) -> Offered:
    """Own accounts."""
    return _named(book.accounts)


def cash_lines(book: Book) -> Offered:
    """Facilities that lend cash."""
    return _named(each for each in book.facilities if each.lends_cash)


def lines_to_draw_on(book: Book) -> Offered:
    """Facilities on which cash can be drawn: cards that advance it too."""
    return _named(
        each
        for each in book.facilities
        if each.lends_cash or (each.purchases_only and each.cash_advance_limit)
    )


def lines_and_accounts(book: Book) -> Offered:
    """What can fail."""
    return _named((*book.facilities, *book.accounts))


def receipts(book: Book) -> Offered:
    """What a customer is expected to pay."""
    return _named(each for each in book.cash_flows if each.direction is Direction.RECEIPT)


def lines_and_payments(book: Book) -> Offered:
    """What other terms can be asked for."""
    payments = (each for each in book.cash_flows if each.direction is Direction.PAYMENT)
    return _named((*book.facilities, *payments))


def measures_and_lines(book: Book) -> Offered:
    """What plans may use together, or not."""
    return _named((*book.measures, *book.facilities))


def _named(records: Iterable[Record]) -> Offered:
    return [(each.id, each.name) for each in records]
