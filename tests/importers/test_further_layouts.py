"""Further banks that nobody described, tried after the guessing was written: each was read as it
came, without looking at what failed for the ones before. Headings as banks' users quote them; names
and figures are made up.
"""

import pytest

from backstop.importers import Standing, read_statement
from importers.test_guessing import Layout, rows_of

LAYOUTS = (
    Layout(
        "sparkasse-camt",
        '"Auftragskonto";"Buchungstag";"Valutadatum";"Buchungstext";"Verwendungszweck";'
        '"Glaeubiger ID";"Mandatsreferenz";"Kundenreferenz (End-to-End)";"Sammlerreferenz";'
        '"Lastschrift Ursprungsbetrag";"Auslagenersatz Ruecklastschrift";'
        '"Beguenstigter/Zahlungspflichtiger";"Kontonummer/IBAN";"BIC (SWIFT-Code)";"Betrag";'
        '"Waehrung";"Info"\n'
        '"DE00";"05.03.26";"05.03.26";"KARTENZAHLUNG";"Einkauf 7";"";"";"";"";"";"";"Tankstelle";'
        '"DE99";"HELADEFF";"-50,01";"EUR";"Umsatz gebucht"\n'
        '"DE00";"16.03.26";"16.03.26";"GUTSCHRIFT";"Rechnung 9";"";"";"";"";"";"";"Käufer";"DE98";'
        '"HELADEFF";"1.250,00";"EUR";"Umsatz gebucht"\n',
        [("2026-03-05", -50_01), ("2026-03-16", 1250_00)],
        "Tankstelle",
        "cp1252",
    ),
    Layout(
        "volksbank",
        "Bezeichnung Auftragskonto;IBAN Auftragskonto;BIC Auftragskonto;Bankname Auftragskonto;"
        "Buchungstag;Valutadatum;Name Zahlungsbeteiligter;IBAN Zahlungsbeteiligter;"
        "BIC (SWIFT-Code) Zahlungsbeteiligter;Buchungstext;Verwendungszweck;Betrag;Waehrung;"
        "Saldo nach Buchung;Bemerkung;Gekennzeichneter Umsatz;Glaeubiger ID;Mandatsreferenz\n"
        "Konto;DE68;GENODES;Bank;09.03.2026;09.03.2026;Vermieter;DE92;GENODES;Dauerauftrag;Miete;"
        "-24,15;EUR;260,00;;;;\n"
        "Konto;DE68;GENODES;Bank;13.03.2026;13.03.2026;Kunde;DE93;GENODES;Gutschrift;Rechnung;"
        "100,00;EUR;360,00;;;;\n",
        [("2026-03-09", -24_15), ("2026-03-13", 100_00)],
        "Vermieter",
    ),
    Layout(
        "dkb-after-lines-of-its-own",
        '"Girokonto";"DE00111100000000000001"\n\n"Kontostand vom 03.10.2026:";"1.721,97 €"\n""\n'
        '"Buchungsdatum";"Wertstellung";"Status";"Zahlungspflichtige*r";"Zahlungsempfänger*in";'
        '"Verwendungszweck";"Umsatztyp";"IBAN";"Betrag (€)";"Gläubiger-ID";"Mandatsreferenz";'
        '"Kundenreferenz"\n'
        '"05.10.26";"05.10.26";"Gebucht";"Inhaber";"Stromwerk";"Abschlag";"Ausgang";"NL00";"-380";'
        '"";"";""\n'
        '"02.10.26";"02.10.26";"Gebucht";"Firma";"Inhaber";"Lohn";"Eingang";"DE70";"3.283,3";"";"";'
        '"R1"\n',
        [("2026-10-05", -380_00), ("2026-10-02", 3283_30)],
        "Stromwerk",
    ),
    Layout(
        "monzo-amount-and-two-columns",
        "Transaction ID,Date,Time,Type,Name,Emoji,Category,Amount,Currency,Local amount,"
        "Local currency,Notes and #tags,Address,Receipt,Description,Category split,Money Out,"
        "Money In\n"
        "tx_1,15/10/2026,02:09:11,Card payment,Grocer,,Eating out,-3.21,GBP,-61000.00,IDR,lunch,,,"
        "GROCER LONDON,,-3.21,\n"
        "tx_2,05/11/2026,09:00:00,Faster payment,Employer,,Income,2500.00,GBP,2500.00,GBP,,,,PAY,,,"
        "2500.00\n",
        [("2026-10-15", -3_21), ("2026-11-05", 2500_00)],
        "Grocer",
    ),
    Layout(
        "starling",
        "Date,Counter Party,Reference,Type,Amount (GBP),Balance (GBP),Spending Category,Notes\n"
        "03/06/2026,Video Shop,VIDEO.COM,CARD,-10.99,1210.44,ENTERTAINMENT,\n"
        "25/07/2026,Grocer,GROCER 2,CARD,-22.80,1187.64,GROCERIES,\n",
        [("2026-06-03", -10_99), ("2026-07-25", -22_80)],
        "Video Shop",
    ),
    Layout(
        "hsbc-hong-kong",
        "Date,Value date,Billing currency,Billing amount,Balance,Description\n"
        "05/01/2026,05/01/2026,HKD,-100.00,1000.00,PAYMENT\n"
        "16/01/2026,16/01/2026,HKD,500.00,1500.00,ATM DEPOSIT\n",
        [("2026-01-05", -100_00), ("2026-01-16", 500_00)],
        "ATM DEPOSIT",
    ),
    Layout(
        "us-credit-union",
        "Transaction ID,Posting Date,Effective Date,Transaction Type,Amount,Check Number,"
        "Reference Number,Description,Transaction Category,Type,Balance,Memo,Extended Description\n"
        "TXN001,01/15/2026,01/15/2026,Debit,-50.00,,12345,Grocery Store,Food,POS,1000.00,,Store 9\n"
        "TXN003,01/17/2026,01/17/2026,Credit,1500.00,,12347,Payroll,Income,Deposit,2500.00,,\n",
        [("2026-01-15", -50_00), ("2026-01-17", 1500_00)],
        "Grocery Store",
    ),
    Layout(
        "navy-federal-by-indicator",
        "Posting Date,Transaction Date,Amount,Credit Debit Indicator,type,Type Group,Reference,"
        "Instructed Currency,Currency Exchange Rate,Instructed Amount,Description,Category,"
        "Check Serial Number,Card Ending\n"
        "10/28/2026,10/27/2026,45.10,Debit,POS,Purchase,R1,USD,1,45.10,POWER COMPANY,Bills,,1234\n"
        "11/02/2026,11/02/2026,1500,Credit,ACH,Deposit,R2,USD,1,1500,EMPLOYER,Income,,1234\n",
        [("2026-10-28", -45_10), ("2026-11-02", 1500_00)],
        "POWER COMPANY",
    ),
    Layout(
        "nubank-account",
        "Data,Valor,Identificador,Descrição\n"
        "01/02/2026,-81.69,697f772d,Pagamento de fatura\n"
        "16/02/2026,4023.27,69856822,Transferência recebida pelo Pix\n",
        [("2026-02-01", -81_69), ("2026-02-16", 4023_27)],
        "Pagamento de fatura",
    ),
    Layout(
        "nubank-card",
        "date,title,amount\n2026-02-14,Play Pass,9.90\n2026-02-13,Lanches,9.00\n"
        "2026-02-01,Pagamento recebido,-81.69\n",
        [("2026-02-14", -9_90), ("2026-02-13", -9_00), ("2026-02-01", 81_69)],
        "Lanches",
    ),
    Layout(
        "rakuten-bank",
        "取引日,入出金(円),取引後残高(円),入出金内容\n"
        "20260401,250000,2250000,振込 カ)ABC商事\n20260405,-12800,2237200,通信販売\n",
        [("2026-04-01", 250000_00), ("2026-04-05", -12800_00)],
        "通信販売",
        "cp932",
    ),
    Layout(
        "construction-bank-for-businesses",
        "中国建设银行\n账　　号,5300,账户名称,某公司\n"
        "交易时间,借方发生额/元(支取),贷方发生额/元(收入),余额,币种,对方户名,对方账号,对方开户机构,"
        "记账日期,摘要,备注,账户明细编号-交易流水号\n"
        "20260801 15:24:03,2100.00,0,131301.08,人民币元,某供应商,6217,某行,20260801,转账,货款,1\n"
        "20260803 09:10:11,0,5000.00,136301.08,人民币元,某客户,6218,某行,20260803,转账,,2\n",
        [("2026-08-01", -2100_00), ("2026-08-03", 5000_00)],
        "某供应商",
        "gb18030",
    ),
    Layout(
        "cathay-of-taiwan",
        "交易日期,交易說明,提款金額,存款金額,餘額\n"
        "2026/01/10,超商繳費,500,,12345.00\n2026/01/12,薪資入帳,,50000,62345.00\n",
        [("2026-01-10", -500_00), ("2026-01-12", 50000_00)],
        "超商繳費",
        "big5",
    ),
    Layout(
        "wise",
        '"TransferWise ID",Date,"Date Time",Amount,Currency,Description,"Payment Reference",'
        '"Running Balance","Exchange From","Exchange To","Exchange Rate","Payer Name",'
        '"Payee Name","Payee Account Number",Merchant,"Card Last Four Digits"\n'
        "T1,01-03-2026,01-03-2026 18:00:02.198,-61.13,EUR,Card transaction,,938.87,,,,,,,Grocer,1\n"
        "T2,15-03-2026,15-03-2026 08:00:02.198,100.00,EUR,Received,Inv 3,1038.87,,,,Client,,,,\n",
        [("2026-03-01", -61_13), ("2026-03-15", 100_00)],
        "Grocer",
    ),
)


