"""Overdrafts for the plain loop over days: how low cash may fall on each of them, and the interest
on what is below zero each evening, in fractions that are rounded once when they are charged.
"""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from math import floor

from backstop.contingency import Contingency
from backstop.domain import Book, CutRule, DayCount, Facility, LossMode, RatePer
from backstop.projection import calendar_of
from backstop.projection.calendars import adjusted


@dataclass
class Account:
    """One overdraft and what it has run up."""

    line: Facility
    run_up: Fraction = field(default_factory=Fraction)

    def share(self, night: date) -> Fraction:
        """Interest of one unit from that evening to the next."""
        percent = self.line.rate_percent
        for change in self.line.rate_changes:
            if night >= change.from_day:
                percent = change.percent
        if self.line.rate_per is RatePer.DAY:
            return Fraction(percent) / 100
        after = night + timedelta(days=1)
        days, whole = 1, 360
        if self.line.day_count is DayCount.THIRTY_360:
            months = 12 * (after.year - night.year) + after.month - night.month
            days = 30 * months + min(after.day, 30) - min(night.day, 30)
        elif self.line.day_count is DayCount.ACTUAL_365:
            whole = 365
        return Fraction(percent) * days / whole / 100

    def is_charged_on(self, book: Book, day: date) -> bool:
        """Whether a day of the month, moved where banks are closed, is this one."""
        near = (day - timedelta(days=20), day, day + timedelta(days=20))
        return any(
            adjusted(self.day_of_month(each), self.line.due_adjustment, calendar_of(book)) == day
            for each in near
        )

    def day_of_month(self, month: date) -> date:
        last = monthrange(month.year, month.month)[1]
        return month.replace(day=min(self.line.due_day or 31, last))


def counted(line: Facility, limit: int) -> int:
    """What is left of a limit for the owner to count on."""
    return max(0, limit - (limit * line.headroom_haircut_percent + 50) // 100 - line.blocked)


def limit_on(book: Book, line: Facility, loss: Contingency | None, day: int) -> int:
    """How far below zero the account may be on that day."""
    whole = line.limit_on(book.as_of + timedelta(days=day))
    limit = counted(line, whole)
    if line.usage_until and book.as_of + timedelta(days=day) > line.usage_until:
        return 0
    if loss is None:
        return limit
    start, lasts = loss.loss_day, loss.duration_days
    percent = line.cut_percent if loss.cut_percent is None else loss.cut_percent
    notice = line.notice_days if loss.notice_days is None else loss.notice_days
    asked = loss.mode
    lines = {
        LossMode.NO_NEW_DRAWS,
        LossMode.FREEZE,
        LossMode.CALL,
        LossMode.NO_RENEWAL,
        LossMode.LIMIT_CUT,
        LossMode.REDUCED_RENEWAL,
    }
    mode = asked if asked in lines else line.default_mode
    waits = {
        CutRule.EXCESS_DUE_NOW: 0,
        CutRule.EXCESS_DUE_LATER: line.excess_days,
        CutRule.FLOOR_AT_BALANCE: notice,
    }[line.cut_rule]
    if line.id not in loss.targets:
        if loss.cascade is None or line.committed:
            return limit
        start, lasts = start + loss.cascade.after_days, None
        mode, percent = LossMode.LIMIT_CUT, loss.cascade.percent
    if mode in (LossMode.NO_RENEWAL, LossMode.REDUCED_RENEWAL):
        ends = (line.contract_until - book.as_of).days if line.contract_until else 0
        start, waits, notice = max(start, ends), 0, 0
    if mode is LossMode.FREEZE:
        lasts, notice = line.freeze_days if lasts is None else lasts, 0
    cut = mode in (LossMode.LIMIT_CUT, LossMode.REDUCED_RENEWAL)
    if day < start + (waits if cut else notice) or (lasts is not None and day >= start + lasts):
        return limit
    if not cut:
        return 0
    return counted(line, whole - (whole * percent + 50) // 100)


class Accounts:
    """All overdrafts of a book, asked day by day under a loss."""

    def __init__(self, book: Book, loss: Contingency | None) -> None:
        self.book, self.loss = book, loss
        self.all = [Account(line) for line in book.facilities if line.is_overdraft]
        for account in self.all:
            pieces = account.line.overdrawn
            for number, piece in enumerate(pieces):
                end = pieces[number + 1].from_day if number + 1 < len(pieces) else book.as_of
                night = piece.from_day
                while night < min(end, book.as_of):
                    account.run_up += piece.amount * account.share(night)
                    night += timedelta(days=1)

    def may_fall(self, day: int) -> int:
        return sum(limit_on(self.book, each.line, self.loss, day) for each in self.all)

    def charges(self, day: int) -> Iterator[tuple[Facility, int]]:
        """What each charges in the morning."""
        today = self.book.as_of + timedelta(days=day)
        for account in self.all:
            limit = limit_on(self.book, account.line, self.loss, day)
            before = limit_on(self.book, account.line, self.loss, day - 1)
            if day == 0:
                yesterday = self.book.as_of - timedelta(days=1)
                before = counted(account.line, account.line.limit_on(yesterday))
            if account.is_charged_on(self.book, today) or (limit == 0 and before > 0):
                yield account.line, floor(account.run_up + Fraction(1, 2))
                account.run_up = Fraction(0)

    def evening(self, day: int, cash: int) -> None:
        """What is below zero bears interest, the first overdraft first."""
        below, today = max(0, -cash), self.book.as_of + timedelta(days=day)
        for account in self.all:
            used = min(below, limit_on(self.book, account.line, self.loss, day))
            account.run_up += used * account.share(today)
            below -= used
