"""Contingencies: which elements are lost, how, and when. Generated from the book, never typed."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from backstop.contingency.identity import EveryLine, Identity, NothingLost, OfRecord, cause_key
from backstop.domain import Account, AccountRole, Book, Direction, LossMode


class ContingencyKind(StrEnum):
    """Whether one thing goes, several do, or nothing but money that nobody thought to spend."""

    SINGLE = "single"
    GROUP = "group"
    EXPENSE = "expense"


@dataclass(frozen=True, slots=True)
class Cascade:
    """Other lenders follow: `after_days` later the limits of the other uncommitted lines are cut
    by `percent`, each by its own cut rule."""

    after_days: int
    percent: int


@dataclass(frozen=True, slots=True)
class Contingency:
    """`targets` (ids of facilities, accounts and receipts) are lost on day `loss_day`.

    Each element goes in its own way: a facility by its default mode, an account is frozen. `mode`,
    where given, overrides that for the elements that can go so; so do `notice_days` (of a call),
    `duration_days` (after which it is over; None: for good, or as long as the line's own freeze)
    and `cut_percent` (of a limit or of receipts). `late_days` is how late receipts come.

    `passed_days` is how long it has gone on already by `loss_day`: what it lasts, its notice and
    its other delays count from its beginning.

    `expense` (minor units) is money that has to be paid that day and that nobody foresaw: with what
    is lost, or alone. `also` is another loss that comes along, in its own way and on its own day.
    """

    identity: Identity
    kind: ContingencyKind
    targets: tuple[str, ...]
    loss_day: int = 0
    mode: LossMode | None = None
    notice_days: int | None = None
    duration_days: int | None = None
    cut_percent: int | None = None
    late_days: int = 0
    cascade: Cascade | None = None
    expense: int = 0
    passed_days: int = 0
    also: Contingency | None = None

    @property
    def id(self) -> str:
        """Its public id: in JSON, on the command line, in accepted plans."""
        return str(self.identity)

    @property
    def cause(self) -> str:
        """The key of the preset that made it, or that the saved case began with; empty: none."""
        return cause_key(self.identity)


def single_closures(book: Book, loss_day: int = 0) -> list[Contingency]:
    """One contingency for every facility."""
    return [
        Contingency(OfRecord(facility.id), ContingencyKind.SINGLE, (facility.id,), loss_day)
        for facility in book.facilities
    ]


def group_closures(book: Book, loss_day: int = 0) -> list[Contingency]:
    """One contingency for every link group."""
    return [
        Contingency(
            OfRecord(group.id),
            ContingencyKind.GROUP,
            tuple(dict.fromkeys(group.members)),
            loss_day,
        )
        for group in book.link_groups
    ]


def all_closures(book: Book, loss_day: int = 0) -> list[Contingency]:
    """Every single closure and every link group, in the book's order."""
    return [*single_closures(book, loss_day), *group_closures(book, loss_day)]


def without_any_line(book: Book, loss_day: int = 0) -> Contingency:
    """Every line closed at once to anything new: what is owed goes on by its own schedule."""
    lines = tuple(facility.id for facility in book.facilities)
    return Contingency(
        EveryLine(), ContingencyKind.GROUP, lines, loss_day, mode=LossMode.NO_NEW_DRAWS
    )


def nothing_lost(loss_day: int = 0) -> Contingency:
    """Every line stays open: for what falls short anyway."""
    return Contingency(NothingLost(), ContingencyKind.GROUP, (), loss_day)


def receipts(book: Book, *, through: str = "") -> list[str]:
    """The ids of the expected receipts: all, or those through an account."""
    return [
        flow.id
        for flow in book.cash_flows
        if flow.direction is Direction.RECEIPT and (not through or flow.through == through)
    ]


def pooled_accounts(book: Book) -> list[Account]:
    """Accounts whose money counts as cash."""
    return [account for account in book.accounts if account.role is AccountRole.OPERATING]
