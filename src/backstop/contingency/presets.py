"""Causes by their everyday names: what a preset sets, the owner may then change.

Data only: what falls (its scope), and how. Applied to something in the book (see `applying`) a
preset gives a contingency like any other.
"""

import re
from dataclasses import dataclass, replace
from enum import StrEnum

from backstop.contingency.customers import NOTHING_COMES
from backstop.contingency.elements import Cascade
from backstop.contingency.identity import SYSTEMIC_CAUSE, Basis
from backstop.contingency.manner import ITS_OWN_WAY, Manner
from backstop.domain import LossMode, Message, message

SUDDEN_EXPENSE = "sudden_expense"
"""Key of the cause by which no line goes, but money."""


class Scope(StrEnum):
    """What falls where no group is found by its basis: one element, a supplier's terms, what
    somebody advanced, lines with a tag, every line, receipts, those of customers at risk, or
    nothing, where money has to be spent."""

    ONE = "one"
    SUPPLIER = "supplier"
    ADVANCED = "advanced"
    TAG = "tag"
    EVERYTHING = "everything"
    RECEIPTS = "receipts"
    RISK = "risk"
    EXPENSE = "expense"


@dataclass(frozen=True, slots=True)
class Preset:
    """One cause. `told` says in a sentence what is assumed."""

    key: str
    name: Message
    told: Message
    scope: Scope | Basis
    how: Manner


