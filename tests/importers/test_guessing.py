"""Tables of banks that nobody described: header, days, sign, decimal mark and encoding are guessed.

The layouts are those of banks' exports as their users describe them; names and figures are made up.
Each is written so that a wrong sign, order of days or decimal mark gives other rows.
"""

from datetime import date
from io import BytesIO
from typing import NamedTuple

import pytest
import xlsxwriter

from backstop.importers import Reading, read_statement

Rows = list[tuple[str, int]]


class Layout(NamedTuple):
    """A file, and the day, signed amount of each row, and what one counterparty or text holds."""

    name: str
    text: str
    rows: Rows
    says: str
    encoding: str = "utf-8"


LAYOUTS = (
    Layout(
        "sparkasse",
        '"Auftragskonto";"Buchungstag";"Valutadatum";"Buchungstext";"Verwendungszweck";'
        '"Begünstigter/Zahlungspflichtiger";"Kontonummer";"BLZ";"Betrag";"Währung";"Info"\n'
        '"DE01";"02.11.26";"02.11.26";"FOLGELASTSCHRIFT";"Miete Büro";"Hausverwaltung";"1";"2";'
        '"-1.250,00";"EUR";"Umsatz gebucht"\n'
        '"DE01";"03.11.26";"03.11.26";"GUTSCHRIFT";"Rechnung 7";"Großhandel für Möbel";"1";"2";'
        '"3.400,50";"EUR";"Umsatz gebucht"\n',
        [("2026-11-02", -1250_00), ("2026-11-03", 3400_50)],
        "Hausverwaltung",
        "cp1252",
    ),
    Layout(
        "ing-nl",
        '"Datum","Naam / Omschrijving","Rekening","Tegenrekening","Code","Af Bij","Bedrag (EUR)",'
        '"Mutatiesoort","Mededelingen"\n'
        '"20261102","Verhuurder","NL01","NL02","IC","Af","850,00","Incasso","Huur"\n'
        '"20261103","Klant","NL01","NL03","OV","Bij","1210,00","Overschrijving","Factuur 12"\n',
        [("2026-11-02", -850_00), ("2026-11-03", 1210_00)],
        "Verhuurder",
    ),
    Layout(
        "barclays",
        "Number,Date,Account,Amount,Subcategory,Memo\n"
        " ,28/10/2026,20-00-00 1,-45.10,PAYMENT,POWER COMPANY\n"
        " ,02/11/2026,20-00-00 1,1500.00,FT,CUSTOMER INVOICE 9\n",
        [("2026-10-28", -45_10), ("2026-11-02", 1500_00)],
        "POWER COMPANY",
    ),
    Layout(
        "chase-card",
        "Transaction Date,Post Date,Description,Category,Type,Amount,Memo\n"
        "10/28/2026,10/29/2026,OFFICE STORE,Shopping,Sale,-82.15,\n"
        "11/02/2026,11/03/2026,Payment Thank You,,Payment,400.00,\n",
        [("2026-10-28", -82_15), ("2026-11-02", 400_00)],
        "OFFICE STORE",
    ),
    Layout(
        "amex-positive-is-spending",
        "Date,Description,Card Member,Account #,Amount\n"
        "10/28/2026,SOFTWARE COMPANY,OWNER,-1001,120.00\n"
        "10/29/2026,AIRLINE,OWNER,-1001,310.40\n"
        "11/02/2026,AUTOPAY PAYMENT - THANK YOU,OWNER,-1001,-500.00\n",
        [("2026-10-28", -120_00), ("2026-10-29", -310_40), ("2026-11-02", 500_00)],
        "AIRLINE",
    ),
    Layout(
        "bank-of-america-with-summary",
        'Description,,Summary Amt.\nBeginning balance as of 10/01/2026,,"1,000.00"\n'
        'Total credits,,"2,500.00"\nTotal debits,,"-45.00"\n'
        'Ending balance as of 10/31/2026,,"3,455.00"\n\n'
        "Date,Description,Amount,Running Bal.\n"
        '10/14/2026,CUSTOMER DEPOSIT,"2,500.00","3,500.00"\n'
        '10/30/2026,INTERNET COMPANY,"-45.00","3,455.00"\n',
        [("2026-10-14", 2500_00), ("2026-10-30", -45_00)],
        "INTERNET COMPANY",
    ),
    Layout(
        "two-columns-with-zeros",
        "Transaction Date,Transaction Type,Sort Code,Transaction Description,Debit Amount,"
        "Credit Amount,Balance\n"
        "30/10/2026,DD,'11-22-33,RENT,900.00,0.00,100.00\n"
        "13/10/2026,FPI,'11-22-33,CUSTOMER,0.00,1000.00,1000.00\n",
        [("2026-10-30", -900_00), ("2026-10-13", 1000_00)],
        "RENT",
    ),
    Layout(
        "agricultural-bank-of-china",
        "账户明细查询\n账号：6228****1234,户名：某商行\n"
        "交易日期,交易时间,交易金额,本次余额,对方户名,对方账号,交易行,交易渠道,交易类型,交易用途,交易摘要\n"
        "20261102,101112,-3000.00,7000.00,某供应商,6222,某行,网银,转账,货款,转支\n"
        "20261103,091500,+8800.00,15800.00,某客户,6223,某行,网银,转账,货款,转存\n",
        [("2026-11-02", -3000_00), ("2026-11-03", 8800_00)],
        "某供应商",
        "gb18030",
    ),
    Layout(
        "bocom-word-for-direction",
        "交易日期,交易地点,交易方式,借贷状态,交易金额,余额,对方账号,对方户名,摘要\n"
        "2026-11-02,网上银行,转账,借 Dr,3000.00,7000.00,6222,某供应商,货款\n"
        "2026-11-03,网上银行,转账,贷 Cr,8800.00,15800.00,6223,某客户,货款\n",
        [("2026-11-02", -3000_00), ("2026-11-03", 8800_00)],
        "某客户",
        "gb18030",
    ),
    Layout(
        "debit-and-credit-in-chinese",
        "交易明细\n序号\t交易日\t借方发生额\t贷方发生额\t账户余额\t对方名称\t摘要\n"
        "1\t2026/11/02\t3,000.00\t\t7,000.00\t某供应商\t货款\n"
        "2\t2026/11/03\t\t8,800.00\t15,800.00\t某客户\t货款\n合计\t\t3,000.00\t8,800.00\n",
        [("2026-11-02", -3000_00), ("2026-11-03", 8800_00)],
        "某客户",
        "utf-16",
    ),
    Layout(
        "revolut",
        "Type,Product,Started Date,Completed Date,Description,Amount,Fee,Currency,State,Balance\n"
        "CARD_PAYMENT,Current,2026-10-28 10:00:00,2026-10-29 09:00:00,Coffee,-3.50,0.00,EUR,"
        "COMPLETED,96.50\n"
        "TOPUP,Current,2026-11-02 10:00:00,2026-11-02 10:00:01,Top-Up,100.00,0.00,EUR,"
        "COMPLETED,196.50\n",
        [("2026-10-29", -3_50), ("2026-11-02", 100_00)],
        "Coffee",
    ),
    Layout(
        "french",
        "Date;Libellé;Débit euros;Crédit euros\n"
        '28/10/2026;"LOYER BUREAU";1 250,00;\n02/11/2026;"VIREMENT CLIENT";;3 400,50\n',
        [("2026-10-28", -1250_00), ("2026-11-02", 3400_50)],
        "LOYER BUREAU",
        "latin-1",
    ),
    Layout(
        "amounts-with-dr-and-cr",
        "Txn Date,Value Date,Description,Ref No.,Amount,Balance\n"
        '28 Oct 2026,28 Oct 2026,RENT,1,"1,250.00 DR","8,750.00 CR"\n'
        '2 Nov 2026,2 Nov 2026,CUSTOMER,2,"3,400.50 CR","12,150.50 CR"\n',
        [("2026-10-28", -1250_00), ("2026-11-02", 3400_50)],
        "RENT",
    ),
    Layout(
        "postal-savings-bank-one-character-for-direction",
        "交易日期,交易时间,币种,交易金额,收/付,余额,对方户名,对方账号,摘要\n"
        "20261102,101112,CNY,3000.00,付,7000.00,某供应商,6222,货款\n"
        "20261103,101112,CNY,8800.00,收,15800.00,某客户,6222,货款\n",
        [("2026-11-02", -3000_00), ("2026-11-03", 8800_00)],
        "某供应商",
        "gb18030",
    ),
    Layout(
        "discover-positive-is-spending",
        "Trans. Date,Post Date,Description,Amount,Category\n"
        "10/28/2026,10/28/2026,SHOP,12.50,Merchandise\n"
        "10/29/2026,10/29/2026,OTHER SHOP,20.50,Merchandise\n"
        "11/02/2026,11/02/2026,DIRECTPAY FULL BALANCE,-900.00,Payments and Credits\n",
        [("2026-10-28", -12_50), ("2026-10-29", -20_50), ("2026-11-02", 900_00)],
        "OTHER SHOP",
    ),
    Layout(
        "apple-card-purchases-by-word",
        "Transaction Date,Clearing Date,Description,Merchant,Category,Type,Amount (USD)\n"
        "10/28/2026,10/29/2026,SHOP,Shop,Other,Purchase,12.50\n"
        "11/02/2026,11/03/2026,ACH DEPOSIT,Ach,Payment,Payment,-900.00\n",
        [("2026-10-28", -12_50), ("2026-11-02", 900_00)],
        "Shop",
    ),
    Layout(
        "japanese-columns",
        "日付,摘要,摘要内容,支払い金額,預かり金額,差引残高\n"
        "2026/10/28,カード,店,1250,,98750\n2026/11/2,振込,客,,90000,188750\n",
        [("2026-10-28", -1250_00), ("2026-11-02", 90000_00)],
        "カード",
    ),
    Layout(
        "indian-groups-of-two",
        "Txn Date,Value Date,Description,Ref No./Cheque No.,        Debit,Credit,Balance\n"
        '28 Oct 2026,28 Oct 2026,TO RENT,,"1,00,000.00", ,"2,34,567.89"\n'
        '2 Nov 2026,2 Nov 2026,BY CUSTOMER,, ,"50,000.00","2,84,567.89"\n',
        [("2026-10-28", -100_000_00), ("2026-11-02", 50_000_00)],
        "TO RENT",
    ),
    Layout(
        "no-header-at-all",
        '10/28/2026,-45.10,"*","","POWER COMPANY"\n11/02/2026,1500.00,"*","","CUSTOMER"\n',
        [("2026-10-28", -45_10), ("2026-11-02", 1500_00)],
        "POWER COMPANY",
    ),
)


