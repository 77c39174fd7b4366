"""Formats of which no public file was found, written as their specifications and users say."""

from datetime import UTC, datetime
from io import BytesIO

import pytest
import xlsxwriter

from backstop.domain import BadInput
from backstop.importers import (
    Asked,
    Direction,
    Nature,
    PasswordNeeded,
    Reading,
    Standing,
    read_statement,
)
from importers.archives import packed

OFX_2 = """<?xml version="1.0" encoding="UTF-8"?><?OFX OFXHEADER="200" VERSION="211"?>
<OFX><BANKMSGSRSV1><STMTTRNRS><STMTRS><CURDEF>CNY</CURDEF>
<BANKACCTFROM><ACCTID>6222</ACCTID></BANKACCTFROM><BANKTRANLIST>
<STMTTRN><TRNTYPE>DEBIT</TRNTYPE><DTPOSTED>20261031233000[-5:EST]</DTPOSTED><TRNAMT>-12,50</TRNAMT>
<FITID>1</FITID><NAME>便利店 A&amp;B</NAME><MEMO></MEMO></STMTTRN>
<STMTTRN><TRNTYPE>DEBIT</TRNTYPE><DTPOSTED>20261031</DTPOSTED><TRNAMT>-12,50</TRNAMT>
<FITID>1</FITID><NAME>便利店 A&amp;B</NAME></STMTTRN>
<STMTTRN><TRNTYPE>DEBIT</TRNTYPE><DTPOSTED>20261131</DTPOSTED><TRNAMT>-1</TRNAMT></STMTTRN>
</BANKTRANLIST><LEDGERBAL><BALAMT>-25.00</BALAMT><DTASOF>20261031</DTASOF></LEDGERBAL>
</STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>"""

CAMT = """<?xml version="1.0" encoding="ISO-8859-1"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt><Stmt>
<Acct><Id><IBAN>DE02</IBAN></Id><Ccy>EUR</Ccy></Acct>
<Bal><Tp><CdOrPrtry><Cd>OPBD</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">100.00</Amt>
<CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2026-10-31</Dt></Dt></Bal>
<Bal><Tp><CdOrPrtry><Cd>CLBD</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">{closing}</Amt>
<CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2026-11-02</Dt></Dt></Bal>
<Ntry><Amt Ccy="EUR">30.00</Amt><CdtDbtInd>DBIT</CdtDbtInd><Sts>BOOK</Sts>
<BookgDt><Dt>2026-11-02</Dt></BookgDt><NtryDtls>
<TxDtls><Amt Ccy="EUR">10.00</Amt><RltdPties><Cdtr><Nm>Lieferant Müller</Nm></Cdtr></RltdPties>
<RmtInf><Ustrd>Rechnung 1</Ustrd></RmtInf></TxDtls>
<TxDtls><Amt Ccy="EUR">20.00</Amt></TxDtls></NtryDtls></Ntry>
<Ntry><Amt Ccy="EUR">5.00</Amt><CdtDbtInd>DBIT</CdtDbtInd>{reversal}<Sts><Cd>BOOK</Cd></Sts>
<BookgDt><Dt>2026-11-02</Dt></BookgDt></Ntry>
<Ntry><Amt Ccy="EUR">9.00</Amt><CdtDbtInd>DBIT</CdtDbtInd><Sts><Cd>PDNG</Cd></Sts>
<BookgDt><Dt>2026-11-02</Dt></BookgDt></Ntry>
</Stmt></BkToCstmrStmt></Document>"""

MT940 = """{1:F01BANK}{4:
:20:1
:25:10020030/1234567
:28C:1/1
:60F:C261031EUR1000,00
:61:2611021102D45,10NTRFNONREF//B1
:86:105?00LASTSCHRIFT?20Strom November?21Vertrag 7?32Stadtwerke
:61:2611031103CR1500,NTRFINV9//B2
:86:166?00GUTSCHRIFT?20Rechnung 9?32Kunde
 und Partner
:61:261104RD10,00NRTINONREF
:61:broken
:62F:C261104EUR2464,90
-}"""

