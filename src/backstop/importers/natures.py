"""What each row is to its owner, and which payment a refund undoes.

Repayments of credit, loans paid out and moves between own accounts are neither income nor spending.
What only looks like one of them is `UNSURE`, and is asked: a friend's repayment is no transfer.
"""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence

import msgspec

from backstop.importers.rows import Direction, Nature, Row, Standing
from backstop.work import watched

_REPAYMENT = re.compile(
    r"(花呗|借呗|白条|金条|月付|网商贷|微粒贷|微业贷|分期乐|备用金|信用卡|信用购|贷款|借款|房贷|车贷)"
    r".{0,6}(还款|归还|扣款|结清)|(主动|自动|提前|一键)还款|还款成功|信用卡还款|还贷|贷款还款"
    r"|掌上生活还款|loan (re)?payment|credit card (re)?payment|card payment - thank you"
    r"|payment,? thank you|autopay|mortgage payment|kreditrate|darlehensrate",
    re.IGNORECASE,
)
_PAYOUT = re.compile(
    r"放款|借款到账|贷款发放|借出至|取现到账|备用金取出|取出至余额"
    r"|loan (payout|disbursement|proceeds|advance)|cash advance|darlehensauszahlung",
    re.IGNORECASE,
)
_TRANSFER = re.compile(
    r"余额宝.{0,3}(自动转入|单次转入|转出|转入)|零钱通转出|转入零钱通|零钱提现|零钱充值|提现-|充值-普通充值"
    r"|账户转存|理财通|基金.{0,6}(买入|卖出|赎回|申购)|(买入|卖出至|卖出到)|赎回到|投资理财|证券转银行|银行转证券"
    r"|银证转账|本人转账|自转|own account|internal transfer|transfer (to|from) (savings|checking)"
    r"|umbuchung|übertrag auf",
    re.IGNORECASE,
)
_YIELD = re.compile(r"收益发放|结息|利息|interest (paid|earned|credit)|dividend", re.IGNORECASE)
_REFUND = re.compile(
    r"退款|退货|消费退|退税|refund|reversal|rückerstattung|erstattung|remboursement", re.IGNORECASE
)
_UNSURE = re.compile(r"转账|转帐|网转|汇款|汇入|红包|transfer|überweisung|virement", re.IGNORECASE)


_PLAIN = (Nature.INCOME, Nature.SPENDING)
_MOST_LOOKED_AT = 50


def classified(rows: Sequence[Row]) -> tuple[Row, ...]:
    """The rows with their natures, refunds linked to what they undo."""
    natured = [_natured(each) for each in watched(rows)]
    links = undone_by(natured)
    return tuple(
        msgspec.structs.replace(each, undoes=links[each.line]) if each.line in links else each
        for each in natured
    )


def _natured(row: Row) -> Row:
    nature = nature_of(row)
    return row if nature is row.nature else msgspec.structs.replace(row, nature=nature)


def nature_of(row: Row) -> Nature:
    """What a row is, by its standing, its words and its direction, in this order."""
    if not row.moved:
        return Nature.NOTHING
    if row.standing is Standing.REFUND:
        return Nature.REFUND
    words = f"{row.category} {row.counterparty} {row.text} {row.status}"
    nature = _by_words(words, row.direction)
    is_bank = not row.status
    return Nature.UNSURE if is_bank and nature in _PLAIN and _UNSURE.search(words) else nature


def _by_words(words: str, direction: Direction) -> Nature:
    if _YIELD.search(words) and direction is not Direction.OUT:
        return Nature.INCOME
    if _PAYOUT.search(words) and direction is not Direction.OUT:
        return Nature.PAYOUT
    if _REPAYMENT.search(words):
        return Nature.REPAYMENT
    if _TRANSFER.search(words):
        return Nature.TRANSFER
    if direction is Direction.IN:
        return Nature.REFUND if _REFUND.search(words) else Nature.INCOME
    return Nature.SPENDING if direction is Direction.OUT else Nature.UNSURE


def undone_by(rows: Iterable[Row]) -> dict[int, int]:
    """By the line of each refund, the line of the payment that it brings back.

    A payment is found by the number that the refund's own begins with, by the merchant's number, or
    by its counterparty and text; refunds of one payment never add up to more than it.
    """
    found: dict[int, int] = {}
    payments = [each for each in rows if each.moved and each.nature is Nature.SPENDING]
    refunds = [each for each in rows if each.nature is Nature.REFUND]
    if not refunds:
        return found
    left = {each.line: each.amount for each in payments}
    groups = _groups(payments)
    for refund in watched(sorted(refunds, key=lambda each: (each.day, each.time))):
        for key in _keys(refund):
            fitting = _fitting(refund, groups.get(key, []), left)
            if fitting:
                best = min(fitting, key=lambda each: _distance(refund, each, left))
                found[refund.line] = best.line
                left[best.line] -= refund.amount
                break
    return found


_Key = tuple[str, str]


def _groups(payments: Iterable[Row]) -> dict[_Key, list[Row]]:
    groups: dict[_Key, list[Row]] = defaultdict(list)
    for each in sorted(payments, key=lambda each: each.day):
        for key in _keys(each):
            groups[key].append(each)
    return groups


def _keys(row: Row) -> list[_Key]:
    keys = []
    if row.id:
        keys.append(("id", row.id.partition("_")[0]))
    if row.order:
        keys.append(("order", row.order))
    if row.counterparty:
        keys.append((row.counterparty, row.text.removeprefix("退款-").removeprefix("退款：")))
        keys.append((row.counterparty, str(row.amount)))
    return keys


def _fitting(refund: Row, payments: list[Row], left: dict[int, int]) -> list[Row]:
    """Of the latest payments before a refund, in order of days, those it could undo."""
    end = bisect_right(payments, refund.day, key=lambda each: each.day)
    latest = payments[max(0, end - _MOST_LOOKED_AT) : end]
    return [each for each in latest if refund.amount <= left[each.line]]


def _distance(refund: Row, payment: Row, left: dict[int, int]) -> tuple[bool, bool, int, int]:
    return (
        payment.standing is not Standing.REFUNDED,
        left[payment.line] != refund.amount,
        (refund.day - payment.day).days,
        payment.line,
    )
