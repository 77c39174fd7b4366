"""What a suggestion is, and the rows of statements that suggestions rest on."""

from dataclasses import dataclass, field
from enum import StrEnum

from backstop.domain import KeptRow, Message, Record, Statements

WALLET_FAMILIES = ("alipay", "wechat", "jd", "meituan")


class SuggestionKind(StrEnum):
    """What a suggestion is about; `AMOUNT` and `LATENESS` are those of a cash flow, `USED` is what
    is bought on a line."""

    BALANCE = "balance"
    FLOW = "flow"
    LINE = "line"
    ACCOUNT = "account"
    AMOUNT = "amount"
    LATENESS = "lateness"
    USED = "used"


@dataclass(frozen=True)
class Suggestion:
    """One suggestion: in words, with its evidence, and the digests of the rows that it rests on.
    `record` is what taking it puts into the book; None where the owner has to say more."""

    kind: SuggestionKind
    said: Message
    evidence: Message
    rows: tuple[str, ...] = ()
    record: Record | None = field(default=None, compare=False)


def counted_once(kept: Statements) -> list[KeptRow]:
    """The rows without the second telling of one movement: of a payment in wallet and bank the
    wallet's is left, which says whom it was for; of a transfer, neither."""
    layouts = {each.key: each.layout.partition("-")[0] for each in kept.files}
    by_digest = {each.digest: each for each in kept.rows}

    def is_wallets(row: KeptRow) -> bool:
        return layouts.get(row.statement, "") in WALLET_FAMILIES

    return [
        each
        for each in kept.rows
        if each.is_single
        or each.pair not in by_digest
        or (is_wallets(each) and not is_wallets(by_digest[each.pair]))
    ]
