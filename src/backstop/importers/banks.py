"""Banks whose header is known: each is a mapping by names of columns."""

from backstop.domain import Message, message
from backstop.importers.layouts import Layout, needed
from backstop.importers.mapping import Mapping, RowReader, Sign, columns_named, reader_by


def _bank(
    key: str, title: Message, needs: tuple[str, ...], sign: Sign, **names: tuple[str, ...]
) -> Layout:
    def bind(header: dict[str, int]) -> RowReader:
        columns = columns_named(header, **names)
        return reader_by(Mapping(columns=columns, sign=sign, currency="CNY"))

    return Layout(key, title, needed(*needs), bind)


_CMB = _bank(
    "cmb",
    message("China Merchants Bank, debit card"),
    ("记账日期", "货币", "交易金额", "联机余额", "交易摘要", "对手信息"),
    Sign.MINUS_IS_OUT,
    day=("记账日期",),
    amount=("交易金额",),
    balance=("联机余额",),
    currency=("货币",),
    counterparty=("对手信息",),
    category=("交易摘要",),
    text=("客户摘要",),
)
_CMB_CARD = _bank(
    "cmb-card",
    message("China Merchants Bank, credit card"),
    ("交易日", "记账日", "交易摘要", "人民币金额", "卡号末四位"),
    Sign.MINUS_IS_IN,
    day=("记账日",),
    amount=("人民币金额",),
    text=("交易摘要",),
    account=("卡号末四位",),
)
_ICBC = _bank(
    "icbc",
    message("ICBC"),
    ("交易日期", "摘要", "交易场所", "记账金额(收入)", "记账金额(支出)", "记账币种", "余额"),
    Sign.COLUMNS,
    day=("交易日期",),
    incoming=("记账金额(收入)",),
    outgoing=("记账金额(支出)",),
    currency=("记账币种",),
    balance=("余额",),
    counterparty=("对方户名",),
    category=("摘要",),
    text=("交易场所", "交易详情"),
)
_CCB = _bank(
    "ccb",
    message("China Construction Bank"),
    ("记账日", "交易日期", "支出", "收入", "账户余额", "摘要", "对方户名"),
    Sign.COLUMNS,
    day=("交易日期",),
    time=("交易时间",),
    incoming=("收入",),
    outgoing=("支出",),
    balance=("账户余额",),
    currency=("币种",),
    counterparty=("对方户名",),
    category=("摘要",),
    text=("交易地点",),
)
_CCB_SIGNED = _bank(
    "ccb-signed",
    message("China Construction Bank"),
    ("序号", "摘要", "币别", "交易日期", "交易金额", "账户余额", "对方账号与户名"),
    Sign.MINUS_IS_OUT,
    day=("交易日期",),
    amount=("交易金额",),
    balance=("账户余额",),
    currency=("币别",),
    counterparty=("对方账号与户名",),
    category=("摘要",),
    text=("交易地点/附言",),
)
_CGB_CARD = _bank(
    "cgb-card",
    message("China Guangfa Bank, credit card"),
    ("交易日期", "入账日期", "交易摘要", "交易金额", "交易货币", "入账金额", "入账货币"),
    Sign.MINUS_IS_IN,
    day=("交易日期",),
    amount=("入账金额",),
    currency=("入账货币",),
    text=("交易摘要",),
)
LAYOUTS = (_CMB, _CMB_CARD, _ICBC, _CCB, _CCB_SIGNED, _CGB_CARD)
