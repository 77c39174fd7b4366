"""Groups found in the book: what shares a lender, a funder, a holder, a platform or a kind goes
together, and so does what is not available when everyone needs it, or what one customer owes."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from backstop.contingency.customers import by_customer, not_paying
from backstop.contingency.elements import Contingency, ContingencyKind
from backstop.contingency.identity import Basis, Identity, OfRecord, Shared
from backstop.domain import Account, Book, Facility, LinkGroup


@dataclass(frozen=True, slots=True)
class Group:
    """`value` is what they share: the id of a link group, a name, a kind; empty for systemic."""

    basis: Basis
    value: str
    members: tuple[str, ...]

    @property
    def identity(self) -> Identity:
        """A link group's own record; for the others what they share."""
        return OfRecord(self.value) if self.basis is Basis.LINK else Shared(self.basis, self.value)

    @property
    def id(self) -> str:
        """The public id of its loss."""
        return str(self.identity)

    def contingency(self, loss_day: int = 0) -> Contingency:
        """All members lost, each in its own way; a customer pays nothing any more."""
        if self.basis is Basis.CUSTOMER:
            return not_paying(self.identity, self.members, loss_day)
        return Contingency(self.identity, ContingencyKind.GROUP, self.members, loss_day)


def groups(book: Book) -> list[Group]:
    """Link groups as they were entered, then the others; of several with the same members the
    first is kept. A group has two members, or is the cash held at one platform, or a customer."""
    known: set[frozenset[str]] = set()
    found = []
    for group in shared_groups(book):
        members = frozenset(group.members)
        if members not in known:
            found.append(group)
        known.add(members)
    return found


def found_closures(book: Book, loss_day: int = 0) -> list[Contingency]:
    """One contingency for every group that was found, beside the link groups."""
    return [group.contingency(loss_day) for group in groups(book) if group.basis is not Basis.LINK]


def shared_groups(book: Book) -> Iterator[Group]:
    """Every group, also those whose members another one has too."""
    for link in book.link_groups:
        yield Group(Basis.LINK, link.id, _members(link))
    yield from _by_value(book, Basis.LENDER, "lender")
    yield from _by_value(book, Basis.FUNDER, "upstream_funder")
    yield from _by_value(book, Basis.HOLDER, "holder")
    yield from _by_value(book, Basis.PLATFORM, "platform")
    yield from _by_value(book, Basis.CATEGORY, "kind")
    systemic = tuple(facility.id for facility in book.facilities if facility.systemic)
    if len(systemic) > 1:
        yield Group(Basis.SYSTEMIC, "", systemic)
    for name, flows in by_customer(book).items():
        yield Group(Basis.CUSTOMER, name, tuple(flow.id for flow in flows))


def _members(link: LinkGroup) -> tuple[str, ...]:
    return tuple(dict.fromkeys(link.members))


def _by_value(book: Book, basis: Basis, field: str) -> Iterator[Group]:
    shared: dict[str, list[str]] = defaultdict(list)
    elements: list[Facility | Account] = list(book.facilities)
    if basis is Basis.PLATFORM:
        elements += book.accounts
    for element in elements:
        value = str(getattr(element, field)).strip()
        if value:
            shared[value].append(element.id)
    cash = {account.id for account in book.accounts}
    for value, members in shared.items():
        if len(members) > 1 or members[0] in cash:
            yield Group(basis, value, tuple(members))
