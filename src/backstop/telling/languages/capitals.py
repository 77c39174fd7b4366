"""Amounts in Chinese capital numerals (大写), as forms and receipts have them.

Rules: 支付结算办法, annex 1 (正确填写票据和结算凭证的基本规定): one 零 for any run of zeros between
figures, 整 after yuan or jiao, none after fen.
"""

from backstop.domain import currency_of

_FIGURES = "零壹贰叁肆伍陆柒捌玖"
_UNITS = ((10**8, "亿"), (10**4, "万"), (1000, "仟"), (100, "佰"), (10, "拾"))
_CURRENCIES = {
    "CNY": "人民币",
    "USD": "美元",
    "HKD": "港币",
    "MOP": "澳门元",
    "TWD": "新台币",
    "EUR": "欧元",
    "GBP": "英镑",
    "JPY": "日元",
    "SGD": "新加坡元",
}


def capital_numerals(minor: int, currency: str) -> str:
    """`人民币壹仟贰佰叁拾肆元伍角陆分`; empty for a currency that has no custom of it."""
    name = _CURRENCIES.get(currency)
    if name is None:
        return ""
    whole, part = divmod(abs(minor), 10 ** currency_of(currency).digits)
    jiao, fen = divmod(part, 10)
    sign = "负" if minor < 0 else ""
    return name + sign + _yuan(whole, part) + _parts(whole, jiao, fen)


def _yuan(whole: int, part: int) -> str:
    return "" if whole == 0 and part else _whole(whole) + "元"


def _parts(whole: int, jiao: int, fen: int) -> str:
    if not jiao and not fen:
        return "整"
    between = "零" if whole and not jiao else ""
    tenths = f"{_FIGURES[jiao]}角" if jiao else between
    return tenths + (f"{_FIGURES[fen]}分" if fen else "整")


def _whole(number: int) -> str:
    for unit, name in _UNITS:
        if number >= unit:
            head, rest = divmod(number, unit)
            gap = "零" if rest and rest < unit // 10 else ""
            return _whole(head) + name + (gap + _whole(rest) if rest else "")
    return _FIGURES[number]
