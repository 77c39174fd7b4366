"""Money: whole minor units (fen, cents) of one currency. No floats, anywhere."""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from backstop.domain.errors import BadInput, message
from backstop.domain.figures import LONGEST_SHOWN, Ways, plain_figures, read_figures, signed

MOST_MONEY = 10**14
"""Largest amount a field takes, in minor units. What a book adds up to is bounded in `sums`."""


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


_BY_FOUR = ("CNY", "HKD", "MOP", "TWD", "JPY", "KRW")
_BY_LAKH = ("INR",)
_LOCAL_NAMES = {
    "CNY": ("CN¥", "RMB", "元", "圆", "块", "人民币"),
    "USD": ("US$", "美元"),
    "EUR": ("欧元",),
    "GBP": ("英镑",),
    "HKD": ("元", "港元", "港币"),
    "MOP": ("元", "澳门元"),
    "TWD": ("元", "台币", "新台币"),
    "JPY": ("円", "日元"),
    "KRW": ("원", "韩元"),
    "CHF": ("Fr.", "SFr."),
    "SEK": ("kr",),
    "NOK": ("kr",),
    "DKK": ("kr",),
    "INR": ("Rs", "Rs."),
}


def parse_amount(text: str, currency: Currency) -> int:
    """Minor units from what an owner types or pastes; raises `BadInput` with the reason.

    Read are `1,234.56`, `1.234,56`, `417,26`, `1 234,56`, `1'234.50`, `12万`, `(5)`, `−5`, figures
    of full width, and the currency's own sign, code and names before or after them.
    """
    return _minor(text, _amount_in(text, currency), currency)


def _amount_in(text: str, currency: Currency) -> Decimal:
    sign, figures = signed(_without_name(plain_figures(text), currency))
    figures = _without_name(figures, currency)
    ways = Ways(
        decimals=currency.digits,
        grouped=True,
        by_four=currency.code in _BY_FOUR,
        by_lakh=currency.code in _BY_LAKH,
    )
    number = read_figures(figures, ways, text)
    if number is None:
        raise _other_currency(text, currency) or _no_amount(text)
    return sign * number


def _minor(text: str, amount: Decimal, currency: Currency) -> int:
    minor = amount.scaleb(currency.digits)
    if minor != minor.to_integral_value():
        raise BadInput(
            message(
                "“{text}” has more decimals than {code} has. Use at most {digits}.",
                text=text[:LONGEST_SHOWN],
                code=currency.code,
                digits=currency.digits,
            )
        )
    return int(minor)


def _no_amount(text: str) -> BadInput:
    said = "“{text}” is not an amount. Type figures such as 1234.56."
    return BadInput(message(said, text=text[:LONGEST_SHOWN]))


def _other_currency(text: str, currency: Currency) -> BadInput | None:
    """The refusal of an amount in a currency that is not the book's; None where it is none."""
    plain = plain_figures(text).strip("+-() ")
    others = (_without_name(plain, each) for each in CURRENCIES.values())
    if not any(other != plain and other[:1].isdecimal() for other in others):
        return None
    said = "“{text}” is in another currency than {code}. Type what it is in {code}."
    return BadInput(message(said, text=text[:LONGEST_SHOWN], code=currency.code))


def _without_name(plain: str, currency: Currency) -> str:
    """Without one sign, code or name of the currency, before or after."""
    return _named(currency).sub("", plain, count=1).strip()


@cache
def _named(currency: Currency) -> re.Pattern[str]:
    names = {currency.code, currency.sign.strip(), *_LOCAL_NAMES.get(currency.code, ())}
    names |= {sign for sign in "$¥" if sign in currency.sign}
    longest_first = sorted(names, key=len, reverse=True)
    either = "|".join(re.escape(each) for each in longest_first)
    return re.compile(f"^({either})|({either})$", re.IGNORECASE)
