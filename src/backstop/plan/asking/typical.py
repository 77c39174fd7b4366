"""What can usually be asked for, by the kind of line: days, chances and costs to start from.

From what lenders, guides and notices said in 2026; most of it recalled, none promised. A measure of
the owner's about the same line or payment, and for the same, takes the place of one.

China has renewals without repaying, bridge money of towns, and instalments at a fee. Elsewhere a
card's issuer lowers payments for three to twelve months (hardship programs: helloresolve.com,
thedebtreliefcompany.com), often only after a payment was missed (creditcards.com), and interest
goes on; a bank forbears for three to twelve months, as it likes (SBA SOP 50 57 3, on guaranteed
loans by its own authority: clearvaluelending.com). Tax of a business: the IRS takes up to 180 days
without a fee, mostly at once (irs.gov payment plans; trifectataxrelief.com); HMRC's Time to Pay
usually takes twelve months, of which the middle counts, and over nine in ten are kept to
(gov.uk, taxinsider.co.uk). All seen on 30 November 2026.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from backstop.domain import (
    AskKind,
    Book,
    CashFlow,
    Facility,
    FacilityKind,
    FundsUse,
    Measure,
    MeasureKind,
    Priced,
    Priority,
    RepaymentMethod,
)

CHINA, YUAN = "CN", "CNY"

TAX_TAGS = ("税", "tax", "taxes", "vat")
"""Tags by which owners mark what is paid to the tax office."""


@dataclass(frozen=True, slots=True)
class Typical:
    """What is asked for, how many days before it is due, with what chance (%); what it costs in
    percent of the amount besides interest; and by how many days it is paid later, or in how many
    months."""

    kind: AskKind
    before: int
    chance: int
    cost: str = "0"
    later_days: int = 90
    periods: int = 12


RENEWAL = Typical(AskKind.RENEWAL, before=45, chance=65)
EXTENSION = Typical(AskKind.EXTENSION, before=45, chance=40)
BRIDGE = Typical(AskKind.BRIDGE, before=20, chance=80, cost="0.3")
BANK_INSTALMENTS = Typical(AskKind.INSTALMENTS, before=15, chance=50)
QUICK_INSTALMENTS = Typical(AskKind.INSTALMENTS, before=3, chance=80, cost="7", periods=12)
CARD_INSTALMENTS = Typical(AskKind.INSTALMENTS, before=3, chance=80, cost="8", periods=12)
LATER = Typical(AskKind.EXTENSION, before=15, chance=20, later_days=30)
NEW_DATE = Typical(AskKind.EXTENSION, before=15, chance=65, later_days=60)
BUYER = Typical(AskKind.EXTENSION, before=15, chance=35, cost="1", later_days=30)
SUPPLIER = Typical(AskKind.LONGER_TERMS, before=15, chance=65, later_days=30)
TAX = Typical(AskKind.TAX_DEFERRAL, before=20, chance=50, later_days=90)
TAX_PLAN = Typical(AskKind.TAX_DEFERRAL, before=7, chance=80, later_days=180)
HARDSHIP = Typical(AskKind.INSTALMENTS, before=15, chance=45, periods=12)
SKIPPED = Typical(AskKind.EXTENSION, before=5, chance=30, later_days=30)
FORBEARANCE = Typical(AskKind.EXTENSION, before=30, chance=40, later_days=90)

BUSINESS_LOANS = (RENEWAL, EXTENSION, BANK_INSTALMENTS, BRIDGE)
"""In the order in which one asks; bridge money only with the bank's promise."""

BY_KIND: dict[FacilityKind, tuple[Typical, ...]] = {
    FacilityKind.PLATFORM_LOAN: (QUICK_INSTALMENTS, LATER),
    FacilityKind.PAY_LATER: (QUICK_INSTALMENTS, LATER),
    FacilityKind.CREDIT_CARD: (CARD_INSTALMENTS, LATER),
    FacilityKind.BANK_LINE: BUSINESS_LOANS,
    FacilityKind.TERM_LOAN: BUSINESS_LOANS,
    FacilityKind.OVERDRAFT: (BANK_INSTALMENTS, EXTENSION),
    FacilityKind.SUPPLY_CHAIN: (BUYER, BANK_INSTALMENTS),
    FacilityKind.FACTORING: (BUYER,),
    FacilityKind.BILL_DISCOUNT: (BUYER,),
    FacilityKind.PAWN: (NEW_DATE,),
    FacilityKind.INFORMAL: (NEW_DATE,),
    FacilityKind.OTHER: (BANK_INSTALMENTS, EXTENSION),
}


