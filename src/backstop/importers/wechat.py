"""WeChat Pay: one header for CSV and XLSX, whose cells changed from text to numbers in 2026."""

import re

from backstop.domain import message
from backstop.importers.amounts import minor_units
from backstop.importers.cells import kept
from backstop.importers.layouts import Layout, needed
from backstop.importers.mapping import RowReader
from backstop.importers.moments import moment_of
from backstop.importers.rows import Direction, Row, Standing
from backstop.importers.wallets import WAYS, direction_of

_FEE = re.compile(r"服务费[¥￥]?([0-9.]+)")
_PENDING = ("待", "未")
_CLOSED = frozenset(("支付失败", "已关闭", "交易关闭", "提现失败", "充值失败", "已撤销"))


def _bind(at: dict[str, int]) -> RowReader:
    day, amount, way, note = at["交易时间"], at["金额(元)"], at["收/支"], at["备注"]
    kind, status, party, text = at["交易类型"], at["当前状态"], at["交易对方"], at["商品"]
    source, number, order = at["支付方式"], at["交易单号"], at["商户单号"]
    last = max(at.values())

    def read(line: int, cells: list[str]) -> Row:
        if len(cells) <= last:
            cells = cells + [""] * (last + 1 - len(cells))
        moment = moment_of(cells[day].strip())
        state, category = kept(cells[status]), kept(cells[kind])
        standing = _standing(state, category)
        fee = _FEE.search(cells[note])
        return Row(
            line=line,
            day=moment.day,
            time=moment.time,
            amount=abs(minor_units(cells[amount].strip().lstrip("¥￥"))),
            direction=direction_of(kept(cells[way]), standing),
            told=WAYS.get(kept(cells[way]), Direction.NEUTRAL),
            standing=standing,
            counterparty=kept(cells[party]),
            text=kept(cells[text]),
            category=category,
            source=kept(cells[source]),
            status=state,
            id=kept(cells[number]),
            order=kept(cells[order]),
            fee=minor_units(fee[1]) if fee else 0,
        )

    return read


def _standing(status: str, category: str) -> Standing:
    if "退款" in category:
        return Standing.REFUND
    if "退款" in status or "退还" in status:
        return Standing.REFUNDED
    if status in _CLOSED:
        return Standing.CLOSED
    return Standing.PENDING if status.startswith(_PENDING) else Standing.DONE


LAYOUTS = (
    Layout(
        "wechat",
        message("WeChat Pay"),
        needed(
            *("交易时间", "交易类型", "交易对方", "商品", "收/支", "金额(元)", "支付方式"),
            *("当前状态", "交易单号", "商户单号", "备注"),
        ),
        _bind,
    ),
)
