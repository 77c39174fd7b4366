"""Never twice, and never one too few. Each test is named after what goes wrong elsewhere."""

from itertools import permutations
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from backstop.importers import Nature, Reading, read_statement
from backstop.importers.assigning import assigned
from backstop.importers.digests import scope_of, sifted
from backstop.importers.pairs import Bond, Pair, Placed, pairs_among
from backstop.importers.rows import Row
from examples import times

DATA = Path(__file__).parent / "data"
ALIPAY = (
    "交易时间,交易分类,交易对方,对方账号,商品说明,收/支,金额,收/付款方式,交易状态,"
    "交易订单号,商家订单号,备注,\n"
)
BANK = "交易日期,摘要,收入,支出,余额,对方户名\n"


def bank(*rows: str) -> Reading:
    return read_statement((BANK + "\n".join(rows) + "\n").encode()).reading


def alipay(*rows: str) -> Reading:
    return read_statement((ALIPAY + "\n".join(rows) + "\n").encode()).reading


def added_by(reading: Reading, known: set[str], account: str = "main") -> list[Row]:
    found = sifted(reading.rows, scope_of(reading, account), known)
    known |= {each.digest for each in found.new}
    return [each.row for each in found.new]


def test_the_same_file_again_adds_nothing() -> None:
    for file in sorted(DATA.iterdir()):
        if file.suffix in (".csv", ".xls", ".ofx", ".qif"):
            known: set[str] = set()
            reading = read_statement(file.read_bytes()).reading
            assert len(added_by(reading, known)) == len(reading.rows) - len(reading.apart)
            assert added_by(reading, known) == []


def test_two_equal_payments_on_one_day_stay_two() -> None:
    coffee = "2026-03-14,消费,,5.00,,咖啡店"
    assert len(added_by(bank(coffee, coffee), set())) == 2


def test_an_overlapping_file_adds_what_is_new_and_a_third_equal_payment_is_new() -> None:
    coffee, bread = "2026-03-14,消费,,5.00,,咖啡店", "2026-03-13,消费,,8.00,,面包店"
    known: set[str] = set()
    added_by(bank(bread, coffee, coffee), known)
    assert len(added_by(bank(coffee, coffee, coffee), known)) == 1
    assert added_by(bank(bread, coffee, coffee, coffee), known) == []


def test_a_number_that_a_bank_uses_again_hides_no_payment() -> None:
    entry = "<STMTTRN><DTPOSTED>202603{}<TRNAMT>-5.00<FITID>7<NAME>Shop</STMTTRN>"
    text = "<OFX><ACCTID>1" + entry.format("14") + entry.format("15") + "</OFX>"
    assert len(added_by(read_statement(text.encode()).reading, set())) == 2


def test_a_number_of_another_account_hides_no_payment() -> None:
    entry = "<STMTTRN><DTPOSTED>20260314<TRNAMT>-5.00<FITID>7<NAME>Shop</STMTTRN>"
    text = f"<OFX><ACCTID>1{entry}<ACCTID>2{entry}</OFX>"
    assert len(added_by(read_statement(text.encode()).reading, set())) == 2


def test_what_was_pending_is_new_once_it_is_paid() -> None:
    row = "2026-03-14 10:00:00,日用百货,店,/,货,支出,5.00,花呗,{},77\t,\t,,"
    known: set[str] = set()
    assert added_by(alipay(row.format("等待付款")), known) == []
    assert len(added_by(alipay(row.format("交易成功")), known)) == 1


def test_a_file_saved_again_by_a_spreadsheet_adds_nothing() -> None:
    row = "{},日用百货,店,/,货,支出,5.00,花呗,交易成功,77{},\t,,"
    known: set[str] = set()
    added_by(alipay(row.format("2026-03-14 10:00:05", "\t")), known)
    assert added_by(alipay(row.format("2026/3/14 10:00", "")), known) == []


def test_a_corrected_name_of_the_counterparty_changes_no_digest_of_a_numbered_row() -> None:
    row = "2026-03-14 10:00:00,日用百货,{},/,货,支出,5.00,花呗,交易成功,77\t,\t,,"
    known: set[str] = set()
    added_by(alipay(row.format("店")), known)
    assert added_by(alipay(row.format("店（新名）")), known) == []


def placed(*readings: Reading) -> list[Placed]:
    return [
        Placed(row, reading.layout, scope_of(reading, str(number)))
        for number, reading in enumerate(readings)
        for row in reading.rows
    ]


def bonds(rows: list[Placed]) -> set[tuple[str, str, Bond]]:
    def name(pair: Pair, place: int) -> str:
        return rows[place].row.text or rows[place].row.counterparty

    return {(name(each, each.one), name(each, each.other), each.bond) for each in pairs_among(rows)}


