"""The vocabulary of the book: money, days, records, their checks, and errors as sentences.

Pure values: no Qt, no database, no clock.
"""

from backstop.domain.book import BOOK_VERSION, RECORD_LISTS, Book, BookFacts, check_version
from backstop.domain.bought import Bought, Credited
from backstop.domain.buffers import Buffer
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
    Compounding,
    CustomerRisk,
    CutRule,
    DayCount,
    Direction,
    EarlyEffect,
    FacilityKind,
    FundsUse,
    IntradayOrder,
    LossMode,
    MeasureKind,
    MinimumBase,
    MonthlyOn,
    PlanStage,
    Priority,
    RatePer,
    RepaymentMethod,
    Repeat,
    Rhythm,
    Rounding,
    UnsureSources,
)
from backstop.domain.ledger import Settled, Teller
from backstop.domain.lines import Facility, LimitChange
from backstop.domain.measures import Measure
from backstop.domain.money import CURRENCIES, Currency, Money, currency_of, parse_amount
from backstop.domain.occurrences import LaterAmount, Moved, OtherAmount, StillOpen
from backstop.domain.origins import Origin
from backstop.domain.overdrafts import Overdrawn
from backstop.domain.plans import AcceptedPlan, PlanStep, SavedContingency
from backstop.domain.priced import Priced, RateChange
from backstop.domain.records import (
    Account,
    CalendarYear,
    CashFlow,
    LinkGroup,
    PlannedDraw,
    Record,
    Recurring,
    is_called,
)
from backstop.domain.statements import KeptRow, KeptStatement, Statements, StatementsEdit
from backstop.domain.tranches import EarlyPaid, ScheduleRow, Tranche

__all__ = [
    "BOOK_VERSION",
    "CURRENCIES",
    "LINE_MODES",
    "RECORD_LISTS",
    "AcceptedPlan",
    "Account",
    "AccountKind",
    "AccountRole",
    "Adjustment",
    "BadInput",
    "Book",
    "BookFacts",
    "Bought",
    "Buffer",
    "CalendarYear",
    "CashFlow",
    "Compounding",
    "Credited",
    "Currency",
    "CustomerRisk",
    "CutRule",
    "DayCount",
    "Defect",
    "Direction",
    "EarlyEffect",
    "EarlyPaid",
    "EnvironmentFault",
    "Facility",
    "FacilityKind",
    "Fault",
    "FieldName",
    "FundsUse",
    "IntradayOrder",
    "KeptRow",
    "KeptStatement",
    "LaterAmount",
    "LimitChange",
    "LinkGroup",
    "LossMode",
    "Measure",
    "MeasureKind",
    "Message",
    "MinimumBase",
    "Money",
    "MonthlyOn",
    "Moved",
    "Origin",
    "OtherAmount",
    "Overdrawn",
    "PlanStage",
    "PlanStep",
    "PlannedDraw",
    "Priced",
    "Priority",
    "RateChange",
    "RatePer",
    "Record",
    "Recurring",
    "RepaymentMethod",
    "Repeat",
    "Rhythm",
    "Rounding",
    "SavedContingency",
    "ScheduleRow",
    "Settled",
    "Statements",
    "StatementsEdit",
    "StillOpen",
    "Teller",
    "Tranche",
    "UnsureSources",
    "check_version",
    "currency_of",
    "is_called",
    "message",
    "parse_amount",
]
