"""Money: whole minor units (fen, cents) of one currency. No floats, anywhere."""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal

from backstop.domain.errors import BadInput, message

MOST_MONEY = 10**14
"""Largest amount a field takes, in minor units: sums over a book stay far inside 64 bits."""


@dataclass(frozen=True)
class Currency:
    """An ISO 4217 currency: code, the sign shown before amounts, digits after the point."""

    code: str
    sign: str
    digits: int = 2


CURRENCIES = {
    currency.code: currency
    for currency in (
        Currency("CNY", "¥"),
        Currency("USD", "$"),
        Currency("EUR", "€"),
        Currency("GBP", "£"),
        Currency("HKD", "HK$"),
        Currency("MOP", "MOP$"),
        Currency("TWD", "NT$"),
        Currency("SGD", "S$"),
        Currency("JPY", "JP¥", 0),
        Currency("KRW", "₩", 0),
        Currency("VND", "₫", 0),
        Currency("AUD", "A$"),
        Currency("CAD", "C$"),
        Currency("NZD", "NZ$"),
        Currency("CHF", "CHF "),
        Currency("SEK", "SEK "),
        Currency("NOK", "NOK "),
        Currency("DKK", "DKK "),
        Currency("PLN", "zł "),
        Currency("CZK", "Kč "),
        Currency("INR", "₹"),
        Currency("IDR", "Rp "),
        Currency("MYR", "RM "),
        Currency("PHP", "₱"),
        Currency("THB", "฿"),
        Currency("BRL", "R$"),
        Currency("MXN", "MX$"),
        Currency("ZAR", "R "),
        Currency("TRY", "₺"),
        Currency("AED", "AED "),
    )
}


@dataclass(frozen=True)
class Money:
    """An amount inside a message: `minor` units of the currency with this code."""

    minor: int
    currency: str


def currency_of(code: str) -> Currency:
    """The currency with this code; raises `BadInput` for one we do not know."""
    try:
        return CURRENCIES[code]
    except KeyError:
        raise BadInput(
            message(
                "“{code}” is not a currency that Backstop knows. Use one of: {known}.",
                code=code[:12],
                known=", ".join(sorted(CURRENCIES)),
            ),
            "currency",
        ) from None


_AMOUNT = re.compile(r"[+-]?\d+(\.\d*)?|[+-]?\.\d+")


def parse_amount(text: str, currency: Currency) -> int:
    """Minor units from what an owner types: `1,234.56`, `¥1234`, full-width digits, `−5`."""
    plain = unicodedata.normalize("NFKC", text).replace("−", "-")
    for mark in (",", "，", " ", "\u00a0", currency.sign.strip(), currency.code, "¥", "元"):
        plain = plain.replace(mark, "")
    if not _AMOUNT.fullmatch(plain):
        raise BadInput(
            message("“{text}” is not an amount. Type figures such as 1234.56.", text=text[:40])
        )
    minor = Decimal(plain).scaleb(currency.digits)
    if minor != minor.to_integral_value():
        raise BadInput(
            message(
                "“{text}” has more decimals than {code} has. Use at most {digits}.",
                text=text[:40],
                code=currency.code,
                digits=currency.digits,
            )
        )
    return int(minor)
