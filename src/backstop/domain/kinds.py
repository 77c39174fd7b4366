"""The closed lists of the book: each value is what `book.json` writes."""

from enum import IntEnum, StrEnum


class AccountKind(StrEnum):
    CASH = "cash"
    BANK = "bank"
    WALLET = "wallet"
    MONEY_MARKET = "money_market"
    TIME_DEPOSIT = "time_deposit"
    OTHER = "other"


class AccountRole(StrEnum):
    """Operating accounts are pooled as cash; a reserve needs a step to reach it."""

    OPERATING = "operating"
    RESERVE = "reserve"


class FacilityKind(StrEnum):
    PLATFORM_LOAN = "platform_loan"
    PAY_LATER = "pay_later"
    CREDIT_CARD = "credit_card"
    BANK_LINE = "bank_line"
    TERM_LOAN = "term_loan"
    OVERDRAFT = "overdraft"
    SUPPLY_CHAIN = "supply_chain"
    FACTORING = "factoring"
    BILL_DISCOUNT = "bill_discount"
    PAWN = "pawn"
    INFORMAL = "informal"
    OTHER = "other"


class FundsUse(StrEnum):
    """What a line's money may be used for."""

    ANY = "any"
    HOUSEHOLD = "household"
    BUSINESS = "business"
    TAGGED = "tagged"


class RepaymentMethod(StrEnum):
    ANNUITY = "annuity"
    EQUAL_PRINCIPAL = "equal_principal"
    INTEREST_FIRST = "interest_first"
    BULLET = "bullet"
    ON_DEMAND = "on_demand"
    STATEMENT_CYCLE = "statement_cycle"
    OVERDRAFT = "overdraft"
    SHARE_OF_TAKINGS = "share_of_takings"


class RatePer(StrEnum):
    """What a quoted percentage is of: a year, a day, or the principal once (a flat fee)."""

    YEAR = "year"
    DAY = "day"
    PRINCIPAL = "principal"


class DayCount(StrEnum):
    THIRTY_360 = "30E/360"
    ACTUAL_365 = "actual/365"
    ACTUAL_360 = "actual/360"


class Rhythm(StrEnum):
    """How often instalments fall due."""

    WEEKLY = "weekly"
    FORTNIGHTLY = "fortnightly"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"


class Compounding(StrEnum):
    """How often interest that is not paid is added to what bears interest."""

    NEVER = "never"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    YEARLY = "yearly"


class Rounding(StrEnum):
    """Each instalment's interest is rounded by itself, or what that leaves is carried over to the
    next, so that all interest together is rounded once."""

    EACH = "each"
    CARRIED = "carried"


class EarlyEffect(StrEnum):
    """What paying back early does to the instalments that follow: fewer of them, or lower ones."""

    SHORTEN = "shorten"
    LOWER = "lower"


class MinimumBase(StrEnum):
    """What a card's minimum payment is a percentage of; the last one asks for all interest and fees
    on top of it."""

    BALANCE = "balance"
    BALANCE_AND_INTEREST = "balance_and_interest"
    INTEREST_ON_TOP = "interest_on_top"


class LossMode(StrEnum):
    """How an element goes. Closed to new draws: what is owed goes on by its own schedule."""

    NO_NEW_DRAWS = "no_new_draws"
    PURCHASES_BLOCKED = "purchases_blocked"
    FREEZE = "freeze"
    CALL = "call"
    NO_RENEWAL = "no_renewal"
    LIMIT_CUT = "limit_cut"
    REDUCED_RENEWAL = "reduced_renewal"
    ACCOUNT_FROZEN = "account_frozen"
    RECEIPTS_LATE = "receipts_late"
    RECEIPTS_CUT = "receipts_cut"


LINE_MODES = (
    LossMode.NO_NEW_DRAWS,
    LossMode.PURCHASES_BLOCKED,
    LossMode.FREEZE,
    LossMode.CALL,
    LossMode.NO_RENEWAL,
    LossMode.LIMIT_CUT,
    LossMode.REDUCED_RENEWAL,
)
"""The ways in which a facility can go."""

RENEWAL_MODES = (LossMode.NO_RENEWAL, LossMode.REDUCED_RENEWAL)
"""Those that begin when a contract ends."""


class CutRule(StrEnum):
    """What a lender who cuts a limit wants of a balance that lies above the new one."""

    FLOOR_AT_BALANCE = "floor_at_balance"
    EXCESS_DUE_NOW = "excess_due_now"
    EXCESS_DUE_LATER = "excess_due_later"


class CustomerRisk(StrEnum):
    """How sure it is that a customer pays at all."""

    LOW = "low"
    WATCH = "watch"
    HIGH = "high"


class UnsureSources(StrEnum):
    """What plans make of sources that are not committed, or that nobody verified."""

    COUNTED = "counted"
    PENALISED = "penalised"
    LEFT_OUT = "left_out"


class MeasureKind(StrEnum):
    """What an owner could do beside drawing on lines."""

    SELL_ASSET = "sell_asset"
    FACTOR = "factor"
    COLLECT_EARLY = "collect_early"
    NEW_FACILITY = "new_facility"
    OWNER_MONEY = "owner_money"
    RENEGOTIATE = "renegotiate"


class AskKind(StrEnum):
    """What a lender, a supplier or the tax office is asked for."""

    INSTALMENTS = "instalments"
    EXTENSION = "extension"
    RENEWAL = "renewal"
    BRIDGE = "bridge"
    LONGER_TERMS = "longer_terms"
    TAX_DEFERRAL = "tax_deferral"


class PlanStage(StrEnum):
    """Where an accepted plan stands: kept for the day, being carried out, or over."""

    ACCEPTED = "accepted"
    ACTIVE = "active"
    ENDED = "ended"


class Direction(StrEnum):
    RECEIPT = "receipt"
    PAYMENT = "payment"


class Repeat(StrEnum):
    ONCE = "once"
    DAYS = "days"
    WEEKS = "weeks"
    MONTHS = "months"
    YEARS = "years"


class MonthlyOn(StrEnum):
    """What of its first date a monthly or yearly rule keeps: the day of the month, the weekday with
    its number in the month, or the weekday as the last one of the month."""

    DAY = "day"
    WEEKDAY = "weekday"
    LAST_WEEKDAY = "last_weekday"


class Adjustment(StrEnum):
    """What happens to a date that falls on a day when banks are closed."""

    NONE = "none"
    FOLLOWING = "following"
    PRECEDING = "preceding"
    MODIFIED_FOLLOWING = "modified_following"


class Priority(IntEnum):
    """Class of a payment: 1 must be met, 2 important, 3 can go."""

    MUST = 1
    IMPORTANT = 2
    CAN_GO = 3


class IntradayOrder(StrEnum):
    PAYMENTS_FIRST = "payments_first"
    RECEIPTS_FIRST = "receipts_first"