WECHAT = ("交易时间", "交易类型", "交易对方", "商品", "收/支", "金额(元)", "支付方式", "当前状态",
          "交易单号", "商户单号", "备注")  # fmt: skip

MOMENT = datetime(2026, 3, 26, 12, 45, 27, tzinfo=UTC).replace(tzinfo=None)


def read(text: str, encoding: str = "utf-8") -> Reading:
    return read_statement(text.encode(encoding)).reading


def test_ofx_keeps_the_day_as_written_and_equal_numbers_stay_two() -> None:
    """ofxparse moves 23:30 in New York to the next day; others drop what reuses a number."""
    reading = read(OFX_2)
    assert [each.day.isoformat() for each in reading.rows] == ["2026-10-31"] * 2
    assert [each.change for each in reading.rows] == [-12_50] * 2
    assert reading.rows[0].counterparty == "便利店 A&B"
    assert len(reading.refused) == 1
    assert reading.closing is not None
    assert reading.closing.amount == -25_00


def test_chinese_under_another_label_is_no_mojibake() -> None:
    old = "OFXHEADER:100\nCHARSET:1252\n" + OFX_2.partition("?>")[2].partition("?>")[2]
    reading = read(old, "gb18030")
    assert reading.rows[0].counterparty == "便利店 A&B"
    assert reading.encoding == "gb18030"


def test_a_batch_is_read_as_its_parts_and_what_is_pending_stands_apart() -> None:
    reading = read(CAMT.format(closing="65.00", reversal=""))
    assert [each.change for each in reading.rows] == [-10_00, -20_00, -5_00, -9_00]
    assert reading.rows[0].counterparty == "Lieferant Müller"
    assert [each.standing for each in reading.apart] == [Standing.PENDING]


@pytest.mark.parametrize(("closing", "change"), [("65.00", -5_00), ("75.00", 5_00)])
def test_a_reversal_takes_the_sign_that_closes_the_balance(closing: str, change: int) -> None:
    reading = read(CAMT.format(closing=closing, reversal="<RvslInd>true</RvslInd>"))
    assert reading.rows[2].change == change


def test_every_entry_of_mt940_is_read_or_refused() -> None:
    """The public reader drops a malformed :61: and says nothing."""
    reading = read(MT940)
    assert [each.change for each in reading.rows] == [-45_10, 1500_00, 10_00]
    assert [each.counterparty for each in reading.rows] == ["Stadtwerke", "Kunde und Partner", ""]
    assert [each.line for each in reading.refused] == [12]
    assert reading.remarks == ()


def test_balances_that_do_not_fit_the_entries_are_told() -> None:
    reading = read(MT940.replace(":61:261104RD10,00NRTINONREF\n", ""))
    assert len(reading.remarks) == 1


@pytest.mark.parametrize("as_number", [True, False])
def test_wechat_in_a_spreadsheet_is_read_with_text_and_with_numbers(as_number: bool) -> None:
    file = BytesIO()
    with xlsxwriter.Workbook(file) as book:
        book.add_worksheet("封面").write(0, 0, "微信支付账单")
        sheet = book.add_worksheet("明细")
        sheet.write(0, 0, "微信支付账单明细")
        sheet.write(1, 0, "共2笔记录")
        sheet.write_row(17 if as_number else 16, 0, WECHAT)
        moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
        for row, (amount, note) in enumerate(((28.16, "/"), (1234.5, "服务费¥0.10")), start=18):
            if as_number:
                sheet.write_datetime(row, 0, MOMENT, moment)
            else:
                sheet.write(row, 0, "2026-03-26 12:45:27")
            cells = ["商户消费", "超市", "牛奶", "支出", amount if as_number else f"¥{amount:,.2f}",
                     "零钱", "支付成功", "42000", "1000", note]  # fmt: skip
            sheet.write_row(row, 1, cells)
    reading = read_statement(file.getvalue()).reading
    assert [(each.amount, each.time, each.fee) for each in reading.rows] == [
        (28_16, "12:45:27", 0),
        (1234_50, "12:45:27", 10),
    ]
    assert (reading.layout, reading.stated.rows) == ("wechat", 2)


