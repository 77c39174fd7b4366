"""A mapping for a table that nobody described: by its headings first, by its cells where they fail.

Decided by proof where there is one: a balance column proves sign and order, a figure above 12 the
order of a day, two marks in one cell the decimal mark. What stays open is told.
"""

import itertools
import re
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

import msgspec

from backstop.domain import BadInput
from backstop.importers.by_cells import (
    are_amounts,
    are_days,
    are_words,
    day_fits,
    is_day,
    minor,
    roles_by_cells,
)
from backstop.importers.cells import Table, heading, kept
from backstop.importers.mapping import NONE, Columns, Mapping, Sign
from backstop.importers.moments import DayOrder, moment_of
from backstop.importers.vocabulary import ROLES, Heads

_LOOKED_AT = 80
_SAMPLE = 400
_MONEY = re.compile(r"[(\-+−]?\s*[A-Z]{0,3}[¥￥$€£₹]?\s*[-+−]?[0-9][0-9., '’\u00a0]*[0-9]*.{0,4}")


class Guess(NamedTuple):
    """A mapping, and the fields of it that the file leaves open: `days` or `mark`."""

    mapping: Mapping
    unsure: tuple[str, ...] = ()


def guessed(tables: Sequence[Table], currency: str = "") -> Guess | None:
    """The mapping of the first table that has days and amounts; None where there is none."""
    for number, table in enumerate(tables):
        for at in _headers(table):
            found = _guess(table, at)
            if found is not None:
                mapping = msgspec.structs.replace(found.mapping, sheet=number, currency=currency)
                return Guess(mapping, found.unsure)
    return None


def guessed_below(table: Table, line: int) -> Guess | None:
    """The mapping of a table whose header stands in this line, 0 for none; None where no column of
    days or of amounts is found below it."""
    at = next((n for n, each in enumerate(table.records) if each.line == line), None)
    return _guess(table, at)


def _headers(table: Table) -> list[int | None]:
    """The records that could be the header, the likeliest first; last, that there is none."""
    scored = [(_score(each.cells), -at) for at, each in enumerate(table.records[:_LOOKED_AT])]
    best = sorted((each for each in scored if each[0] >= 2), reverse=True)[:4]
    return [*(-at for _, at in best), None]


def _score(cells: list[str]) -> int:
    """How many kinds of columns these cells could head."""
    heads = [heading(each) for each in cells if each.strip() and len(each) < 60]
    if any(_is_money(each) or is_day(each) for each in cells):
        return 0
    return sum(any(_fits(each, role) for each in heads) for role in ROLES.values())


def _is_money(cell: str) -> bool:
    return bool(_MONEY.fullmatch(cell.strip()))


def _fits(head: str, role: Heads) -> bool:
    return head in role.whole or bool(role.within.search(head))


def _guess(table: Table, at: int | None) -> Guess | None:
    first = 0 if at is None else at + 1
    sample = [each.cells for each in table.records[first : first + _SAMPLE]]
    width = max(map(len, sample), default=0)
    heads = [] if at is None else [heading(each) for each in table.records[at].cells]
    heads += [""] * (width - len(heads))
    columns = [[row[place].strip() if place < len(row) else "" for row in sample]
               for place in range(len(heads))]  # fmt: skip
    roles = _roles(heads, columns)
    if roles is None:
        return None
    header = 0 if at is None else table.records[at].line
    return _settled(roles, columns, header, table)


def _roles(heads: list[str], columns: list[list[str]]) -> Columns | None:
    """Which column is what; None without days or without amounts."""
    taken: dict[str, int] = {}
    texts: list[int] = []
    for role in ("day", "balance", "incoming", "outgoing", "amount", "word", "currency", "id",
                 "status", "source", "counterparty", "account", "time", "text"):  # fmt: skip
        used = {*taken.values(), *texts}
        free = [place for place in range(len(heads)) if place not in used]
        found = _places(role, heads, columns, free)
        if role == "text":
            texts = found[:3]
        elif found:
            taken[role] = found[0]
    roles_by_cells(taken, columns)
    if not texts and "counterparty" not in taken:
        texts = _wordy(columns, {*taken.values()})
    return _columns(taken, tuple(sorted(texts)))


def _wordy(columns: list[list[str]], used: set[int]) -> list[int]:
    """The three columns with the most words, where no heading names any."""
    letters = {
        place: sum(map(str.isalpha, "".join(cells)))
        for place, cells in enumerate(columns)
        if place not in used
    }
    return [
        place for place in sorted(letters, key=lambda each: -letters[each])[:3] if letters[place]
    ]


def _places(role: str, heads: list[str], columns: list[list[str]], free: list[int]) -> list[int]:
    """The free columns that a role's words head and whose cells suit it, whole headings first."""
    words, suits = ROLES[role], _SUITS.get(role, _anything)
    return sorted(
        (place for place in free if _fits(heads[place], words) and suits(columns[place])),
        key=lambda place: (heads[place] not in words.whole, place),
    )


def _anything(cells: list[str]) -> bool:
    return True


_SUITS: dict[str, Callable[[list[str]], bool]] = {
    "day": are_days,
    "amount": are_amounts,
    "incoming": are_amounts,
    "outgoing": are_amounts,
    "balance": are_amounts,
    "word": are_words,
}


