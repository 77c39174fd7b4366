"""The playbook for one loss of one book."""

from dataclasses import dataclass

from backstop.contingency import Contingency, ContingencyKind, NothingLost
from backstop.domain import Account, Book, CashFlow, Facility, LossMode, Message
from backstop.projection import owed_today
from backstop.telling.playbooks.cells import BY_MODE, BY_PRESET, LENDERS, Cause, Cell, Lender
from backstop.telling.playbooks.grid import cell_of, playbook_of, with_cell
from backstop.telling.playbooks.others import (
    ACCOUNT,
    BY_CAUSE,
    CUSTOMER_GONE,
    CUSTOMER_LATE,
    EXPENSE,
    GROUP,
    NOTHING,
)
from backstop.telling.playbooks.steps import Playbook, Steps


@dataclass(frozen=True)
class Guidance:
    """A playbook's steps for one book: with the Chinese ones, or without. `owed` (minor units) is
    what all that is lost has lent; `names` are what is lost, as the owner calls it.

    `opening` is how the call begins where its cause is known; then `call` does not say it all.
    """

    recognise: Steps
    minutes: Steps
    day: Steps
    week: Steps
    call: Message
    opening: Message | None
    called: bool
    owed: int
    targets: tuple[Facility | Account, ...]
    names: tuple[str, ...]


def in_china(book: Book) -> bool:
    """Whether Chinese offices and their numbers are of use."""
    return book.currency == "CNY" or book.country == "CN"


def guidance(book: Book, contingency: Contingency) -> Guidance:
    """What to do first when this happens."""
    records = [book.by_id[target] for target in contingency.targets]
    targets = tuple(each for each in records if isinstance(each, Facility | Account))
    cause = _cause(contingency, targets)
    playbook, cell = _chosen(contingency, targets, cause)
    owed = sum(owed_today(book, each) for each in targets if isinstance(each, Facility))
    china = in_china(book)
    named = targets or [each for each in records if isinstance(each, CashFlow)]
    return Guidance(
        recognise=playbook.recognise,
        minutes=playbook.minutes,
        day=playbook.day + (playbook.china_day if china else ()),
        week=playbook.week + (playbook.china_week if china else ()),
        call=playbook.call if owed else playbook.call_debtless,
        opening=cell.say if cell else None,
        called=cause is Cause.CALLED,
        owed=owed,
        targets=targets,
        names=tuple(each.name for each in named),
    )


def _cause(contingency: Contingency, targets: tuple[Facility | Account, ...]) -> Cause | None:
    """Why it goes: by the preset behind it, or else by how; None for several whose cause nobody
    named."""
    if contingency.cause in BY_PRESET:
        return BY_PRESET[contingency.cause]
    mode = contingency.mode
    if mode is None and len(targets) == 1 and isinstance(targets[0], Facility):
        mode = targets[0].default_mode
    return None if mode is None else BY_MODE.get(mode)


def _chosen(
    contingency: Contingency, targets: tuple[Facility | Account, ...], cause: Cause | None
) -> tuple[Playbook, Cell | None]:
    if isinstance(contingency.identity, NothingLost):
        return NOTHING, None
    if contingency.kind is ContingencyKind.EXPENSE:
        return EXPENSE, None
    if contingency.cause in BY_CAUSE:
        return BY_CAUSE[contingency.cause], None
    if not targets:
        late = contingency.mode is LossMode.RECEIPTS_LATE
        return (CUSTOMER_LATE if late else CUSTOMER_GONE), None
    lines = [each for each in targets if isinstance(each, Facility)]
    if not lines:
        return ACCOUNT, None
    if len(targets) == 1:
        return playbook_of(lines[0].kind, cause or Cause.CLOSED)
    if cause is None or not contingency.cause:
        return GROUP, None
    cell = cell_of(cause, _lender(lines))
    return (GROUP, None) if cell is None else (with_cell(GROUP, cell, cause), cell)


def _lender(lines: list[Facility]) -> Lender:
    """The kind of lender behind several lines: that of the largest."""
    return LENDERS[max(lines, key=lambda each: each.limit).kind]
