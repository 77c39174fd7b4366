"""What the terms of a line or a draw say: its price, its fee, whether bills are paid at once."""

from datetime import date
from decimal import Decimal

from backstop.domain import Facility, Priced, RatePer, RepaymentMethod, Tranche
from backstop.projection.amortisation import FeeOf, Instalment, Price, price_of, rounded, schedule


def paid_in_full(terms: Priced) -> bool:
    """Whether each bill of a statement cycle is paid at once, on its due day."""
    cycle = terms.method is RepaymentMethod.STATEMENT_CYCLE
    return cycle and terms.bill_instalments == 1 and not terms.pays_minimum


def drawn_at_first(tranche: Tranche) -> int:
    """What was drawn, in minor units: what a list of the lender adds up to; what is owed where
    neither is known."""
    listed = sum(each.principal for each in tranche.imported)
    begun = tranche.origin.principal if tranche.origin else listed or tranche.principal
    return tranche.original_principal or begun


def fee_of(tranche: Tranche) -> FeeOf:
    """What a fee on the principal is of: of the whole draw, in all its instalments."""
    base = drawn_at_first(tranche)
    if tranche.origin is not None:
        return FeeOf(base, tranche.origin.fee_periods or tranche.origin.periods)
    if tranche.imported:
        return FeeOf(base, len(tranche.imported))
    return FeeOf(base, tranche.bill_instalments if paid_in_parts(tranche) else _once(tranche, base))


def _once(tranche: Tranche, base: int) -> int:
    """How many instalments a tranche with a fee on its principal had, all of them equal: the ones
    to come, as often as what is owed goes into what was."""
    return rounded(tranche.remaining_periods * Decimal(base) / tranche.principal)


def paid_in_parts(terms: Priced) -> bool:
    """Whether bills are paid in instalments: that goes before paying the minimum."""
    cycle = terms.method is RepaymentMethod.STATEMENT_CYCLE
    return cycle and terms.bill_instalments > 1


def bill_in_parts(amount: int, terms: Priced, dues: list[date], since: date) -> list[Instalment]:
    """A bill, or what is left of it, in equal parts: the fee of the whole bill is shared out evenly
    over its instalments, and those still to come bear theirs."""
    price = Price(terms.instalment_fee_percent, RatePer.PRINCIPAL, terms.day_count)
    fee = FeeOf(0, terms.bill_instalments)
    if isinstance(terms, Tranche):
        fee = fee_of(terms)
    return schedule(amount, price, RepaymentMethod.EQUAL_PRINCIPAL, dues, since, fee)


def running_price(terms: Priced) -> Price:
    """What is owed bears the interest of its terms; a bill bears none that is paid in full, or in
    instalments for a fee."""
    advance = isinstance(terms, Tranche) and terms.cash_advance
    if not advance and (paid_in_full(terms) or paid_in_parts(terms)):
        return Price(Decimal(0), terms.rate_per, terms.day_count)
    return price_of(terms)


def listed_price(tranche: Tranche) -> Price:
    """The same; where the lender lists the interest, it is that of the list and of no rate."""
    if tranche.imported:
        return Price(Decimal(0), tranche.rate_per, tranche.day_count)
    return running_price(tranche)


def advance_price(facility: Facility) -> Price:
    """What cash drawn on a card costs."""
    return Price(facility.cash_advance_rate_percent, facility.rate_per, facility.day_count)
