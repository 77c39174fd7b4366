"""Causes by their everyday names: what a preset sets, the owner may then change.

Data only. A preset says what falls (its scope), how (mode), and with what notice, duration, cut and
cascade; applied to something in the book it gives a contingency like any other.
"""

import re
from dataclasses import dataclass, replace
from enum import StrEnum

from backstop.contingency.customers import NOTHING_COMES, at_risk
from backstop.contingency.elements import (
    Cascade,
    Contingency,
    ContingencyKind,
    receipts,
    without_any_line,
)
from backstop.contingency.groups import Basis, shared_groups
from backstop.domain import Book, CustomerRisk, LossMode, Message, message


class Scope(StrEnum):
    """What falls: one element, a group found by its basis, lines with a tag, receipts, or those of
    customers at risk."""

    ONE = "one"
    LINK = "link"
    LENDER = "lender"
    FUNDER = "funder"
    HOLDER = "holder"
    PLATFORM = "platform"
    CATEGORY = "category"
    SYSTEMIC = "systemic"
    TAG = "tag"
    EVERYTHING = "everything"
    RECEIPTS = "receipts"
    CUSTOMER = "customer"
    RISK = "risk"


WATCHED = CustomerRisk.WATCH
"""The least risk that is worth a look; those at high risk are among them."""


@dataclass(frozen=True, slots=True)
class Preset:
    """One cause. `told` says in a sentence what is assumed."""

    key: str
    name: Message
    told: Message
    scope: Scope
    mode: LossMode | None = None
    notice_days: int | None = None
    duration_days: int | None = None
    cut_percent: int | None = None
    late_days: int = 0
    cascade: Cascade | None = None


