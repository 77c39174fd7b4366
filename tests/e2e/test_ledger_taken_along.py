"""What was settled goes along: as a table, and with the book from one file to another."""

from datetime import timedelta
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from backstop.domain import Settled
from backstop.services.importing import import_book, read_json
from backstop.services.session import BookSession, book_to_json, read_ledger
from backstop.settling import settle
from e2e.running import Cli
from unit.test_report_book import shop

LATER = shop().as_of + timedelta(days=120)
DONE = settle(shop(), LATER)


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    path = tmp_path / "kept.backstop"
    BookSession.create(path, DONE.book, ledger=DONE.ledger).close()
    return path


def plain(rows: tuple[Settled, ...]) -> list[str]:
    return [f"{each.record} {each.rule_date} {each.kind} {each.actual}" for each in rows]


def test_a_book_from_json_brings_its_ledger_and_one_undo_takes_it_back(
    tmp_path: Path, kept: Path
) -> None:
    source = tmp_path / "book.json"
    source.write_bytes(book_to_json(DONE.book, read_ledger(kept)))
    path = tmp_path / "other.backstop"
    with BookSession.create(path, shop()) as session:
        import_book(session, source)
        assert plain(session.ledger()) == plain(DONE.ledger)
        session.undo()
        assert session.ledger() == ()
        session.redo()
    assert plain(read_ledger(path)) == plain(DONE.ledger)


def test_a_json_without_a_ledger_leaves_it_as_it_is(tmp_path: Path, kept: Path) -> None:
    source = tmp_path / "book.json"
    source.write_bytes(book_to_json(shop()))
    assert read_json(source).ledger is None
    with BookSession.open(kept) as session:
        import_book(session, source)
    assert plain(read_ledger(kept)) == plain(DONE.ledger)


def test_restore_says_that_the_ledger_changes_and_changes_it(
    cli: Cli, tmp_path: Path, kept: Path
) -> None:
    source = tmp_path / "book.json"
    source.write_bytes(book_to_json(DONE.book, DONE.ledger[:2]))
    said = cli("restore", kept, "--from", source)
    assert "What was settled so far is replaced" in said.out
    done = cli("restore", kept, "--from", source, "--write", "--json").json
    assert (done["ledger"], done["written"], done["settings"]) == (True, True, False)
    assert plain(read_ledger(kept)) == plain(DONE.ledger[:2])
    assert "Nothing changes" in cli("restore", kept, "--from", source, "--write").out


def test_the_ledger_is_a_table_for_spreadsheets(cli: Cli, tmp_path: Path, kept: Path) -> None:
    csv, xlsx = tmp_path / "ledger.csv", tmp_path / "ledger.xlsx"
    out = cli("export", kept, "--csv", csv, "--xlsx", xlsx, "--json").json
    assert out["tables"] == {"csv": str(csv), "xlsx": str(xlsx)}
    lines = csv.read_text(encoding="utf-8-sig").splitlines()
    assert lines[0].split(",")[:3] == ["Planned for", "What", "Kind"]
    assert len(lines) == 1 + len(DONE.ledger)
    assert "xl/worksheets/sheet1.xml" in ZipFile(BytesIO(xlsx.read_bytes())).namelist()
