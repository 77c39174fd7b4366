"""What records of a book say of each other: that the others are there, and fit."""

from __future__ import annotations

from collections.abc import Callable, Set
from typing import TYPE_CHECKING

from backstop.domain import validation as check
from backstop.domain.kinds import Direction, MeasureKind, RepaymentMethod
from backstop.domain.lines import Facility
from backstop.domain.links import check_links
from backstop.domain.measures import OF_PAYMENTS, Measure
from backstop.domain.purchases import all_bought
from backstop.domain.records import CashFlow, PlannedDraw, Record

if TYPE_CHECKING:
    from backstop.domain.book import Book

ACCOUNTS_OF_A_LINE = ("paid_from", "paid_into", "takings_into")
"""Fields of a line that name an account, or none."""


def check_references(book: Book) -> None:
    """Refuse a book in which a record names another that is not there, or does not fit it."""
    accounts = {account.id for account in book.accounts}
    facilities = {facility.id: facility for facility in book.facilities}
    for flow in book.cash_flows:
        _check_through(flow, accounts, facilities)
    check_links(book.cash_flows, facilities)
    for draw in book.planned_draws:
        _check_draw(draw, facilities)
    for line in book.facilities:
        for field in ACCOUNTS_OF_A_LINE:
            named = getattr(line, field)
            _require(line, field, (named,) if named else (), accounts.__contains__)
    for each in book.standing_draws:
        _check_standing(book, each, facilities)
    for group in book.link_groups:
        _require(group, "members", group.members, lambda i: i in accounts or i in facilities)
    flows = {flow.id: flow.direction for flow in book.cash_flows}
    for loss in book.contingencies:
        known = accounts | facilities.keys() | flows.keys()
        _require(loss, "targets", loss.targets, known.__contains__)
    for owner, field, bought in all_bought(book.facilities):
        _require(owner, field, tuple(each.flow for each in bought if each.flow), flows.__contains__)
    linked = facilities.keys() | {measure.id for measure in book.measures}
    for measure in book.measures:
        _check_measure(measure, linked, facilities, flows)


def _check_measure(
    measure: Measure,
    linked: Set[str],
    facilities: dict[str, Facility],
    flows: dict[str, Direction],
) -> None:
    for field in ("excludes", "depends_on"):
        _require(measure, field, getattr(measure, field), linked.__contains__)
    if not measure.target:
        return
    if measure.kind is MeasureKind.RENEGOTIATE:
        _check_asked(measure, facilities, flows)
        return
    _require(measure, "target", (measure.target,), flows.__contains__)
    if flows[measure.target] is not Direction.RECEIPT:
        raise check.refuse(
            measure.name, "target", "only a receipt can come earlier. Choose a receipt."
        )


def _check_asked(
    measure: Measure, facilities: dict[str, Facility], flows: dict[str, Direction]
) -> None:
    about_payment = measure.ask in OF_PAYMENTS
    known: Set[str] = flows.keys() if about_payment else facilities.keys()
    _require(measure, "target", (measure.target,), known.__contains__)
    if about_payment and flows[measure.target] is not Direction.PAYMENT:
        raise check.refuse(
            measure.name, "target", "only a payment can be made later. Choose a payment."
        )


def _check_through(flow: CashFlow, accounts: set[str], facilities: dict[str, Facility]) -> None:
    if not flow.through or flow.through in accounts:
        return
    _require(flow, "through", (flow.through,), facilities.__contains__)
    if flow.direction is Direction.RECEIPT:
        _check_refund(flow, facilities[flow.through])
    if not facilities[flow.through].purchases_only:
        raise check.refuse(
            flow.name,
            "through",
            "“{line}” lends cash and does not pay purchases. Choose a pay-later line or a card.",
            line=facilities[flow.through].name,
        )


def _check_refund(flow: CashFlow, line: Facility) -> None:
    if line.method is not RepaymentMethod.STATEMENT_CYCLE:
        raise check.refuse(
            flow.name,
            "through",
            "“{line}” has no bills that a refund could lower. Choose an account, or a card with a "
            "statement cycle.",
            line=line.name,
        )


def _check_draw(draw: PlannedDraw, facilities: dict[str, Facility]) -> None:
    _require(draw, "facility", (draw.facility,), facilities.__contains__)
    line = facilities[draw.facility]
    if line.is_overdraft:
        raise check.refuse(
            draw.name,
            "facility",
            "nothing is drawn on “{line}”: the account may simply fall below zero. "
            "Remove the planned draw.",
            line=line.name,
        )
    if line.purchases_only and not line.cash_advance_limit:
        raise check.refuse(
            draw.name,
            "facility",
            "“{line}” pays purchases and lends no cash. Let a payment go through it instead.",
            line=line.name,
        )


def _check_standing(book: Book, line: str, facilities: dict[str, Facility]) -> None:
    field = "standing_draws"
    _require_named(book.title, field, (line,), facilities.__contains__)
    if book.standing_draws.count(line) > 1 or not facilities[line].lends_cash:
        raise check.refuse(
            book.title,
            field,
            "“{line}” stands there twice, or lends no cash. Name each line that lends cash once.",
            line=facilities[line].name,
        )


def _require(
    record: Record, field: str, wanted: tuple[str, ...], known: Callable[[str], bool]
) -> None:
    _require_named(record.name, field, wanted, known)


def _require_named(
    name: str, field: str, wanted: tuple[str, ...], known: Callable[[str], bool]
) -> None:
    for each in wanted:
        if not known(each):
            raise check.refuse(
                name,
                field,
                "“{id}” is not in this book. Choose one that is, or add it first.",
                id=check.clip(each),
            )
