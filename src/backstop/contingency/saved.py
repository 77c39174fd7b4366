"""Losses that the owner keeps under a name of their own, as contingencies and back."""

from datetime import timedelta

from backstop.contingency.elements import Cascade, Contingency, ContingencyKind
from backstop.contingency.titles import cause_of
from backstop.domain import Book, SavedContingency


def contingency_of(book: Book, saved: SavedContingency, loss_day: int = 0) -> Contingency:
    """The saved loss on its own date, kept inside the projection, or else on this day.

    It is a group whatever it takes: it counts among no single lines.
    """
    day = loss_day
    if saved.loss_date is not None:
        day = min(max((saved.loss_date - book.as_of).days, 0), book.horizon_days)
    return Contingency(
        id=saved.id,
        kind=ContingencyKind.GROUP,
        targets=saved.targets,
        loss_day=day,
        mode=saved.mode,
        notice_days=saved.notice_days,
        duration_days=saved.duration_days,
        cut_percent=saved.cut_percent,
        late_days=saved.late_days,
        cascade=_cascade(saved),
    )


def saved_closures(book: Book, loss_day: int = 0) -> list[Contingency]:
    """One contingency for every saved loss."""
    return [contingency_of(book, saved, loss_day) for saved in book.contingencies]


def saved_as(book: Book, contingency: Contingency, name: str) -> SavedContingency:
    """A new record of this contingency, under a name. A loss of today stays one of today, whatever
    day that is. Raises `BadInput` where it cannot be kept so."""
    day, cascade = contingency.loss_day, contingency.cascade
    cause = cause_of(contingency.id)
    return SavedContingency(
        id=book.new_id("case"),
        name=name,
        targets=contingency.targets,
        mode=contingency.mode,
        loss_date=book.as_of + timedelta(days=day) if day else None,
        notice_days=contingency.notice_days,
        duration_days=contingency.duration_days,
        cut_percent=contingency.cut_percent,
        late_days=contingency.late_days,
        cascade_after_days=cascade.after_days if cascade else 0,
        cascade_percent=cascade.percent if cascade else 0,
        cause=cause.key if cause else "",
    )


def _cascade(saved: SavedContingency) -> Cascade | None:
    if not saved.cascade_percent:
        return None
    return Cascade(saved.cascade_after_days, saved.cascade_percent)
