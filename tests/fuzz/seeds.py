"""Files with which fuzzing of each reader begins: real ones, and written ones of other layouts."""

from collections.abc import Callable, Iterator
from functools import partial
from io import BytesIO
from pathlib import Path

import xlsxwriter

from importers import test_formats as formats
from importers import test_guessing as tables
from importers.archives import packed

DATA = Path(__file__).parents[1] / "importers" / "data"
JD = (
    "\ufeff交易时间,商户名称,交易说明,金额,收/付款方式,交易状态,收/支,交易分类,交易订单号,"
    "商家订单号,备注\n"
    "2026-03-26 12:45:27\t,京东,耳机,131.77(已退款89.84),白条,交易成功,支出,数码,1\t,2\t,,extra\n"
    "2026-03-27 12:45:27\t,京东,退款-耳机,89.84,白条,退款成功,不计收支,数码,1\t,2\t,\n"
    "2026-03-28 10:00:00\t,京东,白条还款,500.00,银行卡,还款成功,不计收支,白条,3\t,\t,\n"
)
MEITUAN = (
    "交易创建时间,交易成功时间,交易类型,订单标题,收/支,支付方式,订单金额,实付金额,交易单号,"
    "商家单号,备注\r\n"
    "2026-03-26 12:45:27,2026-03-26 12:45:30,支付,午餐,支出,零钱,¥30.00,¥25.50,"
    '"1\t","2\t",/\r\n'
)
CASH_BOOK = (
    "记录时间,分类,收支类型,金额,备注,账户,来源,标签,\n"
    "2026-03-26 12:45:27,餐饮,支出,1，000.00,聚餐,余额,手动,,\n"
    "2026-03-27 12:45:27,转账,不计收支,20.00,,余额|银行卡,手动,,\n"
)
CGB = (
    "交易日期,入账日期,交易摘要,交易金额,交易货币,入账金额,入账货币\n"
    "2026/03/26,2026/03/27,消费-超市,35.20,人民币,35.20,人民币\n"
    "2026/03/28,2026/03/28,还款,-500.00,人民币,-500.00,人民币\n"
)
CCB_SIGNED = (
    "序号,摘要,币别,钞汇,交易日期,交易金额,账户余额,交易地点/附言,对方账号与户名\n"
    "1,消费,人民币元,钞,20260326,-35.20,964.80,财付通-微信支付-超市,1000/超市\n"
    "2,工资,人民币元,钞,20260327,5000.00,5964.80,***,2000/单位\n"
)


def _files(*patterns: str) -> Iterator[bytes]:
    for pattern in patterns:
        for each in sorted(DATA.glob(pattern)):
            yield each.read_bytes()


def _texts(*texts: str) -> Iterator[bytes]:
    return (each.encode("gb18030" if "记录时间" in each else "utf-8") for each in texts)


def _wechat_sheet() -> Iterator[bytes]:
    file = BytesIO()
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet()
        sheet.write(0, 0, "微信支付账单明细")
        sheet.write_row(17, 0, formats.WECHAT)
        moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
        for row in range(18, 24):
            sheet.write_datetime(row, 0, formats.MOMENT, moment)
            cells = ["商户消费", "超市", "牛奶", "支出", 28.16, "零钱", "支付成功", "4", "1", "/"]
            sheet.write_row(row, 1, cells)
    yield file.getvalue()


def _tables() -> Iterator[bytes]:
    return (each.text.encode(each.encoding) for each in tables.LAYOUTS)


def _archives() -> Iterator[bytes]:
    yield packed("", "")
    yield packed("123456", "aes")
    yield packed("", "", "账单.pdf")


def _camt() -> Iterator[bytes]:
    text = formats.CAMT.format(closing="65.00", reversal="<RvslInd>true</RvslInd>")
    return _texts(text, text.replace("camt.053.001.08", "camt.053.001.02"))


SEEDS: dict[str, Callable[[], Iterator[bytes]]] = {
    "alipay": partial(_files, "*alipay_app*"),
    "alipay-web": partial(_files, "*alipay_web*"),
    "alipay-book": partial(_texts, CASH_BOOK),
    "wechat": partial(_files, "*wechat_csv*"),
    "wechat-sheet": _wechat_sheet,
    "icbc": partial(_files, "*icbc*"),
    "cmb": partial(_files, "*cmb*"),
    "ccb": partial(_files, "*ccb*"),
    "cgb": partial(_texts, CGB, CCB_SIGNED),
    "shops": partial(_texts, JD, MEITUAN),
    "ofx": lambda: iter([*_files("*.ofx"), *_texts(formats.OFX_2)]),
    "qif": partial(_files, "*.qif"),
    "camt": _camt,
    "mt940": partial(_texts, formats.MT940),
    "table": _tables,
    "archive": _archives,
}
"""The reader, and the files that it begins with."""
