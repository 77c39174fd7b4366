"""Which account money goes through, and what the accounts hold on a later day."""

from collections import defaultdict

import numpy as np

from backstop.domain import AccountRole, BadInput, Book, CashFlow, Facility, PlannedDraw, message
from backstop.domain.validation import clip
from backstop.projection import FlowKind, Projection, Series, Side


class Accounts:
    """The operating accounts of a book: what goes through none of them by name goes through the
    main one, the first."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.operating = {a.id for a in book.accounts if a.role is AccountRole.OPERATING}
        self.lines = {each.id for each in book.facilities}
        self.main = next((a.id for a in book.accounts if a.id in self.operating), "")

    def named(self, account: str) -> str:
        """This account, or the main one where it is none that is pooled as cash."""
        return account if account in self.operating else self.main

    def line(self, line: str, book: Book | None = None) -> Facility:
        """The line with this id; raises `BadInput` where there is none."""
        found = (book or self.book).by_id.get(line)
        if not isinstance(found, Facility):
            said = "“{id}” is not in this book. Choose one that is, or add it first."
            raise BadInput(message(said, id=clip(line)), "line")
        return found

    def of_flow(self, flow: CashFlow) -> str:
        """The account through which a receipt or payment goes."""
        return self.named(flow.through)

    def of_line(self, line: Facility, *, draw: bool = False) -> str:
        """The account that pays what is due on a line, or into which its draws are paid."""
        return self.named(line.paid_into if draw else line.paid_from)

    def of_series(self, series: Series) -> str:
        """The account through which flows of the projection go."""
        record, line = self.book.by_id[series.record], self.book.by_id.get(series.element)
        if isinstance(line, Facility):
            if series.kind is FlowKind.INSTALMENT and series.side is Side.RECEIPT:
                return self.named(line.takings_into)
            return self.of_line(line, draw=series.kind is FlowKind.DRAW)
        if isinstance(record, Facility):
            return self.of_line(record)
        assert isinstance(record, CashFlow | PlannedDraw)
        return self.of_flow(record) if isinstance(record, CashFlow) else self.main

    def moved(self, projection: Projection, days: int) -> dict[str, int]:
        """What comes into each account, less what leaves it, in that many days from the as-of date
        on, as it is planned (minor units)."""
        flows = projection.flows
        signed = np.where(flows.side == Side.PAYMENT, -flows.amount, flows.amount)
        signed = np.where(flows.day < days, signed, 0)
        sums = np.zeros(len(flows.descriptions), dtype=np.int64)
        np.add.at(sums, flows.series, signed)
        found = defaultdict[str, int](int)
        for number in np.flatnonzero(sums).tolist():
            found[self.of_series(flows.descriptions[number])] += int(sums[number])
        return found


def main_account(book: Book) -> str:
    """The id of the account through which all goes that names none; empty where there is none."""
    return Accounts(book).main
