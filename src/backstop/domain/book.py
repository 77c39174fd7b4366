"""The book: all that one owner keeps, checked as a whole."""

import hashlib
import re
from collections.abc import Iterator
from datetime import date
from functools import cached_property
from itertools import chain, count
from typing import Annotated, Any, Self, TypeVar

import msgspec

from backstop.domain import spec
from backstop.domain import validation as check
from backstop.domain.applications import Application
from backstop.domain.buffers import Buffer, check_buffers
from backstop.domain.errors import BadInput, message
from backstop.domain.fields import check_fields, terms_of
from backstop.domain.kinds import (
    IntradayOrder,
    UnsureSources,
)
from backstop.domain.lines import Facility
from backstop.domain.links import without_receipt
from backstop.domain.measures import Measure
from backstop.domain.money import Currency, currency_of
from backstop.domain.plans import AcceptedPlan, SavedContingency
from backstop.domain.purchases import forgetting
from backstop.domain.records import (
    Account,
    CalendarYear,
    CashFlow,
    LinkGroup,
    PlannedDraw,
    Record,
)
from backstop.domain.references import ACCOUNTS_OF_A_LINE, check_references
from backstop.domain.sums import check_sums

BOOK_VERSION = 5
"""Version of `book.json`, and of what the book means. Raised with every change of the records."""

FIRST_COUNTED = 2
"""Fingerprints are those that this version gave: a field that came later counts once it is used."""

LONGEST_HORIZON = 3650

MOST_SOURCES = 5_000
"""Accounts and lines together: each is a loss of its own to be answered."""

MOST_ENTRIES = 100_000
"""Records of all kinds, and draws."""

RECORD_LISTS: dict[type[Record], str] = {
    Account: "accounts",
    Facility: "facilities",
    CashFlow: "cash_flows",
    PlannedDraw: "planned_draws",
    LinkGroup: "link_groups",
    Measure: "measures",
    SavedContingency: "contingencies",
    AcceptedPlan: "accepted_plans",
}
"""Where each kind of record stands in a book."""


_COUNTRY = re.compile(r"[A-Z]{2}")


def check_version(version: int) -> None:
    """Refuse a book of a version that is not known, before anything else of it is looked at."""
    if version != BOOK_VERSION:
        raise BadInput(
            message(
                "This book has version {version}; this program reads version {ours}. "
                "Open it with the Backstop that wrote it, or install the newest one.",
                version=check.clip(str(version)),
                ours=BOOK_VERSION,
            ),
            "version",
        )


