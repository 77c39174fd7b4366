"""JD and Meituan: shops with wallets and credit of their own."""

import re
from functools import partial

from backstop.domain import message
from backstop.importers.amounts import minor_units
from backstop.importers.cells import kept
from backstop.importers.layouts import Layout, needed
from backstop.importers.mapping import NONE, RowReader
from backstop.importers.moments import moment_of
from backstop.importers.rows import Direction, Row, Standing
from backstop.importers.wallets import WAYS, direction_of

_BACK = re.compile(r"\((已全额退款|已退款[0-9.,]*)\)")


def _reader(at: dict[str, int], names: dict[str, str]) -> RowReader:
    place = {role: at.get(name, NONE) for role, name in names.items()}
    last = max(at.values())

    def read(line: int, cells: list[str]) -> Row:
        if len(cells) <= last:
            cells = cells + [""] * (last + 1 - len(cells))
        values = {role: kept(cells[each]) if each >= 0 else "" for role, each in place.items()}
        moment = moment_of(values["day"] or values["created"])
        amount = values["amount"].replace("（", "(").replace("）", ")")
        standing = _standing(values["text"], values["status"], bool(_BACK.search(amount)))
        return Row(
            line=line,
            day=moment.day,
            time=moment.time,
            amount=abs(minor_units(_BACK.sub("", amount).lstrip("¥￥"))),
            direction=direction_of(values["way"], standing),
            told=WAYS.get(values["way"], Direction.NEUTRAL),
            standing=standing,
            counterparty=values["counterparty"],
            text=values["text"],
            category=values["category"],
            source=values["source"],
            status=values["status"],
            id=values["id"],
            order=values["order"],
        )

    return read


def _standing(text: str, status: str, refunded: bool) -> Standing:
    if text.startswith("退款") or "退款成功" in status:
        return Standing.REFUND
    if "关闭" in status or "失败" in status or "取消" in status:
        return Standing.CLOSED
    if status.startswith("待"):
        return Standing.PENDING
    return Standing.REFUNDED if refunded else Standing.DONE


_JD = {
    "day": "交易时间",
    "created": "",
    "amount": "金额",
    "way": "收/支",
    "counterparty": "商户名称",
    "text": "交易说明",
    "category": "交易分类",
    "source": "收/付款方式",
    "status": "交易状态",
    "id": "交易订单号",
    "order": "商家订单号",
}
_MEITUAN = {
    "day": "交易成功时间",
    "created": "交易创建时间",
    "amount": "实付金额",
    "way": "收/支",
    "counterparty": "",
    "text": "订单标题",
    "category": "交易类型",
    "source": "支付方式",
    "status": "",
    "id": "交易单号",
    "order": "商家单号",
}
LAYOUTS = (
    Layout(
        "jd",
        message("JD"),
        needed("交易时间", "商户名称", "交易说明", "金额", "收/付款方式", "交易状态", "收/支"),
        partial(_reader, names=_JD),
    ),
    Layout(
        "meituan",
        message("Meituan"),
        needed("交易创建时间", "交易类型", "订单标题", "收/支", "支付方式", "实付金额"),
        partial(_reader, names=_MEITUAN),
    ),
)
