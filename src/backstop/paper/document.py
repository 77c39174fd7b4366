"""What is printed, as plain values: every string in the owner's language, every figure written out.

The template lays these values out and adds nothing to them but lines and page numbers.
"""

import msgspec

from backstop.paper.curve import Curve


class Fact(msgspec.Struct, frozen=True):
    """A figure with its name, for the strip under a heading."""

    label: str
    value: str
    note: str = ""


class Table(msgspec.Struct, frozen=True):
    """Head and rows of text cells; the columns named in `right` are set flush right."""

    head: list[str]
    rows: list[list[str]]
    right: list[int] = []
    note: str = ""


class LossRow(msgspec.Struct, frozen=True):
    """One of the most dangerous losses, on the front page; `section` is where its plan stands."""

    rank: str
    mark: str
    name: str
    word: str
    first: str
    what: str
    gap: str
    act_by: str
    plan: str
    section: str


class Band(msgspec.Struct, frozen=True):
    """Rows of a table under a heading of their own."""

    heading: str
    rows: list[list[str]]
    total: str = ""


class ActionRow(msgspec.Struct, frozen=True):
    """One action of a plan: when money moves, when to begin, what, why, and whom to call."""

    day: str
    text: str
    effect: str
    because: str
    amount: str
    cost: str
    contact: str


class ActionBand(msgspec.Struct, frozen=True):
    """The actions of one phase."""

    heading: str
    rows: list[ActionRow]


class Period(msgspec.Struct, frozen=True):
    """What to do within a time: first 30 minutes, first day, first week."""

    heading: str
    steps: list[str]


class Front(msgspec.Struct, frozen=True):
    """The first page; and, where the list of contents finds no room on it, the two facing pages
    behind it, with a row of `contents` for each plan."""

    kind: str
    title: str
    owner: str
    as_of: str
    headline: str
    detail: str
    facts: list[Fact]
    losses_heading: str
    losses_head: list[str]
    losses: list[LossRow]
    losses_note: str
    steps_heading: str
    steps: list[str]
    offices_heading: str
    offices: list[str]
    contents_heading: str
    contents: list[LossRow]
    notes_heading: str
    notes_head: list[str]
    closing: list[Fact]


class Section(msgspec.Struct, frozen=True):
    """The two facing pages of one contingency.

    `bounces_more` has for each number of rows of `bounces` that a page has room for what stands in
    place of the others; empty where none is left. `where_whole` is said of these, and
    where other lists are `cut_short`.
    """

    id: str
    title: str
    header: str
    subtitle: str
    warnings: list[str]
    headline: str
    detail: str
    facts: list[Fact]
    recognise_heading: str
    recognise: list[str]
    asks_heading: str
    asks: list[str]
    asks_note: str
    bounces_heading: str
    bounces_head: list[str]
    bounces: list[Band]
    bounces_more: list[list[str]]
    bounces_total: list[str]
    bounces_none: str
    bounces_note: str
    cut_short: bool
    where_whole: str
    curve_heading: str
    curve: Curve
    legend: dict[str, str]
    actions_heading: str
    actions_head: list[str]
    actions: list[ActionBand]
    actions_none: str
    actions_total: str
    in_capitals: str
    repayments_heading: str
    repayments: Table | None
    repayments_none: str
    fallback_heading: str
    fallback: list[str]
    remains_heading: str
    remains: str
    remains_rows: list[str]
    cures: list[str]
    proof: str
    playbook_heading: str
    playbook: list[Period]
    call_heading: str
    call: str
    notes_heading: str
    notes_head: list[str]


class Document(msgspec.Struct, frozen=True):
    """All that one file prints."""

    lang: str
    region: str
    wide_marks: bool
    title: str
    author: str
    header: str
    footer: str
    page: str
    front: Front
    sections: list[Section]