WITHOUT_HEADINGS = (
    Layout(
        "two-columns-and-a-balance",
        "11/01/2026,0, Deposit,0,500.00,500.00\n11/02/2026,101,Check,100.00,0,400.00\n"
        "11/03/2026,0,Card,100.00,0,300.00\n11/14/2026,0,Card,100.00,0,200.00\n",
        [("2026-11-01", 500_00), *((f"2026-11-{day}", -100_00) for day in ("02", "03", "14"))],
        "Card",
    ),
    Layout(
        "the-newest-first",
        "07 Nov 2026,Bank credit,,£500.00,£980.00\n09 Oct 2026,ATM,£20.00,,£480.00\n"
        "01 Oct 2026,Shop,£10.00,,£500.00\n",
        [("2026-11-07", 500_00), ("2026-10-09", -20_00), ("2026-10-01", -10_00)],
        "ATM",
    ),
    Layout(
        "a-word-for-the-direction",
        '20261115,Shop,NL01,,IC,Af,"136,13",Incasso,Korting\n'
        '20261112,Client,NL02,2,GT,Bij,"375,00",Overschrijving,Factuur\n',
        [("2026-11-15", -136_13), ("2026-11-12", 375_00)],
        "Shop",
    ),
    Layout(
        "rows-that-begin-with-a-word-are-no-headings",
        'DEBIT,2026/12/24,"HOST 037196 SLICEHOST",($85.00)\n'
        'CHECK,2026/12/20,"CHECK 2656",($20.00)\n'
        'CREDIT,2026/12/02,"TRANSFER CREDIT",$100.00\n',
        [("2026-12-24", -85_00), ("2026-12-20", -20_00), ("2026-12-02", 100_00)],
        "SLICEHOST",
    ),
)