def _columns(taken: dict[str, int], texts: tuple[int, ...]) -> Columns | None:
    if "day" not in taken or not taken.keys() & {"amount", "incoming", "outgoing"}:
        return None
    both = {"incoming", "outgoing"} <= taken.keys()
    drop = {"amount", "word"} if both else {"incoming", "outgoing"}
    if "amount" not in taken and not both:
        taken["amount"] = taken.get("incoming", taken.get("outgoing", NONE))
    return Columns(**{role: place for role, place in taken.items() if role not in drop}, text=texts)


def _settled(columns: Columns, cells: list[list[str]], header: int, table: Table) -> Guess:
    """The mapping, with marks, orders and signs as the cells prove them."""
    money = (columns.amount, columns.incoming, columns.outgoing, columns.balance)
    mark, mark_open = decimal_mark([each for place in money if place >= 0 for each in cells[place]])
    days, days_open = order_of_days(cells[columns.day])
    mapping = Mapping(
        columns=columns,
        header=header,
        days=days,
        mark=mark,
        encoding=table.encoding,
        delimiter=table.delimiter,
    )
    unsure = (*(("mark",) if mark_open else ()), *(("days",) if days_open else ()))
    return Guess(msgspec.structs.replace(mapping, sign=_sign(mapping, cells)), unsure)


def decimal_mark(cells: Iterable[str]) -> tuple[str, bool]:
    """The decimal mark of all amounts, and whether nothing proves it."""
    filled = [each for each in map(kept, cells) if each]
    good = {mark: sum(minor(each, mark) is not None for each in filled) for mark in ".,"}
    if good["."] != good[","]:
        return max(good, key=lambda each: good[each]), False
    return ".", any("." in each or "," in each for each in filled)


def order_of_days(cells: list[str]) -> tuple[DayOrder, bool]:
    """The order in which all days can be read; the one whose days run evenly where two can."""
    filled = [each for each in cells if each]
    good = {order: sum(day_fits(each, order) for each in filled) for order in DayOrder}
    most = max(good.values())
    fitting = [order for order in DayOrder if good[order] == most]
    if len({tuple(_read(each, order) for each in filled) for order in fitting}) == 1:
        return fitting[0], False
    fitting = [each for each in fitting if each is not DayOrder.YEAR_FIRST] or fitting
    spans = {order: _unevenness(filled, order) for order in fitting}
    least = min(spans.values())
    chosen = [order for order in fitting if spans[order] == least]
    return chosen[0], len(chosen) > 1 or (len(fitting) > 1 and max(spans.values()) < 3 * least + 60)


def _read(cell: str, order: DayOrder) -> int:
    try:
        return moment_of(cell, order).day.toordinal()
    except BadInput:
        return 0


def _unevenness(cells: list[str], order: DayOrder) -> int:
    """How far the days jump from row to row: a statement runs one way."""
    days = [each for each in (_read(cell, order) for cell in cells) if each]
    return sum(abs(after - before) for before, after in itertools.pairwise(days))


def _sign(mapping: Mapping, cells: list[list[str]]) -> Sign:
    at = mapping.columns
    if at.incoming >= 0 and at.outgoing >= 0:
        return Sign.COLUMNS
    amounts = [minor(kept(each), mapping.mark) if kept(each) else None for each in cells[at.amount]]
    if at.word >= 0 and not any(each is not None and each < 0 for each in amounts):
        return Sign.WORD
    if at.balance >= 0:
        return _proved([minor(each, mapping.mark) for each in cells[at.balance]], amounts)
    return _likely(amounts, mapping, cells)


def _proved(balances: list[int | None], amounts: list[int | None]) -> Sign:
    """The sign that closes the balances, from above or from below."""
    rows = [
        (b, a) for b, a in zip(balances, amounts, strict=True) if b is not None and a is not None
    ]
    votes = {1: 0, -1: 0}
    for (one, first), (two, second) in itertools.pairwise(rows):
        for way in votes:
            votes[way] += two - one == way * second or one - two == way * first
    return Sign.MINUS_IS_IN if votes[-1] > votes[1] else Sign.MINUS_IS_OUT


_PAID = re.compile(
    r"payment|thank you|还款|還款|zahlung|refund|退款|autopay|directpay|credit|deposit"
    r"|pagamento recebido|paiement reçu|pago recibido|betaling ontvangen",
    re.IGNORECASE,
)
_BOUGHT = frozenset(("purchase", "sale", "消费", "cardpurchase"))


def _likely(amounts: list[int | None], mapping: Mapping, cells: list[list[str]]) -> Sign:
    """Without balances: a card's statement has purchases above zero and its payments below."""
    at = mapping.columns
    bought = [
        amount
        for row, amount in enumerate(amounts)
        if amount and at.word >= 0 and heading(cells[at.word][row]) in _BOUGHT
    ]
    if bought:
        return Sign.MINUS_IS_IN if min(bought) > 0 else Sign.MINUS_IS_OUT
    known = [each for each in amounts if each]
    below = sum(each < 0 for each in known)
    if not below or below * 2 >= len(known):
        return Sign.MINUS_IS_OUT
    places = [each for each in (at.counterparty, at.category, *at.text) if each >= 0]
    paid = [
        amount < 0
        for row, amount in enumerate(amounts)
        if amount and any(_PAID.search(cells[place][row]) for place in places)
    ]
    return Sign.MINUS_IS_IN if paid and all(paid) else Sign.MINUS_IS_OUT
