"""Who a row is for: one name for one counterparty, whatever a statement prints around it."""

import re
import unicodedata

from backstop.importers.rows import Nature, Row

_THROUGH = re.compile(
    r"^(支付宝|财付通|微信支付|微信|京东支付|抖音支付|美团支付|银联|paypal|sq|sumup|zettle|google|apple"
    r"|pos|card purchase|card payment to|card payment|debit card purchase"
    r"|direct debit|standing order|recurring payment)"
    r"[\s\-_*:：–]+",
    re.IGNORECASE,
)
_CARRIERS = re.compile(
    r"^(支付宝|财付通|深圳市财付通|网银在线|银联|拉卡拉|paypal|stripe|京东支付|抖音支付|花呗|信用卡)"
)
_NO_WORD = re.compile(r"[\W\d_]+")
_NUMBERS = re.compile(r"\S*\d\S*")
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_DATES = re.compile(
    rf"\b(?:on )?\d{{1,2}}[ \-]?{_MONTH}(?:[ \-]?\d{{2,4}})?\b|\b{_MONTH}[ \-]\d{{2,4}}\b"
)
_TOKENS = 4


def name_of(row: Row) -> str:
    """Who it is, in a form that stays the same: without ways of payment, numbers and signs."""
    said = _without_way(row.counterparty)
    if not said or _CARRIERS.match(said):
        carried = said if row.nature is Nature.REPAYMENT else ""
        said = f"{carried} {_without_way(row.text or row.category)}"
    if said.isascii():
        said = _NUMBERS.sub(" ", _DATES.sub(" ", said))
    words = _NO_WORD.sub(" ", said).split()
    return " ".join(words[:_TOKENS])


def printed_name(row: Row) -> str:
    """Who it is, as printed."""
    said = row.counterparty
    return said if said and not _CARRIERS.match(said) else row.text or row.category


def _without_way(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).strip().lower()
    while (shorter := _THROUGH.sub("", plain)) != plain:
        plain = shorter
    return plain
