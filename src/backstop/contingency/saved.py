"""Losses that the owner keeps under a name of their own, as contingencies and back."""

from datetime import timedelta
from typing import Any

from backstop.contingency.elements import Cascade, Contingency, ContingencyKind
from backstop.contingency.identity import SavedCase
from backstop.contingency.manner import Manner, manner_of
from backstop.domain import Book, SavedContingency


def contingency_of(book: Book, saved: SavedContingency, loss_day: int = 0) -> Contingency:
    """The saved loss on its own date, kept inside the projection, or else on this day.

    It is a group whatever it takes: it counts among no single lines. Or it takes nothing, and is an
    expense.
    """
    day = loss_day
    if saved.loss_date is not None:
        day = min(max((saved.loss_date - book.as_of).days, 0), book.horizon_days)
    case = SavedCase(saved.id, saved.cause)
    kind = ContingencyKind.GROUP if saved.targets else ContingencyKind.EXPENSE
    return _manner(saved).only(Contingency(case, kind, saved.targets, day))


def saved_closures(book: Book, loss_day: int = 0) -> list[Contingency]:
    """One contingency for every saved loss."""
    return [contingency_of(book, saved, loss_day) for saved in book.contingencies]


def saved_as(book: Book, contingency: Contingency, name: str, today: int = 0) -> SavedContingency:
    """A new record of this contingency, under a name. A loss of today (offset) stays one of today,
    whatever day that is. Raises `BadInput` where it cannot be kept so."""
    day = contingency.loss_day
    return SavedContingency(
        id=book.new_id("case"),
        name=name,
        targets=contingency.targets,
        loss_date=None if day == today else book.as_of + timedelta(days=day),
        cause=contingency.cause,
        **_figures(manner_of(contingency)),
    )


def in_manner(saved: SavedContingency, manner: Manner) -> SavedContingency:
    """The record of the same loss, going in this manner. Raises `BadInput`."""
    return saved.changed(**_figures(manner))


def _manner(saved: SavedContingency) -> Manner:
    after, percent = saved.cascade_after_days, saved.cascade_percent
    return Manner(
        mode=saved.mode,
        notice_days=saved.notice_days,
        duration_days=saved.duration_days,
        cut_percent=saved.cut_percent,
        late_days=saved.late_days,
        cascade=Cascade(after, percent) if percent else None,
        expense=saved.expense or None,
    )


def _figures(manner: Manner) -> dict[str, Any]:
    """A manner as fields of the record."""
    cascade = manner.cascade
    return {
        "mode": manner.mode,
        "notice_days": manner.notice_days,
        "duration_days": manner.duration_days,
        "cut_percent": manner.cut_percent,
        "late_days": manner.late_days or 0,
        "cascade_after_days": cascade.after_days if cascade else 0,
        "cascade_percent": cascade.percent if cascade else 0,
        "expense": manner.expense or 0,
    }
