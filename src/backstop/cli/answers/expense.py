"""A sudden expense as typed on the command line."""

from backstop.domain import BadInput, Book, message
from backstop.domain.money import parse_amount


def expense_in(book: Book, text: str | None) -> int | None:
    """The amount (minor units) of `--expense`; None where none was typed. Raises `BadInput`."""
    if text is None:
        return None
    amount = parse_amount(text, book.money)
    if amount <= 0:
        raise BadInput(message("A sudden expense is an amount above zero: --expense AMOUNT."))
    return amount
