"""Alipay: the export of the web site, the statements of the app, and its cash book."""

from backstop.domain import message
from backstop.importers.amounts import minor_units
from backstop.importers.cells import kept
from backstop.importers.layouts import Layout, needed
from backstop.importers.mapping import NONE, RowReader
from backstop.importers.moments import moment_of
from backstop.importers.rows import Direction, Row, Standing
from backstop.importers.wallets import WAYS, direction_of

_CLOSED, _REFUNDED = "交易关闭", "退款成功"
_PENDING = frozenset(("等待付款", "等待对方付款", "待付款"))


def _app(at: dict[str, int]) -> RowReader:
    """A row of the app's statement, in whichever order its columns stand."""
    day, amount, way = at["交易时间"], at["金额"], at["收/支"]
    source, status, order = at["收/付款方式"], at["交易状态"], at.get("商家订单号", NONE)
    party, text, category = at.get("交易对方", NONE), at["商品说明"], at["交易分类"]
    number = at["交易订单号"]
    last = max(at.values())

    def read(line: int, cells: list[str]) -> Row:
        if len(cells) <= last:
            cells = cells + [""] * (last + 1 - len(cells))
        moment = moment_of(cells[day].strip())
        paid_by, state = kept(cells[source]), kept(cells[status])
        standing = _standing(state, paid=bool(paid_by))
        return Row(
            line=line,
            day=moment.day,
            time=moment.time,
            amount=abs(minor_units(cells[amount].strip())),
            direction=direction_of(kept(cells[way]), standing),
            told=WAYS.get(kept(cells[way]), Direction.NEUTRAL),
            standing=standing,
            counterparty=kept(cells[party]) if party >= 0 else "",
            text=kept(cells[text]),
            category=kept(cells[category]),
            source=paid_by,
            status=state,
            id=kept(cells[number]),
            order=kept(cells[order]) if order >= 0 else "",
        )

    return read


def _web(at: dict[str, int]) -> RowReader:
    """A row of the web site's export, which says in a column of its own whether money moved."""
    day, paid, amount, way = at["交易创建时间"], at["付款时间"], at["金额(元)"], at["收/支"]
    status, moved, back = at["交易状态"], at["资金状态"], at["成功退款(元)"]
    last = max(at.values())

    def read(line: int, cells: list[str]) -> Row:
        if len(cells) <= last:
            cells = cells + [""] * (last + 1 - len(cells))
        moment = moment_of(cells[paid].strip() or cells[day].strip())
        state, money = kept(cells[status]), kept(cells[moved])
        standing = _standing(state, paid=bool(money), back=_is_back(cells[back]))
        return Row(
            line=line,
            day=moment.day,
            time=moment.time,
            amount=abs(minor_units(cells[amount].strip())),
            direction=direction_of(kept(cells[way]), standing),
            told=WAYS.get(kept(cells[way]), Direction.NEUTRAL),
            standing=standing,
            counterparty=kept(cells[at["交易对方"]]),
            text=kept(cells[at["商品名称"]]),
            category=kept(cells[at["类型"]]),
            status=state,
            id=kept(cells[at["交易号"]]),
            order=kept(cells[at["商家订单号"]]),
            fee=minor_units(cells[at["服务费(元)"]].strip() or "0"),
        )

    return read


def _book(at: dict[str, int]) -> RowReader:
    """A row of the cash book, which has neither numbers nor states."""
    day, amount, way = at["记录时间"], at["金额"], at["收支类型"]
    last = max(at[each] for each in ("记录时间", "金额", "收支类型", "分类", "备注", "账户"))

    def read(line: int, cells: list[str]) -> Row:
        if len(cells) <= last:
            cells = cells + [""] * (last + 1 - len(cells))
        moment = moment_of(cells[day].strip())
        return Row(
            line=line,
            day=moment.day,
            time=moment.time,
            amount=abs(minor_units(cells[amount].strip())),
            direction=WAYS.get(kept(cells[way]), Direction.NEUTRAL),
            text=kept(cells[at["备注"]]),
            category=kept(cells[at["分类"]]),
            source=kept(cells[at["账户"]]),
        )

    return read


def _is_back(cell: str) -> bool:
    text = cell.strip()
    return bool(text) and minor_units(text) > 0


def _standing(status: str, paid: bool, back: bool = False) -> Standing:
    if status == _REFUNDED:
        return Standing.REFUND
    if status in _PENDING:
        return Standing.PENDING
    if status == _CLOSED:
        return Standing.REFUNDED if paid else Standing.CLOSED
    return Standing.REFUNDED if back else Standing.DONE


LAYOUTS = (
    Layout(
        "alipay",
        message("Alipay, statement of the app"),
        needed(
            *("交易时间", "交易分类", "商品说明", "收/支", "金额", "收/付款方式", "交易状态"),
            "交易订单号",
        ),
        _app,
    ),
    Layout(
        "alipay-web",
        message("Alipay, export of the web site"),
        needed(
            *("交易号", "商家订单号", "交易创建时间", "付款时间", "类型", "交易对方", "商品名称"),
            *("金额(元)", "收/支", "交易状态", "服务费(元)", "成功退款(元)", "资金状态"),
        ),
        _web,
    ),
    Layout(
        "alipay-book",
        message("Alipay, cash book"),
        needed("记录时间", "分类", "收支类型", "金额", "备注", "账户"),
        _book,
    ),
)