def test_stray_tabs_of_a_broken_month_of_wechat_move_no_cell() -> None:
    head = ",".join(WECHAT)
    row = (
        '2025-05-26 12:45:27,"商户消费",\t"超市, 一店"\t,"牛奶"\t\t,"支出",¥28.16,"零钱",'
        '"支付成功","4"\t,"5"\t,"/"'
    )
    [found] = read(f"{head}\n{row}\n").rows
    assert (found.counterparty, found.text, found.amount) == ("超市, 一店", "牛奶", 28_16)


def test_an_order_number_that_a_spreadsheet_has_rounded_is_no_number() -> None:
    file = BytesIO()
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, WECHAT)
        cells = ["商户消费", "超市", "牛奶", "支出", 1.5, "零钱", "支付成功", 4.2e27, "5", "/"]
        sheet.write_row(1, 0, ["2026-03-26 12:45:27", *cells])
    [row] = read_statement(file.getvalue()).reading.rows
    assert row.id == ""


def test_the_amount_of_jd_says_what_came_back() -> None:
    text = (
        "\ufeff交易时间,商户名称,交易说明,金额,收/付款方式,交易状态,收/支,交易分类,"
        "交易订单号,商家订单号,备注\n"
        "2026-03-26 12:45:27\t,京东,耳机,131.77(已退款89.84),白条,交易成功,支出,数码,"
        "1\t,2\t,,extra\n"
        "2026-03-27 12:45:27\t,京东,退款-耳机,89.84,白条,退款成功,不计收支,数码,1\t,2\t,\n"
        "2026-03-28 10:00:00\t,京东,白条还款,500.00,银行卡,还款成功,不计收支,白条,3\t,\t,\n"
    )
    bought, back, repaid = read(text).rows
    assert (bought.amount, bought.standing) == (131_77, Standing.REFUNDED)
    assert (back.undoes, back.direction) == (bought.line, Direction.IN)
    assert repaid.nature is Nature.REPAYMENT


def test_meituan_counts_what_was_paid_and_not_what_was_ordered() -> None:
    text = (
        "交易创建时间,交易成功时间,交易类型,订单标题,收/支,支付方式,订单金额,实付金额,"
        "交易单号,商家单号,备注\r\n"
        "2026-03-26 12:45:27,2026-03-26 12:45:30,支付,午餐,支出,零钱,¥30.00,¥25.50,"
        '"1\t","2\t",/\r\n'
        "2026-03-28 12:45:27,2026-03-28 12:45:30,还款,【美团月付】主动还款2026年3月账单,"
        "支出,银行卡,¥80.00,¥80.00,3,4,/\r\n"
    )
    lunch, repaid = read(text).rows
    assert lunch.amount == 25_50
    assert repaid.nature is Nature.REPAYMENT


def test_the_cash_book_of_alipay_is_read_without_numbers_and_states() -> None:
    head = "记录时间,分类,收支类型,金额,备注,账户,来源,标签,\n"
    text = f"{head}2026-03-26 12:45:27,餐饮,支出,1，000.00,聚餐,余额,手动,,\n"
    [row] = read(text, "gb18030").rows
    assert (row.amount, row.direction, row.id) == (1000_00, Direction.OUT, "")


def test_an_archive_is_opened_with_its_password() -> None:
    data = packed("123456", "aes")
    assert len(read_statement(data, Asked(password="123456")).reading.rows) == 1
    for password in ("", "654321"):
        with pytest.raises(PasswordNeeded):
            read_statement(data, Asked(password=password))


def test_an_archive_of_pdf_alone_says_what_to_export_instead() -> None:
    with pytest.raises(BadInput, match="PDF"):
        read_statement(packed("", "", "账单.pdf"))
