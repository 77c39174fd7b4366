"""Words that a shop owner does not use, explained where they stand."""

from backstop.domain import Message, message

HINTS: dict[str, Message] = {
    "through": message("Unless one is chosen, all accounts pay together."),
    "lead_days": message("From asking for the money until it is there; 0: the same day."),
    "purchases_only": message("It pays shops and suppliers; nobody draws cash on it."),
    "purchase_tags": message("Words that payments have under “Tags”: those it may pay."),
    "committed": message("Promised in the contract: the lender cannot simply refuse."),
    "revolving": message("What is paid back can be drawn again."),
    "tags": message("Your own words, such as wages or stock, to choose payments by."),
}
"""By the name of the field."""
