"""Files of real layouts (`data/SOURCES.txt`): every row accounted for, sums as the file has them.

The expected figures were counted in the files by hand. Where a file states totals that its rows do
not add up to, because its author shortened it, that is what must be found.
"""

from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import pytest

from backstop.importers import Nature, Reading, Standing, Stated, read_statement
from backstop.importers.recurring import recurring

DATA = Path(__file__).parent / "data"


class Known(NamedTuple):
    """What a file holds: layout, rows, rows in which nothing moved, sums in, out, neutral."""

    file: str
    layout: str
    rows: int
    apart: int
    incoming: int
    outgoing: int
    neutral: int
    stated: Stated = Stated()


KNOWN = (
    Known(
        *("deg_alipay_app_2021_2022_gb18030.csv", "alipay", 16, 0),
        *(161_90, 321_81, 3197_41),
        Stated(21, 0, None, None),
    ),
    Known(
        *("deg_alipay_app_2023_gb18030.csv", "alipay", 10, 1),
        *(222_228_50, 211_64, 247_37),
        Stated(66, 28_50, 16_54, 16_37),
    ),
    Known(
        *("deg_alipay_web_2019_2021_gb18030.csv", "alipay-web", 7, 0),
        *(1, 3137_00, 2808_42),
        Stated(6, 1, 27_00, None),
    ),
    Known(
        *("alipay_app_2025plus_credit_rows_gb18030.csv", "alipay", 17, 1),
        *(8800_00, 3493_20, 31467_91),
        Stated(17, 8820_00, 3493_20, 31467_91),
    ),
    Known(
        *("deg_wechat_csv_2019_2024.csv", "wechat", 27, 0),
        *(28_49, 2904_53, 26100_89),
        Stated(43, 35, 28_16, 0),
    ),
    Known("deg_cmb_debit.csv", "cmb", 5, 0, 1234_00, 2013_14, 0),
    Known("deg_icbc_debit-v1.csv", "icbc", 11, 0, 2841_74, 4241_08, 0),
    Known("deg_ccb_debit.xls", "ccb", 6, 0, 0, 703_26, 0),
    Known("ofxparse_checking.ofx", "ofx", 3, 0, 1, 59_51, 0),
    Known("quiffen_test.qif", "qif", 6, 1, 99_50, 135_00, 0),
)


def reading_of(file: str) -> Reading:
    return read_statement((DATA / file).read_bytes()).reading


@pytest.mark.parametrize("known", KNOWN, ids=lambda known: known.file)
def test_every_row_is_accounted_for_and_adds_up(known: Known) -> None:
    reading = reading_of(known.file)
    assert reading.layout == known.layout
    assert (len(reading.rows), reading.refused) == (known.rows, ())
    assert len(reading.apart) == known.apart
    sums = (known.incoming, known.outgoing, known.neutral)
    assert reading.counted == Stated(known.rows, *sums)
    assert reading.stated == known.stated


def test_every_file_in_the_folder_is_tried() -> None:
    texts = {"SOURCES.txt", *(each.name for each in DATA.glob("LICENSE.*"))}
    assert {each.name for each in DATA.iterdir()} - texts == {each.file for each in KNOWN}


def test_the_amounts_of_a_bank_lead_from_balance_to_balance() -> None:
    rows = reading_of("deg_ccb_debit.xls").rows
    for before, after in pairwise(rows[:3]):
        assert before.balance is not None
        assert after.balance == before.balance + after.change


def test_a_balance_at_the_end_is_that_of_the_newest_row() -> None:
    closing = reading_of("deg_ccb_debit.xls").closing
    assert closing is not None
    assert (closing.day.isoformat(), closing.amount) == ("2025-01-06", 1494_65)


def test_credit_in_a_wallet_is_neither_income_nor_spending() -> None:
    """The Huabei trap: purchases counted as expense, and again at the repayment."""
    rows = reading_of("alipay_app_2025plus_credit_rows_gb18030.csv").rows
    natures = {each.text: each.nature for each in rows}
    assert natures["花呗自动还款-2026年10月账单"] is Nature.REPAYMENT
    assert natures["借呗还款"] is Nature.REPAYMENT
    assert natures["网商贷还款"] is Nature.REPAYMENT
    assert natures["借呗放款至银行卡"] is Nature.PAYOUT
    assert natures["余额宝-自动转入"] is Nature.TRANSFER
    assert natures["提现-实时提现"] is Nature.TRANSFER
    assert natures["未付款订单"] is Nature.NOTHING
    assert sum(each.amount for each in rows if each.nature is Nature.SPENDING) == 3493_20


def test_a_refund_is_linked_to_its_payment_and_both_are_kept() -> None:
    """The deleted-pair trap: a refund in the next month breaks the balance of a card."""
    rows = {each.line: each for each in reading_of(
        "alipay_app_2025plus_credit_rows_gb18030.csv").rows}  # fmt: skip
    [refund] = [each for each in rows.values() if each.standing is Standing.REFUND]
    assert rows[refund.undoes].text == "外套"
    assert rows[refund.undoes].standing is Standing.REFUNDED
    assert refund.change == rows[refund.undoes].amount


def test_a_closed_order_that_was_never_paid_needs_no_refund() -> None:
    [closed] = reading_of("deg_alipay_app_2023_gb18030.csv").apart
    assert (closed.standing, closed.amount) == (Standing.CLOSED, 82_00)


def test_a_fee_in_the_note_is_kept_beside_the_amount() -> None:
    rows = reading_of("deg_wechat_csv_2019_2024.csv").rows
    assert [each.fee for each in rows if each.fee] == [10, 10, 100]


def test_quotes_in_the_middle_of_a_cell_are_letters() -> None:
    rows = reading_of("deg_wechat_csv_2019_2024.csv").rows
    assert any(each.counterparty.endswith('点击底部"多多视频"') for each in rows)


REAL = sorted(each for each in DATA.iterdir() if each.name.startswith(("deg_", "ofx", "quiffen")))


def test_nothing_comes_round_in_the_real_files() -> None:
    """Labelled by hand: of all public files the longest is WeChat's, 27 rows of single months from
    2017 to 2024. Nothing in any of them comes twice at a rhythm, so nothing may be found."""
    assert len(REAL) == 9
    assert [item.name for file in REAL for item in recurring(reading_of(file.name).rows)] == []
