"""Cards that owe the owner money: whether bills use it up."""

from backstop.checks.finding import Finding, Level
from backstop.domain import Money, message
from backstop.projection import Projection
from backstop.projection.flows import whole_cards


def credit_left(projection: Projection) -> list[Finding]:
    """What was paid too much, or comes back, is more than all bills in sight: it has to be asked
    for."""
    book = projection.book
    left = {line: card.credit_left() for line, card in whole_cards(book).items()}
    owing = tuple(line for line, amount in left.items() if amount)
    if not owing:
        return []
    said = message(
        "No bill in sight uses up the credit on {names}: {left} is left. Ask the lender to pay it "
        "out, or correct what comes back.",
        names=tuple(book.by_id[line].name for line in owing),
        left=Money(sum(left.values()), book.currency),
    )
    return [Finding("credit_left", Level.NOTE, said, owing)]
