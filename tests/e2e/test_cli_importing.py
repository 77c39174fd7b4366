"""A statement on the command line: said first, taken in when asked for, never twice."""

from datetime import date
from pathlib import Path

import pytest

from backstop.domain import Account, Book, CashFlow, Direction
from backstop.services.samples import load_sample
from backstop.services.session import BookSession, read_book
from backstop.store import BookFile
from e2e.running import Cli, assert_refused

DATA = Path(__file__).parents[1] / "importers" / "data"
ALIPAY = DATA / "alipay_app_2025plus_credit_rows_gb18030.csv"
CARD = "Date,Description,Amount\n10/28/2026,SOFTWARE COMPANY,120.00\n10/29/2026,AIRLINE,310.40\n"


@pytest.fixture
def own(tmp_path: Path) -> Path:
    path = tmp_path / "own.backstop"
    BookFile.create(path, load_sample("contractor")).close()
    return path


def rows_in(path: Path) -> int:
    with BookSession.open(path, read_only=True) as session:
        return len(session.statements().rows)


def test_without_write_nothing_is_kept(cli: Cli, own: Path) -> None:
    before = own.read_bytes()
    run = cli("import", own, ALIPAY)
    assert run.code == 0
    assert "17 rows: 16 new, 0 read before, 1 in which no money moved" in run.out
    assert "Nothing is changed yet. Add --write to do it." in run.out
    assert own.read_bytes() == before


def test_with_write_its_rows_are_kept_once_and_the_book_is_as_it_was(cli: Cli, own: Path) -> None:
    book = read_book(own)
    first = cli("import", own, ALIPAY, "--write", "--json").json
    assert (first["rows"], first["new"], first["apart"], first["written"]) == (17, 16, 1, True)
    assert (first["incoming"], first["outgoing"]) == (8800_00, 3493_20)
    again = cli("import", own, ALIPAY, "--write", "--json").json
    assert (again["new"], again["known"], again["written"]) == (0, 16, False)
    assert rows_in(own) == 16
    assert read_book(own) == book


def test_a_forgotten_statement_never_comes_in_again(cli: Cli, own: Path) -> None:
    cli("import", own, ALIPAY, "--write")
    [kept] = cli("import", own, "--json").json["kept"]
    assert (kept["name"], kept["rows"]) == (ALIPAY.name, 16)
    assert cli("import", own, "--forget", kept["key"], "--write").code == 0
    assert "This book keeps no statements." in cli("import", own).out
    assert "Nothing of it is new." in cli("import", own, ALIPAY, "--write").out
    assert rows_in(own) == 0


def test_a_table_is_read_as_the_owner_says(cli: Cli, own: Path, tmp_path: Path) -> None:
    card = tmp_path / "card.csv"
    card.write_text(CARD.replace("Amount", "Posted"), encoding="utf-8")
    said = ("--map", "amount=Posted", "--map", "sign=plus", "--map", "days=mdy")
    run = cli("import", own, card, *said, "--json").json
    assert (run["outgoing"], run["incoming"], run["refused"]) == (430_40, 0, [])


def test_what_cannot_be_said_of_a_statement_is_refused(cli: Cli, own: Path, tmp_path: Path) -> None:
    card = tmp_path / "card.csv"
    card.write_text(CARD, encoding="utf-8")
    assert_refused(cli("import", own, card, "--map", "dat=Date"), "dat=Date")
    assert_refused(cli("import", own, card, "--map", "amount=Sum"), "Sum")
    assert_refused(cli("import", own, card, "--as", "wechat"), "WeChat Pay")
    assert_refused(cli("import", own, card, "--as", "abc"), "abc")
    assert_refused(cli("import", own, card, "--account", "nowhere"), "nowhere")
    assert_refused(cli("import", own, tmp_path / "missing.csv"), "missing.csv")
    assert_refused(cli("import", own, "--forget", "nothing"), "no such statement")