def rows_of(reading: Reading) -> Rows:
    return [(each.day.isoformat(), each.change) for each in reading.rows]


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.name)
def test_an_unknown_layout_needs_no_correction(layout: Layout) -> None:
    reading = read_statement(layout.text.encode(layout.encoding)).reading
    assert rows_of(reading) == layout.rows
    assert reading.refused == ()
    assert any(layout.says in f"{each.counterparty} {each.text}" for each in reading.rows)


def test_a_spreadsheet_of_numbers_and_days_is_read_like_text() -> None:
    file = BytesIO()
    with xlsxwriter.Workbook(file) as book:
        book.add_worksheet("Notes").write(0, 0, "Not this one")
        sheet = book.add_worksheet("Rows")
        sheet.write_row(2, 0, ["Posting date", "Details", "Amount"])
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet.write_datetime(3, 0, date(2026, 10, 28), day)
        sheet.write_row(3, 1, ["Rent", -1250])
        sheet.write_datetime(4, 0, date(2026, 11, 2), day)
        sheet.write_row(4, 1, ["Customer", 3400.5])
    reading = read_statement(file.getvalue()).reading
    assert rows_of(reading) == [("2026-10-28", -1250_00), ("2026-11-02", 3400_50)]
    assert [each.line for each in reading.rows] == [4, 5]


