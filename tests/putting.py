"""What owners put into a book, for machines that do so in any order."""

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule

from backstop.domain import AcceptedPlan, Account, CashFlow, Facility, Measure, Record
from strategies import accepted_plans, accounts, cash_flows, facilities, measures

SOME_IDS = st.sampled_from(("one", "two", "three"))


class Putting(RuleBasedStateMachine):
    """Puts records of every kind, now new, now in the place of one before."""

    def put(self, record: Record) -> None:
        """What a machine does with the record, and with its own model."""
        raise NotImplementedError

    @rule(record=accounts(SOME_IDS.map("a-{}".format)))
    def put_account(self, record: Account) -> None:
        self.put(record)

    @rule(record=facilities(SOME_IDS.map("f-{}".format), purchases_only=False))
    def put_facility(self, record: Facility) -> None:
        self.put(record)

    @rule(record=measures(SOME_IDS.map("m-{}".format)))
    def put_measure(self, record: Measure) -> None:
        self.put(record)

    @rule(record=accepted_plans(SOME_IDS.map("p-{}".format)))
    def put_accepted_plan(self, record: AcceptedPlan) -> None:
        self.put(record)

    @rule(record=cash_flows(SOME_IDS.map("c-{}".format)))
    def put_cash_flow(self, record: CashFlow) -> None:
        self.put(record)