PRESETS: tuple[Preset, ...] = (
    Preset(
        "credit_review",
        message("credit re-assessment"),
        message("The lender looks again and closes the line to new draws. What is owed goes on."),
        Scope.ONE,
        Manner(LossMode.NO_NEW_DRAWS),
    ),
    Preset(
        "review_cut",
        message("credit re-assessment, limit cut"),
        message("The lender looks again and halves the limit."),
        Scope.ONE,
        Manner(LossMode.LIMIT_CUT, cut_percent=50),
    ),
    Preset(
        "unexplained",
        message("gone without a reason"),
        message("The score is unchanged and the line reads 0 all the same. Nobody says why."),
        Scope.ONE,
        Manner(LossMode.NO_NEW_DRAWS),
    ),
    Preset(
        "regulation",
        message("tighter regulation"),
        message("A whole kind of credit may no longer be offered."),
        Basis.CATEGORY,
        Manner(LossMode.NO_NEW_DRAWS),
    ),
    Preset(
        "platform_fault",
        message("platform down or suspended"),
        message("Everything at one platform is out of reach for a week, cash held there too."),
        Basis.PLATFORM,
        Manner(LossMode.FREEZE, duration_days=7),
    ),
    Preset(
        "maintenance",
        message("fault or maintenance"),
        message("The line does not answer for three days. First check whether it is really gone."),
        Scope.ONE,
        Manner(LossMode.FREEZE, duration_days=3),
    ),
    Preset(
        "temporary_drop",
        message("temporary drop"),
        message("The limit is halved for 30 days, then it is back."),
        Scope.ONE,
        Manner(LossMode.LIMIT_CUT, duration_days=30, cut_percent=50),
    ),
    Preset(
        "group_tightening",
        message("whole groups tightened"),
        message("All lines with one tag close: a trade, a region, a list."),
        Scope.TAG,
        Manner(LossMode.NO_NEW_DRAWS),
    ),
    Preset(
        "product_retired",
        message("product retired"),
        message("The lender ends the product: no new draws from the day that was announced."),
        Scope.ONE,
        Manner(LossMode.NO_NEW_DRAWS),
    ),
    Preset(
        "linked_account",
        message("linked account in dispute"),
        message("A dispute or breach in one product shuts the others that hang on it."),
        Basis.LINK,
        ITS_OWN_WAY,
    ),
    Preset(
        "upstream_funder",
        message("upstream funder withdraws"),
        message("The bank or fund behind several lines stops paying out."),
        Basis.FUNDER,
        Manner(LossMode.NO_NEW_DRAWS),
    ),
    Preset(
        "lender_stops",
        message("one lender stops lending"),
        message("All lines of one lender close."),
        Basis.LENDER,
        Manner(LossMode.NO_NEW_DRAWS),
    ),
    Preset(
        "identity",
        message("identity expired, or an unusual login"),
        message("All lines of one person are frozen for two weeks, until the papers are accepted."),
        Basis.HOLDER,
        Manner(LossMode.FREEZE, duration_days=14),
    ),
    Preset(
        "no_renewal",
        message("not renewed"),
        message("The bank does not renew: no new draws once the contract ends."),
        Scope.ONE,
        Manner(LossMode.NO_RENEWAL),
    ),
    Preset(
        "reduced_renewal",
        message("renewed with less"),
        message("The bank renews with 30 % less from the end of the contract."),
        Scope.ONE,
        Manner(LossMode.REDUCED_RENEWAL, cut_percent=30),
    ),
    Preset(
        "called_early",
        message("loan called early"),
        message("The bank wants back at once all that is owed on the line."),
        Scope.ONE,
        Manner(LossMode.CALL, notice_days=0),
    ),
    Preset(
        "purchases_blocked",
        message("purchases blocked"),
        message("The line pays no purchases any more; the bill already run up is still due."),
        Scope.ONE,
        Manner(LossMode.PURCHASES_BLOCKED),
    ),
    Preset(
        "others_follow",
        message("a loss that other lenders see"),
        message("The line closes; 14 days later other lines without commitment are halved."),
        Scope.ONE,
        Manner(LossMode.NO_NEW_DRAWS, cascade=Cascade(after_days=14, percent=50)),
    ),
    Preset(
        SYSTEMIC_CAUSE,
        message("everyone needs it at once"),
        message("All lines close that are not available when everyone needs them."),
        Basis.SYSTEMIC,
        Manner(LossMode.NO_NEW_DRAWS),
    ),
    Preset(
        "no_line_at_all",
        message("no line at all"),
        message("Every line closes on the same day."),
        Scope.EVERYTHING,
        Manner(LossMode.NO_NEW_DRAWS),
    ),
    Preset(
        "supplier_dispute",
        message("a dispute with a supplier"),
        message(
            "One supplier wants at once what is owed, and delivers only against cash from then on."
        ),
        Scope.SUPPLIER,
        Manner(LossMode.CALL, notice_days=0),
    ),
    Preset(
        "advanced_by_staff",
        message("staff want back what they advanced"),
        message("Whoever advanced money wants it back within a week, and advances no more."),
        Scope.ADVANCED,
        Manner(LossMode.CALL, notice_days=7),
    ),
    Preset(
        "receipts_75",
        message("receipts at 75 %"),
        message("Every expected receipt comes in at three quarters."),
        Scope.RECEIPTS,
        Manner(LossMode.RECEIPTS_CUT, cut_percent=25),
    ),
    Preset(
        "receipts_30_late",
        message("receipts 30 days late"),
        message("Every expected receipt comes 30 days later."),
        Scope.RECEIPTS,
        Manner(LossMode.RECEIPTS_LATE, late_days=30),
    ),
    Preset(
        "customer_gone",
        message("a customer does not pay"),
        message("Nothing comes from one customer any more, neither what is owed nor what is due."),
        Basis.CUSTOMER,
        Manner(LossMode.RECEIPTS_CUT, cut_percent=NOTHING_COMES),
    ),
    Preset(
        "customer_late",
        message("a customer pays 60 days late"),
        message("Everything from one customer comes 60 days later."),
        Basis.CUSTOMER,
        Manner(LossMode.RECEIPTS_LATE, late_days=60),
    ),
    Preset(
        "risky_customers",
        message("risky customers do not pay"),
        message("Nothing comes from customers at high risk; then from those to be watched either."),
        Scope.RISK,
        Manner(LossMode.RECEIPTS_CUT, cut_percent=NOTHING_COMES),
    ),
    Preset(
        "receivable_frozen",
        message("what a customer owes is frozen"),
        message(
            "A court freezes what one customer owes you, or it is in dispute: all of it comes 90 "
            "days later."
        ),
        Basis.CUSTOMER,
        Manner(LossMode.RECEIPTS_LATE, late_days=90),
    ),
    Preset(
        SUDDEN_EXPENSE,
        message("a sudden expense"),
        message("Something has to be paid at once that nobody planned for; no line is lost."),
        Scope.EXPENSE,
        ITS_OWN_WAY,
    ),
)

BY_KEY = {preset.key: preset for preset in PRESETS}

_RECEIPTS_AT = re.compile(r"receipts_(\d{1,2})")
_RECEIPTS_LATE = re.compile(r"receipts_(\d{1,3})_late")


def named(key: str) -> Preset | None:
    """The preset of that name. Receipts may be at any share, and late by any number of days:
    `receipts_60`, `receipts_45_late`."""
    if key in BY_KEY:
        return BY_KEY[key]
    if found := _RECEIPTS_AT.fullmatch(key):
        share = int(found[1])
        return replace(
            BY_KEY["receipts_75"],
            key=key,
            name=message("receipts at {percent} %", percent=share),
            told=message(
                "Of every expected receipt, {percent} % of what was expected comes in.",
                percent=share,
            ),
            how=Manner(LossMode.RECEIPTS_CUT, cut_percent=100 - share),
        )
    if found := _RECEIPTS_LATE.fullmatch(key):
        days = int(found[1])
        return replace(
            BY_KEY["receipts_30_late"],
            key=key,
            name=message("receipts {days} days late", days=days),
            told=message("Every expected receipt comes {days} days later.", days=days),
            how=Manner(LossMode.RECEIPTS_LATE, late_days=days),
        )
    return None
