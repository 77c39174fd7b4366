"""Words by which banks of many countries head their columns."""

import re
from typing import NamedTuple


class Heads(NamedTuple):
    """What heads one kind of column: whole headings, and words that may stand within one."""

    whole: frozenset[str]
    within: re.Pattern[str]


def _heads(whole: str, within: str) -> Heads:
    return Heads(frozenset(whole.split("|")), re.compile(within))


ROLES = {
    "day": _heads(
        "date|日期|交易日期|交易时间|交易日|时间|记账日期|记账日|buchungstag|buchungsdatum|datum|fecha|data|"
        "transactiondate|transdate|transactiondate(utc)|dateoperation|datedopération|发生日期|日付|"
        "入账日期|valuedate|postingdate|posteddate|bookingdate|completeddate|dateposted|dato|dag|"
        "取引日|お取引日|年月日|交易日期時間",
        r"日期|交易时间|date|datum|fecha|时间|時間|日付|取引日|data(?!l)|buchungstag",
    ),
    "incoming": _heads(
        "credit|deposit|deposits|moneyin|paidin|收入|存入|贷方|收入金额|贷方发生额|贷方金额|存入金额|haben|"
        "gutschrift|crédit|abono|abonos|ingresos|haber|avere|entrate|bij|creditamount|转入金额|in|"
        "入金|お預り金額|預かり金額|預り金額|amountin|receipts|入账金额(收入)|收入(元)|收入金额(元)|贷方发生额(元)|存款|inflow|"
        "存款金額|存入金額|收入金額|貸方金額|crédito",
        r"收入|存入|存款|贷方|貸方|转入|入金|crédito|credit(?!card|or|limit|line)|deposit|moneyin|paidin|haben|gutschrift"
        r"|crédit|abono|ingreso|entrat|(?<!amount)inflow",
    ),
    "outgoing": _heads(
        "debit|withdrawal|withdrawals|moneyout|paidout|支出|支取|借方|支出金额|借方发生额|借方金额|soll|"
        "lastschrift|débit|cargo|cargos|gastos|debe|dare|uscite|af|debitamount|转出金额|out|出金|取款|"
        "お引出し金額|支払い金額|お支払金額|支払金額|amountout|payments|支出(元)|支出金额(元)|借方发生额(元)|"
        "outflow|提款|提款金額|支出金額|débito",
        r"支出|支取|提款|借方|转出|(?<!入)出金|débito|debit(?!card|or)|withdraw|moneyout|paidout|soll|lastschrift|débit"
        r"|cargo|gasto|uscit|outflow",
    ),
    "amount": _heads(
        "amount|金额|交易金额|发生额|交易额|betrag|umsatz|montant|importe|importo|bedrag|amount(gbp)|"
        "amount(usd)|amount(eur)|金额(元)|交易金额(元)|发生金额|交易金額|betrag(eur)|valor|bedrag(eur)|"
        "transactionamount|value|belopp|beløb|kwota|金額|入账金额|人民币金额|记账金额|"
        "入出金(円)|入出金|入出金額|billingamount|gross|brutto",
        r"金额|发生额|入出金(?!内容|先)|amount|betrag|montant|importe|importo|bedrag|umsatz|belopp|beløb|kwota|金額|valor",
    ),
    "word": _heads(
        "借贷|借贷标志|借贷标识|收/支|收支|收支类型|借贷方向|收支方向|收/付|收付|借/贷|dr/cr|debit/credit|d/c|af/bij|afbij|"
        "credit/debit|cr/dr|debit/credit|soll/haben|s/h|sens|creditdebitindicator|交易方向|direction|类型|"
        "transactiontype|type|debit_credit|crdr|drcr|收付标志|type(debit/credit)",
        r"借贷|收支|dr/cr|cr/dr|debit/credit|credit/debit|af/?bij|soll/haben|indicator|方向",
    ),
    "balance": _heads(
        "balance|余额|账户余额|联机余额|本次余额|saldo|solde|runningbalance|closingbalance|可用余额|帐户余额|"
        "余额(元)|账户余额(元)|saldonachbuchung|残高|餘額|卡余额",
        r"余额|balance|saldo|solde|残高|餘額",
    ),
    "counterparty": _heads(
        "payee|name|merchant|对方户名|交易对方|对手信息|对方名称|对方账户名称|收款人|对方|对手户名|对方姓名|"
        "begünstigter/zahlungspflichtiger|auftraggeber/empfänger|empfänger|zahlungsempfänger*in|beneficiary|"
        "name/description|naam/omschrijving|naamtegenpartij|counterparty|merchantname|商户名称|对方户名/账号|"
        "payee/payer|customername|beneficiario|tegenpartij|counterpartyname|partnername|名义|商户",
        r"^(?!.*(账号|卡号|帳號|iban|bic|number)).*(对方.{0,2}(户名|名称|姓名)|对手|交易对方|方名称|payee|merchant|beneficiar|empfänger|begünstigter|"
        r"counterparty|tegenpartij|zahlungspflichtiger|zahlungsbeteiligt|商户|对方单位|對方|auftraggeber)",
    ),
    "text": _heads(
        "description|摘要|交易摘要|备注|附言|memo|details|narrative|reference|用途|verwendungszweck|buchungstext|"
        "libellé|concepto|descrizione|omschrijving|mededelingen|transactiondescription|particulars|交易说明|"
        "交易地点|交易场所|客户摘要|说明|notes|causale|descripción|交易类型|交易名称|text|remarks|摘要说明|适用|"
        "title|descrição|histórico|lançamento|交易說明|說明|備註|内容|入出金内容|お取引内容|お取り扱い内容",
        r"摘要|备注|備註|附言|用途|说明|說明|内容|histórico|descri|memo|detail|narrat|referen|verwendung|libell|concept|omschrijving"
        r"|mededeling|particular|note|remark|causale|buchungstext|地点|场所",
    ),
    "id": _heads(
        "交易流水号|流水号|交易号|交易订单号|transactionid|fitid|referencenumber|凭证号|id|交易单号|日志号|"
        "transactionreference|核心流水号|主机流水号|流水|txnid|transactionno|transactionnumber",
        r"流水号|订单号|交易号|transactionid|交易单号",
    ),
    "currency": _heads(
        "currency|币种|币别|货币|交易币种|währung|devise|divisa|valuta|moneda|waehrung|通貨|currencycode",
        r"币种|币别|货币|currency|währung|waehrung|devise|divisa",
    ),
    "account": _heads(
        "account|accountnumber|auftragskonto|ibanauftragskonto|rekening|卡号|账号|本方账号|卡号末四位|iban",
        r"本方.{0,2}账号|auftragskonto",
    ),
    "time": _heads("time|交易时刻|交易时间|时间|uhrzeit|heure|hora", r"^time$|时刻|交易时间"),
    "source": _heads("paymentmethod|支付方式|收/付款方式|付款方式|资金渠道", r"支付方式|付款方式"),
    "status": _heads("status|state|交易状态|状态|当前状态", r"状态|狀態|^status|status$|^state$"),
}
"""In the order in which columns are given away."""


def _words(words: str) -> frozenset[str]:
    return frozenset(words.split())


OUT_WORDS = _words(
    "out d dr debit dbit debet af s soll withdrawal payment purchase sale cargo débit debito uit "
    "ausgabe lastschrift spese 支出 支 借 借方 支取 转出 出账 出 消费 付 付款 取款 出金 dt 借dr"
)
IN_WORDS = _words(
    "in c cr credit crdt bij h haben deposit abono crédit credito avere einnahme gutschrift "
    "收入 收 贷 贷方 存入 转入 入账 入 退款 收款 存款 入金 ct 贷cr"
)
"""What a column says of a row's direction; a word that is in neither is refused."""
