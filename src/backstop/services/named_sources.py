"""Which account or line a row of a statement names, and whether the book has it.

Wallets name what paid in words of their own (“花呗”, “招商银行储蓄卡(8705)”), owners as they like.
"""

import re
from collections.abc import Iterator

from backstop.domain import Account, Book, Facility, KeptRow
from backstop.importers import Nature

LINES = (
    *("花呗", "借呗", "网商贷", "白条", "金条", "美团月付", "抖音月付", "微粒贷", "备用金"),
    "分付",
)
_ALIASES = {
    "花呗": ("花呗", "huabei"),
    "借呗": ("借呗", "jiebei"),
    "网商贷": ("网商", "mybank", "wangshang"),
    "白条": ("白条", "baitiao"),
    "金条": ("金条", "jintiao"),
    "美团月付": ("美团月付", "meituan yuefu"),
    "微粒贷": ("微粒贷", "weilidai", "webank"),
    "余额宝": ("余额宝", "yu'ebao", "yuebao", "支付宝", "alipay"),
    "零钱通": ("零钱通", "微信", "wechat"),
    "支付宝": ("支付宝", "alipay", "余额宝"),
    "微信": ("微信", "wechat", "零钱"),
}
WALLETS = {"alipay": "支付宝", "wechat": "微信"}
CARD = re.compile(r"^(.{2,16}?银行)(信用卡|储蓄卡)?\(([0-9]{4})\)")
CREDIT_CARD = "信用卡"


def line_named(row: KeptRow) -> str:
    """The line that paid for a row, that was repaid by it, or that paid it out; empty for none."""
    card = CARD.match(row.source)
    if card and card[2] == CREDIT_CARD:
        return card[0]
    words = "" if card else row.source
    if row.nature in (Nature.REPAYMENT, Nature.PAYOUT):
        words += f" {row.counterparty} {row.text} {row.category}"
    return next((name for name in LINES if name in words), "")


def account_named(row: KeptRow, layout: str) -> str:
    """The card or the wallet that a row went through; empty where it names none."""
    card = CARD.match(row.source)
    if card and card[2] != CREDIT_CARD:
        return card[0]
    return WALLETS.get(layout.partition("-")[0], "")


def has_account(book: Book, name: str) -> bool:
    """Whether an account of the book is called by this name, or is of its bank."""
    return any(is_called(each, name) for each in book.accounts)


def has_line(book: Book, name: str) -> bool:
    """Whether a line of the book is called by this name, or is of its lender."""
    return any(is_called(each, name) for each in book.facilities)


def line_of(book: Book, name: str) -> Facility | None:
    """The line of the book that is meant; None where there is none, or more than one."""
    found = [each for each in book.facilities if is_called(each, name)]
    return found[0] if len(found) == 1 else None


def is_called(source: Account | Facility, said: str) -> bool:
    """Whether an account or line is meant by what a statement says: by its number where it has one
    in its name, else by name, lender or platform."""
    text = " ".join(_names(source)).casefold()
    card = CARD.match(said)
    numbers = re.findall(r"[0-9]{4}", text)
    if card and numbers:
        return card[3] in numbers
    return any(each.casefold() in text for each in _called(said))


def _called(said: str) -> tuple[str, ...]:
    card = CARD.match(said)
    if card:
        return (card[1],)
    known = next((aliases for name, aliases in _ALIASES.items() if name in said), None)
    return known or (said.partition("(")[0],)


def _names(source: Account | Facility) -> Iterator[str]:
    yield from (source.name, source.platform, source.id)
    yield source.institution if isinstance(source, Account) else source.lender