def test_one_payment_in_wallet_and_bank_is_offered_as_a_pair_and_both_are_kept() -> None:
    wallet = alipay(
        "2026-03-14 23:50:00,餐饮美食,面馆,/,午餐,支出,25.00,银行(0001),交易成功,1\t,\t,,",
        "2026-03-14 12:00:00,餐饮美食,面馆,/,晚餐,支出,25.00,花呗,交易成功,2\t,\t,,",
    )
    found = bank("2026-03-15,消费,,25.00,,支付宝-面馆")
    rows = placed(wallet, found)
    assert len(rows) == 3
    assert bonds(rows) == {("午餐", "消费", Bond.SAME)}


def test_a_purchase_on_wallet_credit_is_no_pair_of_a_bank_row() -> None:
    wallet = alipay("2026-03-14 12:00:00,餐饮美食,面馆,/,晚餐,支出,25.00,花呗,交易成功,2\t,\t,,")
    assert bonds(placed(wallet, bank("2026-03-15,消费,,25.00,,支付宝-面馆"))) == set()


def test_a_refund_in_wallet_and_bank_is_one_refund() -> None:
    wallet = alipay(
        "2026-03-16 12:00:00,退款,店,/,退款-外套,不计收支,99.00,银行(0001),退款成功,1_R\t,\t,,"
    )
    found = bank("2026-03-17,退款,99.00,,,支付宝（中国）网络技术有限公司")
    [pair] = pairs_among(placed(wallet, found))
    assert pair.bond is Bond.SAME


def test_a_repayment_of_credit_in_wallet_and_bank_is_one_repayment() -> None:
    wallet = alipay(
        "2026-03-09 18:00:00,信用借还,花呗,/,花呗主动还款-2026年03月账单,不计收支,500.00,"
        "银行(0001),还款成功,1\t,\t,,"
    )
    [pair] = pairs_among(placed(wallet, bank("2026-03-09,快捷支付,,500.00,,支付宝-花呗")))
    assert pair.bond is Bond.SAME


def test_a_transfer_between_own_accounts_is_neither_income_nor_spending() -> None:
    one = bank("2026-03-14,本人转账,,300.00,,户主")
    other = bank("2026-03-15,汇入,300.00,,,户主")
    assert {each.bond for each in pairs_among(placed(one, other))} == {Bond.TRANSFER}


def test_a_friend_who_pays_back_is_asked_about_and_not_taken_for_a_transfer() -> None:
    one = bank("2026-03-14,转账,,300.00,,朋友甲")
    other = bank("2026-03-15,汇入,300.00,,,朋友甲")
    assert {each.bond for each in pairs_among(placed(one, other))} == {Bond.MAYBE}
    assert {each.nature for each in one.rows} == {Nature.UNSURE}


def test_equal_amounts_without_a_word_for_it_are_no_transfer() -> None:
    one = bank("2026-03-14,消费,,300.00,,商店")
    other = bank("2026-03-15,工资,300.00,,,公司")
    assert pairs_among(placed(one, other)) == []


def test_two_equal_transfers_each_find_their_own() -> None:
    one = bank("2026-03-14,本人转账,,300.00,,户主", "2026-03-16,本人转账,,300.00,,户主")
    other = bank("2026-03-15,汇入,300.00,,,户主", "2026-03-17,汇入,300.00,,,户主")
    rows = placed(one, other)
    days = {
        (rows[each.one].row.day.day, rows[each.other].row.day.day) for each in pairs_among(rows)
    }
    assert days == {(14, 15), (16, 17)}


def test_a_row_far_away_in_days_is_no_pair() -> None:
    one = bank("2026-03-10,本人转账,,300.00,,户主")
    other = bank("2026-03-14,汇入,300.00,,,户主")
    assert pairs_among(placed(one, other)) == []


def test_refunds_of_one_payment_never_add_up_to_more_than_it() -> None:
    """Part refunds, several of one payment; the last one finds no payment any more."""
    rows = alipay(
        *(
            f"2026-03-1{day} 12:00:00,退款,店,/,退款,不计收支,40.00,花呗,退款成功,9_{day}\t,M\t,,"
            for day in (7, 6, 5)
        ),
        "2026-03-14 12:00:00,服饰装扮,店,/,外套,支出,99.00,花呗,交易成功,9\t,M\t,,",
    ).rows
    assert [each.undoes for each in rows] == [0, 5, 5, 0]


@times(1)
@given(
    st.dictionaries(st.tuples(st.integers(0, 3), st.integers(0, 3)), st.integers(0, 30), min_size=1)
)
def test_no_other_assignment_is_larger_or_as_large_and_cheaper(
    costs: dict[tuple[int, int], int],
) -> None:
    found = assigned(costs)
    assert len(set(found.values())) == len(found)
    best = (0, 0)
    for order in set(permutations([*range(4), *[-1] * 4], 4)):
        pairs = [each for each in enumerate(order) if each in costs]
        best = max(best, (len(pairs), -sum(costs[each] for each in pairs)))
    assert (len(found), -sum(costs[each] for each in found.items())) == best