def test_days_that_nothing_proves_are_told_as_unsure() -> None:
    text = "Date,Description,Amount\n03/04/2026,Rent,-10.00\n05/06/2026,Rent,-10.00\n"
    guess = read_statement(text.encode()).guess
    assert guess is not None
    assert guess.unsure == ("days",)


def test_a_point_before_three_figures_divides_thousands_where_there_are_two_decimals() -> None:
    text = "Date;Description;Amount\n2026-03-14;Rent;-1.234\n2026-03-15;Rent;-1\n"
    assert rows_of(read_statement(text.encode()).reading) == [
        ("2026-03-14", -1234_00),
        ("2026-03-15", -1_00),
    ]


def test_an_unknown_word_for_the_direction_is_an_error_and_not_income() -> None:
    """Firefly's trap: whatever word it does not know counts as money in."""
    text = "Date,Type,Amount,Description\n" + "".join(
        f"2026-03-{day:02},{word},10.00,Shop\n"
        for day, word in enumerate(("Debit", "Credit", "Debit", "Zorg"), start=10)
    )
    reading = read_statement(text.encode()).reading
    assert rows_of(reading) == [
        ("2026-03-10", -10_00),
        ("2026-03-11", 10_00),
        ("2026-03-12", -10_00),
    ]
    assert "Zorg" in str(reading.refused[0].reason)


@pytest.mark.parametrize(
    ("cell", "minor"),
    [
        ("(1,234.50)", -1234_50),
        ("12.00-", -12_00),
        ("\u221212.00", -12_00),
        ("¥28.16", 28_16),
        ("￥1,234.56", 1234_56),
        ("110.7", 110_70),
        ("1 234.50", 1234_50),
        ("１２．５０", 12_50),
        ("-USD 5.00", -5_00),
    ],
)
def test_amounts_are_read_as_banks_print_them(cell: str, minor: int) -> None:
    text = f'Date,Description,Amount\n2026-03-14,Shop,"{cell}"\n2026-03-15,Shop,-1.00\n'
    assert rows_of(read_statement(text.encode()).reading)[0] == ("2026-03-14", minor)


@pytest.mark.parametrize("cell", ["1e999", "NaN", "1,23", "12.345", "1.2.3", "9" * 30, "abc1"])
def test_what_is_no_amount_is_refused_with_its_line(cell: str) -> None:
    text = f'Date,Description,Amount\n2026-03-14,Shop,-1.00\n2026-03-15,Shop,"{cell}"\n'
    more = "".join(f"2026-03-{day},Shop,-1.00\n" for day in range(16, 28))
    reading = read_statement((text + more).encode()).reading
    assert [each.line for each in reading.refused] == [3]
    assert len(reading.rows) == 13