ELSEWHERE: dict[FacilityKind, tuple[Typical, ...]] = {
    FacilityKind.PLATFORM_LOAN: (HARDSHIP, FORBEARANCE),
    FacilityKind.PAY_LATER: (SKIPPED, HARDSHIP),
    FacilityKind.CREDIT_CARD: (HARDSHIP, SKIPPED),
    FacilityKind.BANK_LINE: (RENEWAL, FORBEARANCE, BANK_INSTALMENTS),
    FacilityKind.TERM_LOAN: (RENEWAL, FORBEARANCE, BANK_INSTALMENTS),
    FacilityKind.OVERDRAFT: (BANK_INSTALMENTS, FORBEARANCE),
    FacilityKind.OTHER: (BANK_INSTALMENTS, FORBEARANCE),
}
"""Outside China, where it is otherwise there."""

TAX_PLANS = ("US", "GB")
"""Where the tax office has plans for who cannot pay at once."""


def asks_of_line(book: Book, line: Facility, *, wanted_back: bool = False) -> Iterator[Measure]:
    """What can be asked about a line, in the order in which one asks; the owner's own figures
    before typical ones. A lender who wants money back early is not asked to renew. Bridge money of
    a town is for China's firms."""
    kinds = BY_KIND[line.kind]
    if wanted_back and kinds is BUSINESS_LOANS:
        kinds = (BANK_INSTALMENTS, EXTENSION)
    elif not _in_china(book):
        kinds = ELSEWHERE.get(line.kind, kinds)
    if line.kind is FacilityKind.PLATFORM_LOAN and line.use is FundsUse.BUSINESS:
        kinds = (RENEWAL, *kinds)
    for each in kinds:
        if each.kind is not AskKind.BRIDGE or (book.country == CHINA and _is_for_firms(line)):
            yield own_ask(book, line.id, each.kind) or _typical(line, each)


def _in_china(book: Book) -> bool:
    """A book in yuan is, unless it says otherwise."""
    return book.country == CHINA or (not book.country and book.currency == YUAN)


def _is_for_firms(line: Facility) -> bool:
    return line.use is not FundsUse.HOUSEHOLD and not line.personal


def asks_of_payment(book: Book, flow: CashFlow) -> Iterator[Measure]:
    """What can be asked about a payment: of the tax office, or of whom the business buys from."""
    at_once = flow.business and book.country in TAX_PLANS
    tax = TAX_PLAN if at_once else TAX
    typical = tax if is_tax(flow) else SUPPLIER if _is_supplier(flow) else None
    if typical:
        yield own_ask(book, flow.id, typical.kind) or _typical(flow, typical)


def is_tax(flow: CashFlow) -> bool:
    """Whether it goes to the tax office, by its tags."""
    return any(tag.strip().casefold() in TAX_TAGS for tag in flow.tags)


def _is_supplier(flow: CashFlow) -> bool:
    """Wages and what must be met are no credit that one could ask for; what can be put off already
    needs no asking."""
    return flow.business and flow.priority is Priority.IMPORTANT and not flow.deferrable_days


def own_ask(book: Book, target: str, kind: AskKind) -> Measure | None:
    """The owner's own figures for asking this about that."""
    mine = (each for each in book.measures if each.kind is MeasureKind.RENEGOTIATE)
    return next((each for each in mine if (each.target, each.ask) == (target, kind)), None)


def _typical(record: Facility | CashFlow, typical: Typical) -> Measure:
    """The ask with the rate that the line has; instalments and what is renewed are paid as banks
    usually want them."""
    terms = {}
    if isinstance(record, Facility):
        kept = ("rate_percent", "rate_per", "day_count", "rate_changes")
        terms = {name: getattr(record, name) for name in Priced.__struct_fields__ if name in kept}
    if typical.cost != "0" and typical.kind is AskKind.INSTALMENTS:
        terms = {}  # a fee in the place of interest
    again = typical.kind in (AskKind.RENEWAL, AskKind.BRIDGE)
    return Measure(
        id=f"ask-{typical.kind.value.replace('_', '-')}",
        name=record.name,
        kind=MeasureKind.RENEGOTIATE,
        ask=typical.kind,
        target=record.id,
        lead_days=typical.before,
        chance_percent=typical.chance,
        cost_percent=Decimal(typical.cost),
        later_days=typical.later_days,
        periods=typical.periods,
        method=RepaymentMethod.INTEREST_FIRST if again else RepaymentMethod.EQUAL_PRINCIPAL,
        provider=record.lender if isinstance(record, Facility) else record.counterparty,
        contact=(record.contact or record.lender)
        if isinstance(record, Facility)
        else record.counterparty,
        **terms,
    )