PRESETS: tuple[Preset, ...] = (
    Preset(
        "credit_review",
        message("credit re-assessment"),
        message("The lender looks again and closes the line to new draws. What is owed goes on."),
        Scope.ONE,
        LossMode.NO_NEW_DRAWS,
    ),
    Preset(
        "review_cut",
        message("credit re-assessment, limit cut"),
        message("The lender looks again and halves the limit."),
        Scope.ONE,
        LossMode.LIMIT_CUT,
        cut_percent=50,
    ),
    Preset(
        "unexplained",
        message("gone without a reason"),
        message("The score is unchanged and the line reads 0 all the same. Nobody says why."),
        Scope.ONE,
        LossMode.NO_NEW_DRAWS,
    ),
    Preset(
        "regulation",
        message("tighter regulation"),
        message("A whole kind of credit may no longer be offered."),
        Scope.CATEGORY,
        LossMode.NO_NEW_DRAWS,
    ),
    Preset(
        "platform_fault",
        message("platform down or suspended"),
        message("Everything at one platform is out of reach for a week, cash held there too."),
        Scope.PLATFORM,
        LossMode.FREEZE,
        duration_days=7,
    ),
    Preset(
        "maintenance",
        message("fault or maintenance"),
        message("The line does not answer for three days. First check whether it is really gone."),
        Scope.ONE,
        LossMode.FREEZE,
        duration_days=3,
    ),
    Preset(
        "temporary_drop",
        message("temporary drop"),
        message("The limit is halved for 30 days, then it is back."),
        Scope.ONE,
        LossMode.LIMIT_CUT,
        duration_days=30,
        cut_percent=50,
    ),
    Preset(
        "group_tightening",
        message("whole groups tightened"),
        message("All lines with one tag close: a trade, a region, a list."),
        Scope.TAG,
        LossMode.NO_NEW_DRAWS,
    ),
    Preset(
        "product_retired",
        message("product retired"),
        message("The lender ends the product: no new draws from the day that was announced."),
        Scope.ONE,
        LossMode.NO_NEW_DRAWS,
    ),
    Preset(
        "linked_account",
        message("linked account in dispute"),
        message("A dispute or breach in one product shuts the others that hang on it."),
        Scope.LINK,
    ),
    Preset(
        "upstream_funder",
        message("upstream funder withdraws"),
        message("The bank or fund behind several lines stops paying out."),
        Scope.FUNDER,
        LossMode.NO_NEW_DRAWS,
    ),
    Preset(
        "lender_stops",
        message("one lender stops lending"),
        message("All lines of one lender close."),
        Scope.LENDER,
        LossMode.NO_NEW_DRAWS,
    ),
    Preset(
        "identity",
        message("identity expired, or an unusual login"),
        message("All lines of one person are frozen for two weeks, until the papers are accepted."),
        Scope.HOLDER,
        LossMode.FREEZE,
        duration_days=14,
    ),
    Preset(
        "no_renewal",
        message("not renewed"),
        message("The bank does not renew: no new draws once the contract ends."),
        Scope.ONE,
        LossMode.NO_RENEWAL,
    ),
    Preset(
        "reduced_renewal",
        message("renewed with less"),
        message("The bank renews with 30 % less from the end of the contract."),
        Scope.ONE,
        LossMode.REDUCED_RENEWAL,
        cut_percent=30,
    ),
    Preset(
        "called_early",
        message("loan called early"),
        message("The bank wants back at once all that is owed on the line."),
        Scope.ONE,
        LossMode.CALL,
        notice_days=0,
    ),
    Preset(
        "purchases_blocked",
        message("purchases blocked"),
        message("The line pays no purchases any more; the bill already run up is still due."),
        Scope.ONE,
        LossMode.PURCHASES_BLOCKED,
    ),
    Preset(
        "others_follow",
        message("a loss that other lenders see"),
        message("The line closes; 14 days later other lines without commitment are halved."),
        Scope.ONE,
        LossMode.NO_NEW_DRAWS,
        cascade=Cascade(after_days=14, percent=50),
    ),
    Preset(
        "systemic",
        message("everyone needs it at once"),
        message("All lines close that are not available when everyone needs them."),
        Scope.SYSTEMIC,
        LossMode.NO_NEW_DRAWS,
    ),
    Preset(
        "no_line_at_all",
        message("no line at all"),
        message("Every line closes on the same day."),
        Scope.EVERYTHING,
        LossMode.NO_NEW_DRAWS,
    ),
    Preset(
        "receipts_75",
        message("receipts at 75 %"),
        message("Every expected receipt comes in at three quarters."),
        Scope.RECEIPTS,
        LossMode.RECEIPTS_CUT,
        cut_percent=25,
    ),
    Preset(
        "receipts_30_late",
        message("receipts 30 days late"),
        message("Every expected receipt comes 30 days later."),
        Scope.RECEIPTS,
        LossMode.RECEIPTS_LATE,
        late_days=30,
    ),
    Preset(
        "customer_gone",
        message("a customer does not pay"),
        message("Nothing comes from one customer any more, neither what is owed nor what is due."),
        Scope.CUSTOMER,
        LossMode.RECEIPTS_CUT,
        cut_percent=NOTHING_COMES,
    ),
    Preset(
        "customer_late",
        message("a customer pays 60 days late"),
        message("Everything from one customer comes 60 days later."),
        Scope.CUSTOMER,
        LossMode.RECEIPTS_LATE,
        late_days=60,
    ),
    Preset(
        "risky_customers",
        message("risky customers do not pay"),
        message("Nothing comes from customers at high risk; then from those to be watched either."),
        Scope.RISK,
        LossMode.RECEIPTS_CUT,
        cut_percent=NOTHING_COMES,
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
            cut_percent=100 - share,
        )
    if found := _RECEIPTS_LATE.fullmatch(key):
        days = int(found[1])
        return replace(
            BY_KEY["receipts_30_late"],
            key=key,
            name=message("receipts {days} days late", days=days),
            told=message("Every expected receipt comes {days} days later.", days=days),
            late_days=days,
        )
    return None


def choices(book: Book, preset: Preset) -> list[str]:
    """What the preset can be applied to: ids of records, what a group shares, or tags. Empty text
    stands for all of it."""
    match preset.scope:
        case Scope.ONE:
            return [facility.id for facility in book.facilities]
        case Scope.TAG:
            return list(dict.fromkeys(tag for line in book.facilities for tag in line.tags))
        case Scope.EVERYTHING:
            return [""] if book.facilities else []
        case Scope.RECEIPTS:
            through = dict.fromkeys(f.through for f in book.cash_flows if f.through)
            accounts = [each.id for each in book.accounts if each.id in through]
            return ["", *accounts] if receipts(book) else []
        case Scope.RISK:
            marked = {f.customer_risk for f in book.cash_flows if f.id in at_risk(book, WATCHED)}
            return [each.value for each in (CustomerRisk.HIGH, WATCHED) if each in marked]
        case Scope.SYSTEMIC:
            return [""] if any(facility.systemic for facility in book.facilities) else []
        case _:
            return [g.value for g in shared_groups(book) if g.basis is Basis(preset.scope.value)]


def applied(book: Book, preset: Preset, chosen: str, loss_day: int = 0) -> Contingency | None:
    """The contingency that a preset makes of one of its choices; None when nothing is hit."""
    found = _targeted(book, preset, chosen, loss_day)
    if found is None or not found.targets:
        return None
    return replace(
        found,
        id=f"{preset.key}:{chosen}",
        mode=preset.mode,
        notice_days=preset.notice_days,
        duration_days=preset.duration_days,
        cut_percent=preset.cut_percent,
        late_days=preset.late_days,
        cascade=preset.cascade,
    )


def _targeted(book: Book, preset: Preset, chosen: str, loss_day: int) -> Contingency | None:
    single, group = ContingencyKind.SINGLE, ContingencyKind.GROUP
    match preset.scope:
        case Scope.ONE:
            known = any(facility.id == chosen for facility in book.facilities)
            return Contingency(chosen, single, (chosen,), loss_day) if known else None
        case Scope.TAG:
            tagged = tuple(f.id for f in book.facilities if chosen in f.tags)
            return Contingency(chosen, group, tagged, loss_day)
        case Scope.EVERYTHING:
            return without_any_line(book, loss_day)
        case Scope.RECEIPTS:
            expected = tuple(receipts(book, through=chosen))
            return Contingency(chosen, group, expected, loss_day)
        case Scope.RISK:
            known = chosen in (CustomerRisk.HIGH, WATCHED)
            owed = at_risk(book, CustomerRisk(chosen)) if known else ()
            return Contingency(chosen, group, owed, loss_day)
        case Scope.SYSTEMIC:
            needed = tuple(f.id for f in book.facilities if f.systemic)
            return Contingency(chosen, group, needed, loss_day)
        case _:
            basis = Basis(preset.scope.value)
            found = (g for g in shared_groups(book) if g.basis is basis and g.value == chosen)
            return next((each.contingency(loss_day) for each in found), None)
