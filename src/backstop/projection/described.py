"""How the flows of debts are described in the table: whose they are, and how much they matter."""

from collections.abc import Sequence

from backstop.domain import (
    CashFlow,
    Facility,
    FacilityKind,
    PlannedDraw,
    Priority,
    RepaymentMethod,
    Tranche,
)
from backstop.projection.columns import FlowKind, Series, Side
from backstop.projection.terms import listed_price, running_price


def repayment_priority(facility: Facility) -> Priority:
    """Debt must be met, save what is owed to family and friends, who can be talked to."""
    informal = facility.kind is FacilityKind.INFORMAL
    return Priority.IMPORTANT if informal else Priority.MUST


def debt_series(facility: Facility, tranche: Tranche, known: Sequence[CashFlow] = ()) -> Series:
    """What is owed of an earlier draw or bill; of one purchase that is paid in instalments, as the
    payment that it was, if that is `known`."""
    flow = next((e for e in known if [e.id] == [each.flow for each in tranche.purchases]), None)
    if flow is not None:
        series = bought_series(facility, flow, tranche.name)
        return series._replace(price=listed_price(tranche))
    cycle = facility.method is RepaymentMethod.STATEMENT_CYCLE
    return Series(
        record=facility.id,
        name=tranche.name,
        kind=FlowKind.BILL if cycle else FlowKind.INSTALMENT,
        side=Side.PAYMENT,
        element=facility.id,
        priority=repayment_priority(facility),
        price=listed_price(tranche),
        advance=tranche.cash_advance,
    )


def takings_series(facility: Facility, record: Tranche | PlannedDraw) -> Series:
    """What is kept back of receipts for a draw: a receipt that is the less."""
    return Series(
        record=facility.id if isinstance(record, Tranche) else record.id,
        name=record.name,
        kind=FlowKind.INSTALMENT,
        side=Side.RECEIPT,
        element=facility.id,
        priority=repayment_priority(facility),
        whole=True,
    )


def purchase_series(facility: Facility, flow: CashFlow) -> Series:
    """The purchases by a line that a payment stands for; without it they are paid in cash. Their
    bills are debt, whatever was bought."""
    return Series(
        record=flow.id,
        name=flow.name,
        kind=FlowKind.BILL,
        side=Side.PAYMENT,
        element=facility.id,
        priority=repayment_priority(facility),
        partly_payable=flow.partly_payable,
        falls_back=True,
        income_lost=flow.income_lost_if_missed,
        price=running_price(facility),
        own_priority=flow.priority,
    )


def bought_series(facility: Facility, flow: CashFlow | None, otherwise: str) -> Series:
    """What was bought already, by the payment that it was, if that is known: it is owed whatever
    becomes of the line. `otherwise` is its name where it is not known."""
    if flow is not None:
        return purchase_series(facility, flow)._replace(falls_back=False)
    return Series(
        record=facility.id,
        name=otherwise,
        kind=FlowKind.BILL,
        side=Side.PAYMENT,
        element=facility.id,
        priority=repayment_priority(facility),
        price=running_price(facility),
    )


def refund_series(flow: CashFlow) -> Series:
    """A receipt that lowers bills, and brings no cash itself: its days are listed."""
    return Series(flow.id, flow.name, FlowKind.RECEIPT, Side.RECEIPT)
