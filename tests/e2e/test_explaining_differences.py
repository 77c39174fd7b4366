"""A difference that nobody could explain is listed until somebody can."""

from datetime import timedelta
from pathlib import Path

import pytest

from backstop.domain import BadInput, Facility, RepaymentMethod, Tranche
from backstop.services.explaining import explaining, unexplained
from backstop.services.session import BookSession, read_book, read_ledger
from backstop.settling import Extra, ExtraKind, Told, settle
from e2e.running import Cli, assert_refused
from unit.test_report_book import shop

OWED = Tranche(
    id="owed",
    name="Owed",
    principal=500_000,
    next_due=shop().as_of + timedelta(days=90),
    method=RepaymentMethod.BULLET,
)
BOOK = shop().put(shop().by_id["jiebei"].changed(tranches=(OWED,)))
LATER = shop().as_of + timedelta(days=30)
ACCOUNT = shop().accounts[0].id


@pytest.fixture
def kept(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    """A book whose bank showed so much more than followed."""
    computed = settle(BOOK, LATER).book.accounts[0].balance
    done = settle(BOOK, LATER, Told(balances={ACCOUNT: computed + request.param}))
    path = tmp_path / "kept.backstop"
    BookSession.create(path, done.book, ledger=done.ledger).close()
    return path


def what(kind: ExtraKind, amount: int, name: str = "", line: str = "") -> Extra:
    return Extra(kind, LATER, amount, account=ACCOUNT, name=name, line=line)


@pytest.mark.parametrize("kept", [-5_000], indirect=True)
def test_a_part_is_explained_and_the_rest_stays_listed(kept: Path) -> None:
    with BookSession.open(kept) as session:
        [row] = unexplained(session.ledger())
        fee = what(ExtraKind.PAYMENT, 1_200, name="Fee")
        session.apply(explaining(session.book, row, fee, recurs=True))
        [rest] = unexplained(session.ledger())
        assert rest.actual == -3_800
        assert [e.name for e in session.book.cash_flows if e.name == "Fee"] == ["Fee"]
        assert session.book.accounts == read_book(kept).accounts
        session.undo()
        assert [each.actual for each in unexplained(session.ledger())] == [-5_000]


@pytest.mark.parametrize("kept", [70_000], indirect=True)
def test_a_draw_is_owed_and_no_money_comes_twice(kept: Path) -> None:
    before = read_book(kept)
    with BookSession.open(kept) as session:
        [row] = unexplained(session.ledger())
        draw = what(ExtraKind.DRAW, 70_000, line="jiebei")
        session.apply(explaining(session.book, row, draw))
        assert unexplained(session.ledger()) == []
    after = read_book(kept)
    old, new = before.by_id["jiebei"], after.by_id["jiebei"]
    assert isinstance(old, Facility)
    assert isinstance(new, Facility)
    assert new.balance == old.balance + 70_000
    assert after.accounts == before.accounts


@pytest.mark.parametrize("kept", [-10_000], indirect=True)
def test_a_repayment_lowers_what_is_owed(cli: Cli, kept: Path) -> None:
    before = read_book(kept)
    assert cli("settle", kept, "--explain", "1=jiebei").code == 0
    old, new = before.by_id["jiebei"], read_book(kept).by_id["jiebei"]
    assert isinstance(old, Facility)
    assert isinstance(new, Facility)
    assert new.balance == old.balance - 10_000
    assert read_book(kept).accounts == before.accounts
    [row] = unexplained(settle(BOOK, LATER, Told(balances={ACCOUNT: -900_000})).ledger)
    with pytest.raises(BadInput, match="less is owed"):
        explaining(before, row, what(ExtraKind.REPAYMENT, 600_000, line="jiebei"))


@pytest.mark.parametrize("kept", [-10_000], indirect=True)
def test_the_command_line_lists_and_explains(cli: Cli, kept: Path) -> None:
    listed = cli("settle", kept, "--list", "--to", LATER, "--json").json["unexplained"]
    assert [(each["number"], each["amount"]) for each in listed] == [(1, -10_000)]
    out = cli("settle", kept, "--explain", "1=Bank fee@40", "--json").json
    assert [each["amount"] for each in out["unexplained"]] == [-6_000]
    assert "Bank fee" in {each.name for each in read_ledger(kept)}
    assert_refused(cli("settle", kept, "--explain", "2=Fee"), "no unexplained difference 2")
    assert_refused(cli("settle", kept, "--explain", "1=Fee@900"), "No more than what is")


@pytest.mark.parametrize("kept", [-10_000], indirect=True)
def test_money_that_went_the_other_way_explains_nothing(kept: Path) -> None:
    [row] = unexplained(read_ledger(kept))
    with pytest.raises(BadInput, match="went out"):
        explaining(read_book(kept), row, what(ExtraKind.RECEIPT, 100, name="Gift"))
