"""What offers share: the room of a line, a payment, a rule of the owner's; each by a value."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class Sort(StrEnum):
    """What is shared."""

    ROOM = "room"
    CASH = "cash"
    ONCE = "once"
    PAYMENT = "payment"
    RECEIPT = "receipt"
    IN_ALL = "in all"
    PAID_OFF = "paid off"
    ASKED_BACK = "asked back"
    ACTIONS = "actions"
    AFTER = "after"
    NOT_BOTH = "not both"
    APPLICATIONS = "applications"
    SERVICE = "service"
    PROVIDER = "provider"
    USE = "use"


_SPELLED = {
    Sort.ROOM: "{of}@{number}",
    Sort.CASH: "cash of {of}@{number}",
    Sort.ONCE: "{of}",
    Sort.PAYMENT: "{of}@{number}",
    Sort.RECEIPT: "receipt:{of}@{number}",
    Sort.IN_ALL: "in all:{of}",
    Sort.PAID_OFF: "paid off:{of}",
    Sort.ASKED_BACK: "asked back:{of}",
    Sort.ACTIONS: "actions",
    Sort.AFTER: "after:{of}:{other}:{number}",
    Sort.NOT_BOTH: "not both:{of}:{other}:{number}",
    Sort.APPLICATIONS: "applications from {number}",
    Sort.SERVICE: "service from {number}",
    Sort.PROVIDER: "share:{of}",
    Sort.USE: "use:{of} from {number}",
}


class Key(NamedTuple):
    """Names what is shared: its sort, the record (or name) it is `of`, a day or a number, and a
    second record where it is about two."""

    sort: Sort
    of: str = ""
    number: int = 0
    other: str = ""

    @property
    def source(self) -> str:
        """The record of which more would loosen the claim; empty where it is none."""
        return self.of if self.sort in (Sort.ROOM, Sort.ONCE) else ""

    def __repr__(self) -> str:
        """As the fingerprints of accepted plans have always spelled it."""
        return repr(_SPELLED[self.sort].format_map(self._asdict()))


@dataclass(frozen=True, slots=True)
class Claim:
    """What an offer takes from something shared: all offers with this key together at most `most`.

    With `counts`, `most` is how many of them may be taken; with `due` (first and last day), what
    may be due for repayment in that time; with `on`, what is still taken up on that day once what
    was repaid before can be used again. Of a `balance`, some offers take and others add to it.
    """

    key: Key
    most: int
    counts: bool = False
    due: tuple[int, int] | None = None
    balance: bool = False
    on: int | None = None


def once(record: str) -> Claim:
    """That what this record offers is taken once."""
    return Claim(Key(Sort.ONCE, record), 1, counts=True)


def payment_key(record: str, day: int) -> Key:
    """Names the payment of one day by its record."""
    return Key(Sort.PAYMENT, record, day)


def purchase_key(record: str, day: int) -> Key:
    """Names the purchase by a line on one day by the record of what is bought."""
    return payment_key(record, day)._replace(other="purchase")
