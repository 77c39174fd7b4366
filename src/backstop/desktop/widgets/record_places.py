"""On which page a record is shown."""

from backstop.domain import AcceptedPlan, CashFlow, PlannedDraw, Record, SavedContingency

SINCE, LEDGER = "@since", "@ledger"
"""Parts of the Cash flow page that are asked for like a record; no record has such an id."""


def place_of_record(record: Record) -> tuple[str, str]:
    """The key of the page, and the id that it is asked to show."""
    match record:
        case CashFlow():
            return "cash_flow", record.id
        case PlannedDraw():
            return "sources", record.facility
        case SavedContingency():
            return "plan", record.id
        case AcceptedPlan():
            return "plan", record.contingency
        case _:
            return "sources", record.id