class BookFacts(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a book says about itself, apart from its records.

    `minimum_cash` (minor units) is the buffer the owner never wants to go below; `buffers` are kept
    on top of it, each for a purpose and perhaps for a time. Day 0 of every
    projection is `as_of`; it reaches to day `horizon_days`. `country` (ISO 3166 alpha-2, or empty)
    chooses the official holidays; `calendar_years` are years of them that the owner supplied.
    `standing_draws` is the owner's standing rule: when cash falls below the minimum, draw on these
    lines, in this order.

    What plans must keep to: applications for new facilities in any 90 days, with those that were
    made before (`applications`), new debt service in
    any 30 days as a share of careful receipts, one provider's share of new funding; none for no
    limit. `unsure_sources`: whether lines that are not committed or not verified count.
    `household_pays_business`: whether money of lines that are for the household may pay what the
    business buys; `no_platform_chains`: whether no step may repay one platform by another.
    """

    version: Annotated[int, spec.labelled("Version")] = BOOK_VERSION
    title: Annotated[str, spec.line("Title", required=True)]
    owner: Annotated[str, spec.line("Owner")] = ""
    currency: Annotated[str, spec.labelled("Currency")] = "CNY"
    as_of: Annotated[date, spec.day("As of")]
    horizon_days: Annotated[int, spec.days("Days to look ahead", least=1, most=LONGEST_HORIZON)] = (
        365
    )
    country: Annotated[str, spec.labelled("Country for holidays")] = ""
    minimum_cash: Annotated[int, spec.amount("Minimum cash")] = 0
    buffers: Annotated[tuple[Buffer, ...], spec.rows("Kept for a purpose", since=4)] = ()
    intraday_order: Annotated[IntradayOrder, spec.labelled("Within one day")] = (
        IntradayOrder.PAYMENTS_FIRST
    )
    next_review: Annotated[date | None, spec.day("Next review")] = None
    standing_draws: Annotated[tuple[str, ...], spec.labelled("Standing draws")] = ()
    calendar_years: Annotated[tuple[CalendarYear, ...], spec.rows("Official days supplied")] = ()
    most_applications: Annotated[
        int | None, spec.number("Applications in 90 days, at most", 0, 100)
    ] = None
    applications: Annotated[tuple[Application, ...], spec.rows("Applications made", since=5)] = ()
    most_debt_service_percent: Annotated[
        int | None, spec.share("New debt service of receipts (%), at most", most=1000)
    ] = None
    most_from_one_provider_percent: Annotated[
        int | None, spec.share("New money from one provider (%), at most", least=1)
    ] = None
    household_pays_business: Annotated[
        bool, spec.labelled("Household money may pay for the business", since=5)
    ] = False
    no_platform_chains: Annotated[
        bool, spec.labelled("No platform is repaid by another", since=5)
    ] = False
    unsure_sources: Annotated[
        UnsureSources, spec.labelled("Lines not committed or not verified")
    ] = UnsureSources.PENALISED
    notes: Annotated[str, spec.text("Notes")] = ""

    @property
    def keeps_cash(self) -> bool:
        """Whether the owner wants some cash to be there, at some time."""
        return bool(self.minimum_cash or self.buffers)

    def __post_init__(self) -> None:
        check_version(self.version)
        currency_of(self.currency)
        check_fields(self, self.title)
        if self.country and not _COUNTRY.fullmatch(self.country):
            raise check.refuse(
                self.title, "country", "this is not a country code. Use two letters such as CN."
            )
        check_buffers(self.title, self.minimum_cash, self.buffers)
        self._check_calendar()

    def _check_calendar(self) -> None:
        field = "calendar_years"
        years = [each.year for each in self.calendar_years]
        if len(set(years)) < len(years):
            raise check.refuse(self.title, field, "one year stands there twice. Remove one.")
        for each in self.calendar_years:
            for day in (*each.closed, *each.working):
                if day.year != each.year:
                    raise check.refuse(
                        self.title,
                        field,
                        "{day} does not lie in {year}. Correct that day.",
                        day=day,
                        year=str(each.year),
                    )


class Book(BookFacts, frozen=True, kw_only=True, forbid_unknown_fields=True, dict=True):
    """One owner's funding sources and expected cash flows: a value, never changed in place."""

    accounts: Annotated[tuple[Account, ...], spec.labelled("Accounts")] = ()
    facilities: Annotated[tuple[Facility, ...], spec.labelled("Sources")] = ()
    cash_flows: Annotated[tuple[CashFlow, ...], spec.labelled("Cash flows")] = ()
    planned_draws: Annotated[tuple[PlannedDraw, ...], spec.labelled("Planned draws")] = ()
    link_groups: Annotated[tuple[LinkGroup, ...], spec.labelled("Link groups")] = ()
    measures: Annotated[tuple[Measure, ...], spec.labelled("Measures")] = ()
    contingencies: Annotated[tuple[SavedContingency, ...], spec.labelled("Saved losses")] = ()
    accepted_plans: Annotated[tuple[AcceptedPlan, ...], spec.labelled("Accepted plans")] = ()

    def __post_init__(self) -> None:
        super().__post_init__()
        _check_size(self)
        _check_ids(self)
        check_references(self)
        check_sums(self)

    @property
    def money(self) -> Currency:
        """The currency of all amounts: its sign, and the digits of its minor unit."""
        return currency_of(self.currency)

    def records(self) -> Iterator[Record]:
        """Every record, list by list."""
        for field in RECORD_LISTS.values():
            yield from getattr(self, field)

    @cached_property
    def by_id(self) -> dict[str, Record]:
        """Records by their id; tranches belong to their facility and are not listed."""
        return {record.id: record for record in self.records()}

    @cached_property
    def stopping_with(self) -> dict[str, list[CashFlow]]:
        """By the id of a receipt: the payments that stop with it."""
        found: dict[str, list[CashFlow]] = {}
        for flow in self.cash_flows:
            if flow.stops_with:
                found.setdefault(flow.stops_with, []).append(flow)
        return found

    @cached_property
    def fingerprint(self) -> str:
        """Twelve characters that change whenever anything in the book does, and with no upgrade:
        what is printed still names its book."""
        terms = terms_of(self) | {"version": FIRST_COUNTED}
        return hashlib.sha256(msgspec.json.encode(terms)).hexdigest()[:12]

    def changed(self, **fields: object) -> Self:
        """The book with other values in these fields; checked again."""
        return msgspec.structs.replace(self, **fields)

    def put(self, record: Record) -> Self:
        """The book with this record added, or in the place of the one with its id."""
        field = RECORD_LISTS[type(record)]
        records: tuple[Record, ...] = getattr(self, field)
        if any(each.id == record.id for each in records):
            changed = tuple(record if each.id == record.id else each for each in records)
        else:
            changed = (*records, record)
        return self.changed(**{field: changed})

    def without(self, record_id: str) -> Self:
        """The book without this record. What refers to it is mended, never left dangling:
        payments and refunds through it go back to cash, lines are paid from the main account, its
        planned draws and measures go, groups and saved losses lose it, purchases that it was forget
        it, and payments no longer stop with it. Accepted plans stay what they were."""
        field = RECORD_LISTS[type(self.by_id[record_id])]
        kept: dict[str, Any] = {
            name: tuple(r for r in getattr(self, name) if r.id != record_id)
            for name in RECORD_LISTS.values()
        }
        kept["cash_flows"] = tuple(
            flow.changed(through="") if flow.through == record_id else flow
            for flow in without_receipt(kept["cash_flows"], record_id)
        )
        kept["planned_draws"] = tuple(
            draw for draw in kept["planned_draws"] if draw.facility != record_id
        )
        kept["facilities"] = tuple(_lines_without(kept["facilities"], record_id))
        kept["standing_draws"] = tuple(i for i in self.standing_draws if i != record_id)
        kept["facilities"] = tuple(forgetting(kept["facilities"], record_id))
        if field in ("accounts", "facilities"):
            kept["link_groups"] = tuple(_groups_without(kept["link_groups"], record_id))
        kept["measures"] = tuple(_measures_without(kept["measures"], record_id))
        kept["contingencies"] = tuple(_losses_without(kept["contingencies"], record_id))
        return self.changed(**kept)

    def new_id(self, stem: str) -> str:
        """An id that is still free: the stem, or the stem and the next number."""
        return next(self.new_ids(stem))

    def new_ids(self, stem: str) -> Iterator[str]:
        """Ids that are still free: the stem, then the stem and the next numbers."""
        taken = set(self.by_id) | {t.id for f in self.facilities for t in f.tranches}
        numbered = (f"{stem}-{number}" for number in count(2))
        return (each for each in chain([stem], numbered) if each not in taken)


AnyRecord = TypeVar("AnyRecord", bound=Record)


def _lines_without(lines: tuple[Facility, ...], gone: str) -> Iterator[Facility]:
    for line in lines:
        links = {field: "" for field in ACCOUNTS_OF_A_LINE if getattr(line, field) == gone}
        yield line.changed(**links) if links else line


def _groups_without(groups: tuple[Any, ...], member: str) -> Iterator[LinkGroup]:
    for group in groups:
        members = tuple(each for each in group.members if each != member)
        if members == group.members:
            yield group
        elif len(members) > 1:
            yield group.changed(members=members)


def _measures_without(measures: tuple[Measure, ...], gone: str) -> Iterator[Measure]:
    for measure in measures:
        if measure.target == gone:
            continue
        links = {
            field: tuple(each for each in getattr(measure, field) if each != gone)
            for field in ("excludes", "depends_on")
        }
        yield measure.changed(**links)


def _losses_without(losses: tuple[SavedContingency, ...], gone: str) -> Iterator[SavedContingency]:
    for loss in losses:
        targets = tuple(each for each in loss.targets if each != gone)
        if targets or loss.expense:
            yield loss.changed(targets=targets)


def _check_size(book: Book) -> None:
    """Beyond these bounds no question is answered while somebody waits."""
    sources = len(book.accounts) + len(book.facilities)
    counts = {name: len(getattr(book, name)) for name in RECORD_LISTS.values()}
    counts["tranches"] = sum(len(each.tranches) for each in book.facilities)
    if sources > MOST_SOURCES:
        field = "accounts" if len(book.accounts) > len(book.facilities) else "facilities"
        raise check.refuse(
            book.title,
            field,
            "a book holds at most {most} accounts and lines. Leave out those that are closed.",
            most=f"{MOST_SOURCES:,}",
        )
    if sum(counts.values()) > MOST_ENTRIES:
        raise check.refuse(
            book.title,
            max(counts, key=counts.__getitem__),
            "a book holds at most {most} entries. Leave out those that are over.",
            most=f"{MOST_ENTRIES:,}",
        )


def _check_ids(book: Book) -> None:
    seen: set[str] = set()
    for record in book.records():
        owned = record.tranches if isinstance(record, Facility) else ()
        for each in (record, *owned):
            if each.id in seen:
                raise check.refuse(
                    each.name,
                    "id",
                    "“{value}” is used twice. Give one of the two another identifier.",
                    value=each.id,
                )
            seen.add(each.id)