@pytest.mark.parametrize("layout", WITHOUT_HEADINGS, ids=lambda layout: layout.name)
def test_a_table_without_headings_is_read_by_its_cells(layout: Layout) -> None:
    """The first column of amounts was taken, and what went out counted as money in."""
    reading = read_statement(layout.text.encode(layout.encoding)).reading
    assert rows_of(reading) == layout.rows
    assert any(layout.says in f"{each.counterparty} {each.text}" for each in reading.rows)


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.name)
def test_a_further_layout_needs_no_correction(layout: Layout) -> None:
    reading = read_statement(layout.text.encode(layout.encoding)).reading
    assert rows_of(reading) == layout.rows
    assert reading.refused == ()
    assert any(layout.says in f"{each.counterparty} {each.text}" for each in reading.rows)


def test_what_is_pending_on_a_card_is_told_apart() -> None:
    text = (
        "Transaction date,Post date,Transaction status,Billing currency,Billing amount,Description,"
        "Merchant name,Country / region,Area / district\n"
        "05/01/2026,16/01/2026,POSTED,HKD,-50.00,UNIONPAY,SHOP,HK,\n"
        "16/01/2026,17/01/2026,PENDING,HKD,-20.00,WALLET,SHOP,,\n"
    )
    reading = read_statement(text.encode()).reading
    assert [each.standing for each in reading.rows] == [Standing.DONE, Standing.PENDING]
