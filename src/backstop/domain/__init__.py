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
    LINE_MODES,
    AccountKind,
    AccountRole,
    Adjustment,
    CutRule,
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
from backstop.domain.lines import Facility, Priced, Tranche
from backstop.domain.money import CURRENCIES, Currency, Money, currency_of, parse_amount
from backstop.domain.records import (
    Account,
    CashFlow,
    LinkGroup,
    PlannedDraw,
    Record,
    Recurring,
)

__all__ = [
    "BOOK_VERSION",
    "CURRENCIES",
    "LINE_MODES",
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
    "CutRule",
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
