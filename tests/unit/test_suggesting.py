"""What statements suggest: for an empty book, and better of what a book has."""

import itertools
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from backstop.domain import (
    Account,
    Book,
    Bought,
    CashFlow,
    Direction,
    Facility,
    RepaymentMethod,
    Repeat,
    Statements,
)
from backstop.domain.statements import NOTHING_KEPT, edited
from backstop.services.statements import look_at, take_in
from backstop.services.suggesting import Suggestion, SuggestionKind, suggestions, taken

DATA = Path(__file__).parents[1] / "importers" / "data"
TODAY = date(2026, 11, 3)
BANK = "交易日期,摘要,收入,支出,余额,对方户名\n"
WALLET = (
    "交易时间,交易分类,交易对方,对方账号,商品说明,收/支,金额,收/付款方式,交易状态,"
    "交易订单号,商家订单号,备注,\n"
)


def empty(**fields: object) -> Book:
    return Book(title="New", as_of=TODAY, currency="CNY").changed(**fields)


def keeping(book: Book, data: bytes, name: str = "bank.csv", account: str = "") -> Statements:
    preview = look_at(data, name, book, NOTHING_KEPT, account=account)
    return edited(NOTHING_KEPT, take_in(book, preview, TODAY).statements)


def month(number: int, day: int) -> date:
    """A day of the months up to October 2026, counted from November 2025."""
    year, at = divmod(2025 * 12 + 10 + number, 12)
    return date(year, at + 1, day)


def bank_year() -> bytes:
    """Wages, rent, power that varies, and a shop now and then, with balances."""
    rows: list[tuple[date, int, str]] = []
    for number in range(12):
        rows.append((month(number, 10), 9_000_00, "某公司"))
        rows.append((month(number, 5), -2_500_00, "某房东"))
        rows.append((month(number, 15), -(180_00 + number * 17 % 60 * 100), "电力公司"))
    rows += [(month(n % 12, 1 + n * 7 % 27), -(12_00 + n * 131 % 90_00), "超市") for n in range(40)]
    balance, lines = 3_000_00, []
    for day, change, name in sorted(rows):
        balance += change
        sides = f"{change / 100:.2f}," if change > 0 else f",{-change / 100:.2f}"
        lines.append(f"{day},转账消费,{sides},{balance / 100:.2f},{name}")
    return (BANK + "\n".join(lines) + "\n").encode()


def all_taken(book: Book, kept: Statements) -> tuple[Book, list[Suggestion]]:
    """The book with one suggestion after the other taken, until there are no more."""
    found: list[Suggestion] = []
    for _ in range(30):
        now = [each for each in suggestions(book, kept, TODAY) if each.record is not None]
        if not now:
            return book, found
        change = taken(book, now[0])
        assert change is not None
        found.append(now[0])
        book = change.after
    raise AssertionError("the same is suggested again and again")


def test_a_book_is_built_from_nothing_by_a_year_of_one_statement() -> None:
    kept = keeping(empty(), bank_year())
    book, _ = all_taken(empty(), kept)
    [account] = book.accounts
    assert (account.name, account.balance_date) == ("bank", max(each.day for each in kept.rows))
    assert account.balance == kept.rows[-1].balance
    assert {(each.name, each.amount, each.first_date.day) for each in book.cash_flows} >= {
        ("某公司", 9_000_00, 10),
        ("某房东", 2_500_00, 5),
    }
    assert {each.name for each in book.cash_flows} == {"某公司", "某房东", "电力公司"}
    assert all(each.first_date >= TODAY for each in book.cash_flows)


def wallet_rows() -> Iterator[str]:
    number = itertools.count()
    for at in range(12):
        for day, who, amount, way, kind, status in (
            (12, "视频会员", "25.00", "花呗", "支出", "交易成功"),
            (6 + at % 20, "超市", f"{60 + at * 7}.00", "花呗", "支出", "交易成功"),
            (9, "花呗", "85.00", "招商银行储蓄卡(8705)", "不计收支", "还款成功"),
        ):
            text = "花呗主动还款" if status == "还款成功" else "商品"
            yield (f"{month(at, day)} 08:00:00,日用,{who},/,{text},{kind},{amount},{way},"
                   f"{status},{next(number):06},,,")  # fmt: skip


def test_lines_and_accounts_that_a_wallet_names_are_made_with_what_is_known_of_them() -> None:
    data = (WALLET + "\n".join(wallet_rows()) + "\n").encode("gb18030")
    kept = keeping(empty(), data, "alipay.csv")
    book, found = all_taken(empty(), kept)
    assert [each.kind for each in found][:3] == [
        SuggestionKind.ACCOUNT,
        SuggestionKind.ACCOUNT,
        SuggestionKind.LINE,
    ]
    assert [each.name for each in book.accounts] == ["招商银行储蓄卡(8705)", "支付宝"]
    [line] = book.facilities
    assert (line.name, line.statement_day, line.purchases_only) == ("花呗", 1, True)
    assert line.limit == line.balance == 25_00 + 137_00  # bought in October, after the last bill
    assert line.unbilled == ()  # it is on November's statement
    assert [each.next_due for each in line.tranches] == [date(2026, 11, 10)]
    assert [(each.name, each.through) for each in book.cash_flows] == [("视频会员", line.id)]


