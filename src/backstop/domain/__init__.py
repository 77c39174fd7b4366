"""The vocabulary of the book: money, days, records, their checks, and errors as sentences.

Pure values: no Qt, no database, no clock.
"""

from backstop.domain.book import BOOK_VERSION, RECORD_LISTS, Book, BookFacts, check_version
from backstop.domain.errors import (
    BadInput,
    Defect,
    EnvironmentFault,
    Fault,
    FieldName,
    Message,
    message,
)
from backstop.domain.kinds import (
    AccountKind,
    AccountRole,
    Adjustment,
    DayCount,
    Direction,
    FacilityKind,
    IntradayOrder,
    LossMode,
    Priority,
    RatePer,
    RepaymentMethod,
    Repeat,
)
from backstop.domain.money import CURRENCIES, Currency, Money, currency_of, parse_amount
from backstop.domain.records import (
    Account,
    CashFlow,
    Facility,
    LinkGroup,
    PlannedDraw,
    Priced,
    Record,
    Recurring,
    Tranche,
)

__all__ = [
    "BOOK_VERSION",
    "CURRENCIES",
    "RECORD_LISTS",
    "Account",
    "AccountKind",
    "AccountRole",
    "Adjustment",
    "BadInput",
    "Book",
    "BookFacts",
    "CashFlow",
    "Currency",
    "DayCount",
    "Defect",
    "Direction",
    "EnvironmentFault",
    "Facility",
    "FacilityKind",
    "Fault",
    "FieldName",
    "IntradayOrder",
    "LinkGroup",
    "LossMode",
    "Message",
    "Money",
    "PlannedDraw",
    "Priced",
    "Priority",
    "RatePer",
    "Record",
    "Recurring",
    "RepaymentMethod",
    "Repeat",
    "Tranche",
    "check_version",
    "currency_of",
    "message",
    "parse_amount",
]