def test_a_payment_in_wallet_and_bank_is_said_to_be_one(
    cli: Cli, own: Path, tmp_path: Path
) -> None:
    bank = tmp_path / "bank.csv"
    bank.write_text(
        "交易日期,摘要,收入,支出,余额,对方户名\n2026-10-20,快捷支付,,2580.00,100.00,支付宝-借呗\n",
        encoding="utf-8",
    )
    cli("import", own, ALIPAY, "--write")
    [pair] = cli("import", own, bank, "--write", "--json").json["pairs"]
    assert (pair["amount"], pair["bond"], pair["statement"]) == (2580_00, "same", ALIPAY.name)
    with BookSession.open(own, read_only=True) as session:
        assert sum(bool(each.pair) for each in session.statements().rows) == 2


def test_what_comes_round_and_is_not_in_the_book_is_suggested(
    cli: Cli, own: Path, tmp_path: Path
) -> None:
    bank = tmp_path / "bank.csv"
    rent = "".join(f"2026-{month:02}-05,消费,,1234.00,,某仓库\n" for month in range(4, 12))
    bank.write_text(f"交易日期,摘要,收入,支出,余额,对方户名\n{rent}", encoding="utf-8")
    found = cli("import", own, bank, "--json").json["suggestions"]
    assert [each["text"] for each in found if each["kind"] == "flow"] == [
        "Payment “某仓库”, ¥1,234.00, every month"
    ]


def test_what_was_due_is_settled_as_the_statement_tells(cli: Cli, tmp_path: Path) -> None:
    path, bank = tmp_path / "shop.backstop", tmp_path / "bank.csv"
    power = CashFlow(
        id="power", name="供电局", direction=Direction.PAYMENT, amount=350_00,
        first_date=date(2026, 3, 20),
    )  # fmt: skip
    BookFile.create(
        path,
        Book(
            title="Shop",
            as_of=date(2026, 3, 2),
            accounts=(Account(id="bank", name="Bank", balance=10_000_00),),
            cash_flows=(power,),
        ),
    ).close()
    bank.write_text(
        "交易日期,摘要,收入,支出,余额,对方户名\n2026-03-23,电费,,402.00,9598.00,供电局\n",
        encoding="utf-8",
    )
    cli("import", path, bank, "--account", "bank", "--write")
    asked = ("settle", path, "--to", "2026-04-06", "--from-statements")
    assert "2026-03-02" in str(cli(*asked, "--list", "--json").json["book"]["as_of"])
    found = cli(*asked, "--json").json
    assert [each["answer"] for each in found["due"]] == ["happened"]
    assert [each["computed"] for each in found["accounts"]] == [9598_00]
    with BookSession.open(path, read_only=True) as session:
        assert [each.matched for each in session.statements().rows] == ["power@2026-03-20"]


def test_a_table_is_read_again_as_it_was_chosen_before(
    cli: Cli, own: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BACKSTOP_CONFIG_DIR", str(tmp_path / "config"))
    first, later = tmp_path / "march.csv", tmp_path / "april.csv"
    first.write_text(CARD, encoding="utf-8")
    later.write_text(CARD.replace("10/", "11/"), encoding="utf-8")
    assert cli("import", own, later, "--json").json["incoming"] == 430_40
    cli("import", own, first, "--map", "sign=plus", "--write")
    assert cli("import", own, later, "--json").json["outgoing"] == 430_40
    (tmp_path / "config" / "mappings.json").write_bytes(b"{broken")
    assert cli("import", own, later, "--json").json["incoming"] == 430_40


def test_of_many_refused_rows_all_are_listed_on_request(
    cli: Cli, own: Path, tmp_path: Path
) -> None:
    card = tmp_path / "card.csv"
    good = "".join(f"10/28/2026,SHOP {number},{number}.10\n" for number in range(50))
    wrong = "".join(f"10/28/2026,SHOP {number},no\n" for number in range(25))
    card.write_text(CARD + good + wrong, encoding="utf-8")
    said = ("--map", "sign=plus", "--map", "days=mdy")
    short = cli("import", own, card, *said)
    assert "5 more: --full lists them all." in short.out
    whole = cli("import", own, card, *said, "--full")
    assert "--full" not in whole.out
    assert len(whole.out.splitlines()) == len(short.out.splitlines()) + 4
