"""What happens in a loss, as a heading and as the half sentence that a verdict begins with: by what
goes, and by its cause."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from backstop.contingency import (
    Basis,
    Caused,
    Contingency,
    ContingencyKind,
    NothingLost,
    OfRecord,
    SavedCase,
    Shared,
    applied_to,
    cause_of,
    manner_of,
)
from backstop.contingency.delayed import FrozenDraw
from backstop.contingency.delayed import frozen_draws as draws_in_freezes
from backstop.contingency.presets import Scope
from backstop.contingency.ways import RECEIPT_MODES, modes_of, stopping
from backstop.domain import (
    Account,
    Book,
    CashFlow,
    Facility,
    LinkGroup,
    LossMode,
    Message,
    SavedContingency,
    message,
)
from backstop.domain.kinds import RENEWAL_MODES
from backstop.plan import Loss
from backstop.telling import Narrator
from backstop.telling.lines_open import EVEN_WITH, WITH, lines_open

NOTHING_COMES = 100
_CLOSING = (LossMode.NO_NEW_DRAWS, LossMode.FREEZE)


@dataclass(frozen=True)
class Told:
    """One thing that happens: as a heading, from today on, and from a {day} on."""

    heading: Message
    today: Message
    later: Message


CLOSES = Told(
    message("If {line} closes"),
    message("If {line} closes today"),
    message("If {line} closes on {day}"),
)
IN_CASE = Told(
    message("In the case “{line}”"),
    message("In the case “{line}” from today"),
    message("In the case “{line}” from {day}"),
)
IN_CASE_OF = Told(
    message("In the case “{case}” ({line})"),
    message("In the case “{case}” ({line}) from today"),
    message("In the case “{case}” ({line}) from {day}"),
)
SPENT = Told(
    message("In the case “{line}”"),
    message("With {line} of {amount} today"),
    message("With {line} of {amount} on {day}"),
)
ALL_CLOSE = Told(
    message("If everything in {line} closes"),
    message("If everything in {line} closes today"),
    message("If everything in {line} closes on {day}"),
)
LOST = Told(
    message("With {line} lost"),
    message("With {line} lost today"),
    message("With {line} lost on {day}"),
)
ACCOUNT_FROZEN = Told(
    message("If the account {line} is frozen"),
    message("If the account {line} is frozen today"),
    message("If the account {line} is frozen on {day}"),
)
NOT_PAID = Told(
    message("If nothing comes from {line}"),
    message("If from today nothing comes from {line}"),
    message("If from {day} nothing comes from {line}"),
)
PAID_LATE = Told(
    message("If all from {line} comes {time} late"),
    message("If from today all from {line} comes {time} late"),
    message("If from {day} all from {line} comes {time} late"),
)
PAID_LESS = Told(
    message("If all from {line} comes {share} lower"),
    message("If from today all from {line} comes {share} lower"),
    message("If from {day} all from {line} comes {share} lower"),
)
NOT_COMING = Told(
    message("If nothing comes of {line}"),
    message("If from today nothing comes of {line}"),
    message("If from {day} nothing comes of {line}"),
)
COMING_LATE = Told(
    message("If {line} comes {time} late"),
    message("If from today {line} comes {time} late"),
    message("If from {day} {line} comes {time} late"),
)
COMING_IN_PART = Told(
    message("If {line} comes {share} lower"),
    message("If from today {line} comes {share} lower"),
    message("If from {day} {line} comes {share} lower"),
)

CUT_FOR_A_TIME = Told(
    message("If the limit of {line} is cut by {share} for {time}"),
    message("If the limit of {line} is cut by {share} for {time} from today"),
    message("If the limit of {line} is cut by {share} for {time} from {day}"),
)
BY_CAUSE: dict[str, Told] = {
    "supplier_dispute": Told(
        message("If {line} asks for all that is owed"),
        message("If {line} asks today for all that is owed"),
        message("If {line} asks on {day} for all that is owed"),
    ),
    "advanced_by_staff": Told(
        message("If {line} asks for what was advanced"),
        message("If {line} asks today for what was advanced"),
        message("If {line} asks on {day} for what was advanced"),
    ),
}
"""What happens where no lender calls a loan, though it goes in the same way; by the preset."""

BY_MODE: dict[LossMode, Told] = {
    LossMode.NO_NEW_DRAWS: CLOSES,
    LossMode.PURCHASES_BLOCKED: Told(
        message("If {line} pays no more purchases"),
        message("If {line} pays no more purchases from today"),
        message("If {line} pays no more purchases from {day}"),
    ),
    LossMode.FREEZE: Told(
        message("If {line} is frozen for {time}"),
        message("If {line} is frozen for {time} from today"),
        message("If {line} is frozen for {time} from {day}"),
    ),
    LossMode.CALL: Told(
        message("If {line} is called in"),
        message("If {line} is called in today"),
        message("If {line} is called in on {day}"),
    ),
    LossMode.LIMIT_CUT: Told(
        message("If the limit of {line} is cut by {share}"),
        message("If the limit of {line} is cut by {share} today"),
        message("If the limit of {line} is cut by {share} on {day}"),
    ),
    LossMode.NO_RENEWAL: Told(
        message("If {line} is not renewed"),
        message("If {line} is not renewed today"),
        message("If {line} is not renewed on {day}"),
    ),
    LossMode.REDUCED_RENEWAL: Told(
        message("If {line} is renewed with {share} less"),
        message("If {line} is renewed with {share} less today"),
        message("If {line} is renewed with {share} less on {day}"),
    ),
}
"""How a single line goes."""


def heading(loss: Loss, narrator: Narrator) -> str:
    """What happens, without its day: for the head of a page."""
    if isinstance(loss.contingency.identity, NothingLost):
        if not loss.outcome.hurts:
            return _condition(loss, narrator, dated=True)
        return narrator.say("What falls short though nothing is lost")
    if loss.is_over and not isinstance(narrator.book.by_id.get(loss.contingency.id), Account):
        return narrator.say("{line} is already gone", line=loss.name)
    told, values = _told(loss, narrator)
    return narrator.say(told.heading.text, **values)


def condition(loss: Loss, narrator: Narrator, *, dated: bool) -> str:
    """The half sentence that a verdict begins with: `If Jiebei closes today`.

    `dated` writes the day out, for paper, on which "today" means nothing.
    """
    so, spent = _condition(loss, narrator, dated=dated), loss.contingency.expense
    if not spent or loss.contingency.kind is ContingencyKind.EXPENSE:
        return so
    amount = narrator.amount(spent)
    return narrator.say("{condition} and {amount} is spent unforeseen", condition=so, amount=amount)


def _condition(loss: Loss, narrator: Narrator, *, dated: bool) -> str:
    if isinstance(loss.contingency.identity, NothingLost):
        which = lines_open(narrator.book)
        return narrator.say((EVEN_WITH if loss.outcome.hurts else WITH)[which])
    told, values = _told(loss, narrator)
    offset = _first_day(loss.contingency, narrator.book)
    if offset == loss.outcome.projection.today and not dated:
        return narrator.say(told.today.text, **values)
    day = narrator.day(narrator.date_of(offset)) if dated else narrator.on_day(offset)
    return narrator.say(told.later.text, day=day, **values)


def _told(loss: Loss, narrator: Narrator) -> tuple[Told, dict[str, str]]:
    """What happens, with the values for its words."""
    contingency, book = loss.contingency, narrator.book
    lost = book.by_id.get(contingency.targets[0]) if len(contingency.targets) == 1 else None
    case = _case(contingency, narrator)
    told = _which(contingency, lost, case, book)
    values = {
        "line": applied_to(contingency.identity) if _of_a_customer(contingency) else loss.name,
        "amount": narrator.amount(contingency.expense),
        "case": case,
        "share": narrator.percent(Decimal(_percent(contingency, lost))),
        "time": narrator.count(_days(contingency, lost), "one day", "{n} days"),
    }
    return told, values


def _which(contingency: Contingency, lost: object, case: str, book: Book) -> Told:
    record = book.by_id.get(contingency.id)
    if isinstance(contingency.identity, SavedCase) or isinstance(record, SavedContingency):
        return IN_CASE
    if contingency.kind is ContingencyKind.EXPENSE:
        return SPENT
    if contingency.mode in RECEIPT_MODES:
        return _of_receipts(contingency, lost)
    if isinstance(record, LinkGroup):
        return IN_CASE_OF if case else ALL_CLOSE
    if isinstance(lost, Account):
        return ACCOUNT_FROZEN
    if isinstance(lost, Facility):
        mode = _mode(contingency, lost, book)
        if mode is LossMode.CALL and contingency.cause in BY_CAUSE:
            return BY_CAUSE[contingency.cause]
        if mode is LossMode.LIMIT_CUT and contingency.duration_days is not None:
            return CUT_FOR_A_TIME
        return BY_MODE[mode]
    if case:
        return IN_CASE_OF
    return LOST if contingency.kind is ContingencyKind.GROUP else CLOSES


def _of_receipts(contingency: Contingency, lost: object) -> Told:
    identity = contingency.identity
    whole = (contingency.cut_percent or 0) >= NOTHING_COMES
    late = contingency.mode is LossMode.RECEIPTS_LATE
    if isinstance(identity, OfRecord) and isinstance(lost, CashFlow):
        return COMING_LATE if late else NOT_COMING if whole else COMING_IN_PART
    if _scope(contingency) in (Basis.CUSTOMER, Scope.RISK):
        return PAID_LATE if late else NOT_PAID if whole else PAID_LESS
    if _scope(contingency) is Scope.RECEIPTS and not whole:
        return COMING_LATE if late else COMING_IN_PART
    return IN_CASE_OF


def _scope(contingency: Contingency) -> Scope | Basis | None:
    """What its group shares, or its cause is applied to."""
    identity, preset = contingency.identity, cause_of(contingency)
    if isinstance(identity, Shared):
        return identity.basis
    return preset.scope if isinstance(identity, Caused) and preset else None


def _of_a_customer(contingency: Contingency) -> bool:
    return contingency.mode in RECEIPT_MODES and _scope(contingency) is Basis.CUSTOMER


def _mode(contingency: Contingency, line: Facility, book: Book) -> LossMode:
    """How the line goes: as asked for, or, where it cannot go so, in its usual way."""
    mode = contingency.mode
    return mode if mode is not None and mode in modes_of(book, line.id) else line.default_mode


def _first_day(contingency: Contingency, book: Book) -> int:
    """The day from which it holds (offset): a renewal fails when the contract ends."""
    targets = contingency.targets
    line = book.by_id.get(targets[0]) if len(targets) == 1 else None
    if not isinstance(line, Facility) or isinstance(contingency.identity, SavedCase):
        return contingency.loss_day
    if _mode(contingency, line, book) not in RENEWAL_MODES or line.contract_until is None:
        return contingency.loss_day
    return max(contingency.loss_day, (line.contract_until - book.as_of).days)


def _percent(contingency: Contingency, lost: object) -> int:
    if contingency.cut_percent is not None:
        return contingency.cut_percent
    return lost.cut_percent if isinstance(lost, Facility) else 0


def _days(contingency: Contingency, lost: object) -> int:
    if contingency.mode in RECEIPT_MODES:
        return contingency.late_days
    if contingency.duration_days is not None:
        return contingency.duration_days
    return lost.freeze_days if isinstance(lost, Facility) else 0


def _case(contingency: Contingency, narrator: Narrator) -> str:
    """What happens, where it is something else than that lines close; else empty."""
    cause = cause_of(contingency)
    if contingency.mode is None or contingency.mode in _CLOSING:
        return ""
    if cause is not None and manner_of(contingency) == cause.how:  # its name may hold figures
        return narrator.tell(cause.name)
    return narrator.label(contingency.mode)


def frozen_draws(loss: Loss, narrator: Narrator) -> str:
    """The planned draws that fall into a freeze: which are made when the line lends again, and
    which are lost; else empty."""
    found = draws_in_freezes(loss.outcome.projection, loss.contingency)
    parts = (
        [each for each in found if each.made],
        [each for each in found if not each.made and each.thaw is not None],
        [each for each in found if each.thaw is None],
    )
    return narrator.joined([_became(each, narrator) for each in parts if each])


def _became(draws: Sequence[FrozenDraw], narrator: Narrator) -> str:
    """What became of draws that fared alike."""
    first = draws[0]
    values = {
        "name": first.name,
        "amount": narrator.amount(first.amount),
        "day": narrator.on_day(first.day),
        "thaw": narrator.on_day(first.thaw or 0),
    }
    if first.made:
        return narrator.count(
            len(draws),
            "The draw “{name}” of {amount} on {day} falls into the freeze and is made on {thaw} "
            "instead.",
            "{n} planned draws fall into the freeze and are made when it ends, the first “{name}” "
            "of {amount} on {thaw} instead of {day}.",
            **values,
        )
    if first.thaw is not None:
        return narrator.count(
            len(draws),
            "The draw “{name}” of {amount} on {day} falls into the freeze and is lost: on {thaw} "
            "it would help no more.",
            "{n} planned draws fall into the freeze and are lost, the first “{name}” of {amount} "
            "on {day}: when it ends they would help no more.",
            **values,
        )
    return narrator.count(
        len(draws),
        "The draw “{name}” of {amount} on {day} falls into the freeze and is lost.",
        "{n} planned draws fall into the freeze and are lost, the first “{name}” of {amount} on "
        "{day}.",
        **values,
    )


def stopping_costs(loss: Loss, narrator: Narrator) -> str:
    """The payments that stop with receipts of which nothing comes any more, and what they come to
    within the projection; else empty."""
    book, contingency, projection = narrator.book, loss.contingency, loss.outcome.projection
    records = [book.by_id[each] for each in contingency.targets]
    lost = frozenset(contingency.targets)
    found = [
        payment
        for each in records
        if isinstance(each, CashFlow)
        for payment in stopping(book, contingency, each, lost)
    ]
    if not found:
        return ""
    flows, total = projection.flows, 0
    for each in found:
        for number in flows.series_of.get(each.id, ()):
            mine = slice(flows.bounds[number], flows.bounds[number + 1])
            total += int(flows.amount[mine][flows.day[mine] >= contingency.loss_day].sum())
    return narrator.say(
        "With it stop {names}, {amount} in all.",
        names=narrator.few(list(dict.fromkeys(each.name for each in found))),
        amount=narrator.amount(total),
    )