def test_the_files_of_wallets_suggest_their_lines() -> None:
    for name, lines in (
        ("alipay_app_2025plus_credit_rows_gb18030.csv", {"花呗", "借呗", "网商贷"}),
        ("deg_wechat_csv_2019_2024.csv", set()),
    ):
        kept = keeping(empty(), (DATA / name).read_bytes(), name)
        book, _ = all_taken(empty(), kept)
        owed = {each.name: each.balance for each in book.facilities}
        assert lines <= owed.keys()
        if lines:
            assert owed == {"花呗": 318_20, "借呗": 7420_00, "网商贷": 0}
        assert book.accounts
        assert all(each.last_verified is None for each in book.facilities)


def flow(name: str, amount: int, day: int, *, receipt: bool = False) -> CashFlow:
    direction = Direction.RECEIPT if receipt else Direction.PAYMENT
    return CashFlow(id="flow", name=name, direction=direction, amount=amount,
                    first_date=date(2026, 11, day), repeat=Repeat.MONTHS)  # fmt: skip


def suggested(book: Book, data: bytes) -> list[Suggestion]:
    kept = keeping(book, data)
    return [e for e in suggestions(book, kept, TODAY) if e.kind is not SuggestionKind.ACCOUNT]


def rows(*payments: tuple[date, str, int]) -> bytes:
    lines = (
        f"{day},消费,{f'{change / 100},' if change > 0 else f',{-change / 100}'},,{name}"
        for day, name, change in payments
    )
    return (BANK + "\n".join(lines) + "\n").encode()


def test_a_rent_that_was_raised_is_another_amount_and_no_second_rent() -> None:
    data = rows(*((month(n, 5), "某房东", -2_500_00 if n < 6 else -3_200_00) for n in range(12)))
    [found] = suggested(empty().put(flow("某房东", 2_500_00, 5)), data)
    assert found.kind is SuggestionKind.AMOUNT
    assert isinstance(found.record, CashFlow)
    assert found.record.amount == 3_200_00


def test_a_bill_that_varies_gets_its_middle_amount() -> None:
    data = rows(*((month(n, 15), "电力公司", -(300_00 + n * 23 % 70 * 100)) for n in range(12)))
    [found] = suggested(empty().put(flow("电力公司", 150_00, 15)), data)
    assert isinstance(found.record, CashFlow)
    assert 300_00 <= found.record.amount <= 370_00


def test_a_customer_who_pays_late_is_known_by_how_late() -> None:
    days = (9, 12, 8, 14, 11, 10, 12, 13, 9, 12, 11, 12)
    data = rows(*((month(n, day), "某客户", 4_000_00) for n, day in enumerate(days)))
    [found] = suggested(empty().put(flow("某客户", 4_000_00, 1, receipt=True)), data)
    assert found.kind is SuggestionKind.LATENESS
    assert isinstance(found.record, CashFlow)
    assert found.record.usual_lateness_days == 11
    prompt = empty().put(found.record)
    assert suggested(prompt, data) == []


def test_what_was_bought_since_the_last_statement_is_suggested_for_a_known_line() -> None:
    line = Facility(
        id="huabei", name="Huabei", limit=5_000_00, purchases_only=True, statement_day=28,
        due_day=9, method=RepaymentMethod.STATEMENT_CYCLE,
    )  # fmt: skip
    bought = [*wallet_rows(), "2026-10-30 08:00:00,日用,超市,/,菜,支出,42.00,花呗,交易成功,9,,,"]
    data = (WALLET + "\n".join(bought) + "\n").encode()
    found = [e for e in suggested(empty().put(line), data) if e.kind is SuggestionKind.USED]
    assert len(found) == 1
    assert isinstance(found[0].record, Facility)
    assert found[0].record.unbilled == (Bought(day=date(2026, 10, 30), amount=42_00),)


def test_the_same_file_read_again_adds_nothing_whatever_account_is_said_then() -> None:
    """Its rows were compared within the account that was said, and came in twice."""
    book = empty(accounts=(Account(id="till", name="Till"),))
    for first, second in (("", "till"), ("till", "")):
        kept = keeping(book, bank_year(), account=first)
        again = look_at(bank_year(), "bank.csv", book, kept, account=second)
        assert (len(again.new), again.known) == (0, len(kept.rows))


def test_a_rule_begins_no_earlier_than_the_book() -> None:
    kept = keeping(empty(), bank_year())
    later = empty(as_of=TODAY + timedelta(days=5))
    flows = [e.record for e in suggestions(later, kept, TODAY) if isinstance(e.record, CashFlow)]
    assert flows
    assert all(each.first_date >= TODAY for each in flows)
