"""English names of kinds and fields: keys of their translations."""

from collections.abc import Mapping
from enum import Enum
from functools import cache

from backstop.domain.book import Book
from backstop.domain.fields import fields_of, kinds_in
from backstop.domain.kinds import (
    AccountKind,
    AccountRole,
    Adjustment,
    AskKind,
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
from backstop.domain.ledger import Settled

ENUM_LABELS: dict[type[Enum], dict[str, str]] = {
    AccountKind: {
        "CASH": "cash in hand",
        "BANK": "bank account",
        "WALLET": "wallet",
        "MONEY_MARKET": "money-market balance",
        "TIME_DEPOSIT": "time deposit",
        "OTHER": "other account",
    },
    AccountRole: {
        "OPERATING": "operating (counts as cash)",
        "RESERVE": "reserve (needs a step)",
    },
    FacilityKind: {
        "PLATFORM_LOAN": "platform loan",
        "PAY_LATER": "pay-later",
        "CREDIT_CARD": "credit card",
        "BANK_LINE": "bank line",
        "TERM_LOAN": "term loan",
        "OVERDRAFT": "overdraft",
        "SUPPLY_CHAIN": "supply-chain finance",
        "FACTORING": "factoring",
        "BILL_DISCOUNT": "bill discounting",
        "PAWN": "pawn",
        "INFORMAL": "family and friends",
        "OTHER": "other source",
    },
    FundsUse: {
        "ANY": "anything",
        "HOUSEHOLD": "the household only",
        "BUSINESS": "the business only",
        "TAGGED": "payments with certain tags",
    },
    RepaymentMethod: {
        "ANNUITY": "equal instalments",
        "EQUAL_PRINCIPAL": "equal principal",
        "INTEREST_FIRST": "interest first, principal at the end",
        "BULLET": "everything at maturity",
        "ON_DEMAND": "borrow and repay any time",
        "STATEMENT_CYCLE": "statement cycle",
        "OVERDRAFT": "the account may fall below zero",
        "SHARE_OF_TAKINGS": "a share of takings",
    },
    RatePer: {
        "YEAR": "per year",
        "DAY": "per day",
        "PRINCIPAL": "of the principal, once",
    },
    DayCount: {
        "THIRTY_360": "30E/360",
        "ACTUAL_365": "actual/365",
        "ACTUAL_360": "actual/360",
    },
    Rhythm: {
        "WEEKLY": "every week",
        "FORTNIGHTLY": "every two weeks",
        "MONTHLY": "every month",
        "QUARTERLY": "every quarter",
    },
    Compounding: {
        "NEVER": "no",
        "MONTHLY": "added every month",
        "QUARTERLY": "added every quarter",
        "YEARLY": "added every year",
    },
    Rounding: {
        "EACH": "with each instalment",
        "CARRIED": "at the end, fractions are carried over",
    },
    EarlyEffect: {
        "SHORTEN": "fewer instalments",
        "LOWER": "lower instalments",
    },
    MinimumBase: {
        "BALANCE": "the balance",
        "BALANCE_AND_INTEREST": "the balance with its interest",
        "INTEREST_ON_TOP": "the balance, all interest on top",
    },
    LossMode: {
        "NO_NEW_DRAWS": "no new draws",
        "PURCHASES_BLOCKED": "purchases blocked",
        "FREEZE": "frozen for a time",
        "CALL": "called early",
        "NO_RENEWAL": "not renewed",
        "LIMIT_CUT": "limit cut",
        "REDUCED_RENEWAL": "renewed with a smaller limit",
        "ACCOUNT_FROZEN": "account frozen",
        "RECEIPTS_LATE": "receipts late",
        "RECEIPTS_CUT": "receipts cut",
    },
    CutRule: {
        "FLOOR_AT_BALANCE": "what is owed may stay",
        "EXCESS_DUE_NOW": "what lies above is due at once",
        "EXCESS_DUE_LATER": "what lies above is due some days later",
    },
    Direction: {
        "RECEIPT": "receipt",
        "PAYMENT": "payment",
    },
    Repeat: {
        "ONCE": "once",
        "DAYS": "days",
        "WEEKS": "weeks",
        "MONTHS": "months",
        "YEARS": "years",
    },
    MonthlyOn: {
        "DAY": "day of the month",
        "WEEKDAY": "same weekday",
        "LAST_WEEKDAY": "last such weekday",
    },
    Adjustment: {
        "NONE": "on the day itself",
        "FOLLOWING": "next working day",
        "PRECEDING": "working day before",
        "MODIFIED_FOLLOWING": "next working day in the same month",
    },
    Priority: {
        "MUST": "must be met",
        "IMPORTANT": "important",
        "CAN_GO": "can go",
    },
    CustomerRisk: {
        "LOW": "pays",
        "WATCH": "to be watched",
        "HIGH": "may not pay",
    },
    UnsureSources: {
        "COUNTED": "counted like any other",
        "PENALISED": "used last",
        "LEFT_OUT": "left out",
    },
    MeasureKind: {
        "SELL_ASSET": "sell something",
        "FACTOR": "factor a receivable",
        "COLLECT_EARLY": "collect early",
        "NEW_FACILITY": "apply for a new line",
        "OWNER_MONEY": "owner or family money",
        "RENEGOTIATE": "ask for other terms",
    },
    AskKind: {
        "INSTALMENTS": "instalments",
        "EXTENSION": "an extension",
        "RENEWAL": "a renewal without repaying first",
        "BRIDGE": "municipal bridge money",
        "LONGER_TERMS": "longer payment terms",
        "TAX_DEFERRAL": "a deferral of tax",
    },
    PlanStage: {
        "ACCEPTED": "accepted",
        "ACTIVE": "being carried out",
        "ENDED": "ended",
    },
    IntradayOrder: {
        "PAYMENTS_FIRST": "payments before receipts",
        "RECEIPTS_FIRST": "receipts before payments",
    },
}
"""By class, then by member name: members of two classes may be equal as text."""

FORMER_LABELS = {
    "rate_from": "The rate changes on",
    "rate_then_percent": "Rate from then on (%)",
}
"""Of fields until version 2 of the file: change histories still name them."""

BESIDE_THE_BOOK = {"ledger": "Ledger"}
"""What `book.json` holds beside the fields of a book."""


@cache
def field_labels() -> Mapping[str, str]:
    """By the name of the field, which has one label wherever it stands. Found when first asked for:
    the window stands before that."""
    kinds = (Settled, *kinds_in(Book))
    said = {name: each.spec.label for kind in kinds for name, each in fields_of(kind).items()}
    return FORMER_LABELS | BESIDE_THE_BOOK | said
