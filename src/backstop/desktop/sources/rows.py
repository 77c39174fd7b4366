"""Rows of the Sources table: every facility and account with its figures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from backstop.desktop.tables.columns import TableColumn, money_column
from backstop.domain import Account, AccountRole, Book, Facility
from backstop.projection import facility_cost, owed_today
from backstop.projection.amounts import rounded_share
from backstop.telling import Narrator, Words
from backstop.telling.sentences import MARKS, gap_cell, severity_word

if TYPE_CHECKING:
    from backstop.desktop.state.context import Context
    from backstop.plan import Answers, Loss

NOT_KNOWN, WAITS = "–", "…"


@dataclass(frozen=True, eq=False)
class SourceRow:
    """A facility or an account; amounts in minor units, `cost` a yearly fraction.

    `loss` is what its closure does, for a facility once there are answers. While it `waits` for
    those of the book as it is now, it is of an older state: it keeps the row's place, unsaid.
    """

    record: Facility | Account
    limit: int | None
    used: int | None
    available: int
    cost: float | None
    lead_days: int | None
    ends: date | None
    groups: tuple[str, ...]
    loss: Loss | None
    waits: bool = False

    @property
    def id(self) -> str:
        """The id of its record, by which a table knows the row again."""
        return self.record.id

    @property
    def is_facility(self) -> bool:
        """Whether it is a credit line, not an own account."""
        return isinstance(self.record, Facility)


def source_rows(book: Book, answers: Answers | None) -> list[SourceRow]:
    """Facilities first, then accounts, each in the order of the book."""
    losses = {loss.contingency.id: loss for loss in answers.losses} if answers else {}
    waits = answers is None or answers.book != book
    lines = [_line(book, each, losses.get(each.id), waits=waits) for each in book.facilities]
    return [*lines, *(_account(book, each) for each in book.accounts)]


def _line(book: Book, facility: Facility, loss: Loss | None, *, waits: bool) -> SourceRow:
    return SourceRow(
        record=facility,
        limit=facility.limit_on(book.as_of),
        used=owed_today(book, facility),
        available=available(book, facility),
        cost=yearly_cost(facility, book.as_of),
        lead_days=facility.lead_days,
        ends=facility.contract_until or facility.usage_until,
        groups=groups_of(book, facility.id),
        loss=loss,
        waits=waits,
    )


def _account(book: Book, account: Account) -> SourceRow:
    return SourceRow(
        record=account,
        limit=None,
        used=None,
        available=account.balance,
        cost=None,
        lead_days=account.lead_days if account.role is AccountRole.RESERVE else 0,
        ends=None,
        groups=groups_of(book, account.id),
        loss=None,
    )


def available(book: Book, facility: Facility) -> int:
    """What could be drawn on the as-of date: the limit less its haircut and what is used."""
    if facility.usage_until is not None and facility.usage_until < book.as_of:
        return 0
    limit = facility.limit_on(book.as_of)
    counted = limit - rounded_share(limit, facility.headroom_haircut_percent)
    return max(0, counted - owed_today(book, facility) - facility.blocked)


@lru_cache(maxsize=1 << 14)
def yearly_cost(facility: Facility, on: date) -> float:
    """The true annual cost of a draw; kept, because an edit changes one facility of many."""
    return facility_cost(facility, on)


def groups_of(book: Book, record_id: str) -> tuple[str, ...]:
    """Names of the link groups that a source belongs to."""
    return tuple(group.name for group in book.link_groups if record_id in group.members)


def cost_text(cost: float | None, words: Words) -> str:
    """`15.3 %`; a dash where money costs nothing that could be stated."""
    if cost is None or cost < 0:
        return NOT_KNOWN
    if cost > 99:
        return words.language.percent("> 9,900")
    return words.language.percent(f"{cost * 100:.1f}")


def source_columns(context: Context) -> list[TableColumn[SourceRow]]:
    """All columns; a narrow table keeps the name, and how grave its loss is."""

    def currency() -> str:
        return context.book.currency

    def loss(row: SourceRow, words: Words) -> str:
        return _loss(context, row, words)

    return [
        TableColumn("Name", _name, sort=lambda row: row.record.name, tip=_name, stretch=True),
        TableColumn("Kind", _kind, sort=lambda row: row.record.kind.value, tone=_muted, spare=6),
        money_column("Limit", lambda row: row.limit, currency, spare=2),
        money_column("Used", lambda row: row.used, currency, spare=4),
        money_column("Available", lambda row: row.available, currency, spare=1),
        TableColumn("True cost", _cost, sort=lambda row: row.cost, figures=True, spare=5),
        TableColumn("Lead time", _lead, sort=_lead_days, figures=True, tone=_lead_tone, spare=7),
        TableColumn("Ends", _ends, sort=lambda row: row.ends, spare=8),
        TableColumn("Group", _groups, sort=_first_group, tone=_muted, spare=9),
        TableColumn("", _mark, sort=_gap, tone=_severity, spoken=_spoken_mark, tip=loss),
        TableColumn("If it is lost", loss, sort=_gap, tone=_severity, spare=3),
    ]


def _name(row: SourceRow, words: Words) -> str:
    return row.record.name


def _kind(row: SourceRow, words: Words) -> str:
    return words.label(row.record.kind)


def _cost(row: SourceRow, words: Words) -> str:
    return cost_text(row.cost, words) if row.is_facility else ""


def _lead(row: SourceRow, words: Words) -> str:
    if row.lead_days is None:
        return words.say("not known")
    if not row.lead_days:
        return words.say("lead time|now")
    return words.count(row.lead_days, "{n} day", "{n} days")


def _lead_days(row: SourceRow) -> int | None:
    return row.lead_days


def _lead_tone(row: SourceRow) -> str:
    return "careful" if row.lead_days is None else ""


def _ends(row: SourceRow, words: Words) -> str:
    return words.day(row.ends) if row.ends else ""


def _groups(row: SourceRow, words: Words) -> str:
    return words.language.row(row.groups)


def _first_group(row: SourceRow) -> str | None:
    return row.groups[0] if row.groups else None


def _muted(row: SourceRow) -> str:
    return "muted"


def _severity(row: SourceRow) -> str:
    return row.loss.severity.value if row.loss and not row.waits else "muted"


def _mark(row: SourceRow, words: Words) -> str:
    if row.waits or row.loss is None:
        return WAITS if row.waits else ""
    return MARKS[row.loss.severity]


def _spoken_mark(row: SourceRow, words: Words) -> str:
    if row.waits:
        return words.say("Being worked out…")
    if row.loss is None:
        return ""
    said = severity_word(row.loss.severity, words)
    return f"{words.say('If it is lost')}: {said}"


def _loss(context: Context, row: SourceRow, words: Words) -> str:
    if row.waits or row.loss is None:
        return WAITS if row.is_facility else ""
    return gap_cell(row.loss, Narrator(context.book, words))


def _gap(row: SourceRow) -> Any:
    if row.loss is None:
        return None
    short, outcome = row.loss.outcome.shortfall, row.loss.outcome
    return 0 if short is None else -short.most, outcome.lowest_cash


def limit_by_lender(book: Book) -> dict[str, int]:
    """Limits added up by lender, the largest first; a line without one stands for itself."""
    sums: dict[str, int] = {}
    for each in book.facilities:
        lender = each.lender or each.name
        sums[lender] = sums.get(lender, 0) + each.limit_on(book.as_of)
    return dict(sorted(sums.items(), key=lambda item: -item[1]))
