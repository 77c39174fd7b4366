"""One movement of money that two statements tell of: a wallet's payment in the bank's file, a
transfer out of one account in the file of the other.

Pairs are offered, never merged by themselves: both rows stay. They are found for all rows at once,
so that two equal transfers each find their own.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import NamedTuple

from backstop.importers.assigning import assigned
from backstop.importers.rows import Direction, Nature, Row
from backstop.work import watched

DAYS_APART = 3
_WALLETS = {
    "alipay": re.compile(r"支付宝|蚂蚁|alipay|余额宝|花呗|借呗", re.IGNORECASE),
    "wechat": re.compile(r"财付通|微信|wechat|tenpay|理财通|零钱", re.IGNORECASE),
    "jd": re.compile(r"京东|网银在线|jd", re.IGNORECASE),
    "meituan": re.compile(r"美团|钱袋宝|meituan", re.IGNORECASE),
}
_OWN = re.compile(r"^(花呗|余额|零钱|借呗|白条|美团月付)")
_MOVES = frozenset((Nature.TRANSFER, Nature.REPAYMENT, Nature.PAYOUT))
_ANOTHER_DAY, _NO_SIGN = 10, 5
_MOST_NEAR = 60


class Bond(StrEnum):
    """`SAME`: one payment told twice. `TRANSFER`: out of one account, into the other. `MAYBE`: a
    transfer by its amount and days alone, which only the owner can tell."""

    SAME = "same"
    TRANSFER = "transfer"
    MAYBE = "maybe"


class Placed(NamedTuple):
    """A row, and the layout and account of the statement that it stands in."""

    row: Row
    layout: str
    scope: str


class Pair(NamedTuple):
    """The places of two rows that tell of one movement, and how; the wallet's row comes first."""

    one: int
    other: int
    bond: Bond


def pairs_among(rows: Sequence[Placed]) -> list[Pair]:
    """All pairs, each row in one at most."""
    by_amount: dict[int, list[int]] = defaultdict(list)
    for place, each in enumerate(watched(rows)):
        if each.row.moved:
            by_amount[each.row.amount].append(place)
    bonds: dict[tuple[int, int], Bond] = {}
    costs: dict[tuple[int, int], int] = {}
    for places in watched(list(by_amount.values()), every=64):
        for one, other in _near(rows, places):
            if found := _bond(rows[one], rows[other]):
                bonds[one, other] = found
                costs[one, other] = _cost(rows[one].row, rows[other].row, found)
    return [Pair(one, other, bonds[one, other]) for one, other in assigned(costs).items()]


def _near(rows: Sequence[Placed], places: list[int]) -> Iterable[tuple[int, int]]:
    """Pairs of different statements within some days, in the order that makes them comparable."""
    ordered = sorted(places, key=lambda place: rows[place].row.day)
    start = 0
    for at, place in enumerate(ordered):
        while (rows[place].row.day - rows[ordered[start]].row.day).days > DAYS_APART:
            start += 1
        for earlier in ordered[max(start, at - _MOST_NEAR) : at]:
            if rows[earlier].scope != rows[place].scope:
                first = _comes_first(rows[earlier], rows[place])
                yield (earlier, place) if first else (place, earlier)


def _comes_first(one: Placed, other: Placed) -> bool:
    """Wallets before banks; of two alike, what goes out before what comes in: each side of an
    assignment then holds one kind."""
    return _rank(one) <= _rank(other)


def _rank(placed: Placed) -> tuple[bool, bool]:
    return (_family(placed) not in _WALLETS, placed.row.direction is not Direction.OUT)


def _family(placed: Placed) -> str:
    return placed.layout.partition("-")[0]


def _bond(one: Placed, other: Placed) -> Bond | None:
    is_wallet, is_other = (_family(each) in _WALLETS for each in (one, other))
    if is_wallet and not is_other:
        return _of_wallet(one, other)
    if is_wallet == is_other and one.row.change == -other.row.change != 0:
        return _between(one.row, other.row)
    return None


def _of_wallet(wallet: Placed, bank: Placed) -> Bond | None:
    """A bank's row that tells of a wallet: by the wallet's name in it, or the bank's in the
    wallet's source; never of what the wallet paid from its own balance or credit."""
    named = bool(_WALLETS[_family(wallet)].search(_words(bank.row)))
    source = wallet.row.source
    if _OWN.match(source) and wallet.row.nature not in _MOVES:
        return None
    if not named and not source:
        return None
    if wallet.row.nature in _MOVES or wallet.row.direction is Direction.NEUTRAL:
        return Bond.SAME if named or source else None
    same_way = wallet.row.direction is bank.row.direction
    return Bond.SAME if same_way and (named or _is_card(source)) else None


def _is_card(source: str) -> bool:
    return "银行" in source or "卡" in source or "bank" in source.lower()


def _between(one: Row, other: Row) -> Bond | None:
    """Between two accounts of one kind: with a word for it in one of the rows, or else a question:
    a friend who pays back looks the same."""
    natures = {one.nature, other.nature}
    if natures & _MOVES:
        return Bond.TRANSFER
    return Bond.MAYBE if Nature.UNSURE in natures else None


def _cost(one: Row, other: Row, bond: Bond) -> int:
    days = abs((one.day - other.day).days)
    alike = bool(set(_words(one).split()) & set(_words(other).split()))
    has_id = bool(one.id and (one.id in other.text or (one.order and one.order in other.text)))
    return (
        _ANOTHER_DAY * days
        + (0 if has_id else _NO_SIGN)
        + (0 if alike else 2)
        + (20 if bond is Bond.MAYBE else 0)
    )


def _words(row: Row) -> str:
    return f"{row.category} {row.counterparty} {row.text}"
