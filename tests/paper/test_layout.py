"""The pages of the printed plan: facing, full enough, inside their margins, whatever the length."""

from dataclasses import replace
from datetime import timedelta
from functools import cache
from io import BytesIO
from typing import Any

import numpy as np
import pytest
import typst
from PIL import Image
from pypdf import PdfReader

import solved
from backstop.domain import Book, Priority
from backstop.paper.document import Document
from backstop.paper.typeset import job
from backstop.plan import Answers, Plan, answer, draft
from backstop.services.samples import load_sample, sample_names, samples_in
from printed import (
    EN,
    MILLIMETRE,
    PRINTED,
    ZH,
    document,
    of_book,
    reader,
    text_of,
    with_bounces,
    without_actions,
)
from unit.test_report_book import DAY_0, answers, assessed, payment, plan_of, shop

MANY = 10
"""Steps that stand on one page with their reasons, whatever these say."""


def test_a_front_page_and_two_facing_pages_of_a4() -> None:
    pdf = reader(answers(), [plan_of()])
    assert len(pdf.pages) == 3
    for page in pdf.pages:
        size = (float(page.mediabox.width) / MILLIMETRE, float(page.mediabox.height) / MILLIMETRE)
        assert size == pytest.approx((210, 297), abs=0.1)


def test_all_plans_make_one_booklet_each_on_facing_pages() -> None:
    plans = [plan_of(each) for each in ("alipay", "jiebei", "huabei", "backup")]
    pdf = reader(answers(), plans)
    assert len(pdf.pages) == 1 + 2 * len(plans)
    for number, name in enumerate(("everything in Alipay", "Jiebei", "Huabei", "WeBank")):
        assert f"If {name} closes" in text_of(pdf, 1 + 2 * number)
    assert "In this booklet" in text_of(pdf, 0)


@pytest.mark.parametrize("sample", sample_names())
def test_every_loss_of_a_sample_takes_two_facing_pages_and_none_is_nearly_empty(
    sample: str,
) -> None:
    """Two more where more than ten steps need all of one page: what remains, then notes."""
    found = solved.assessed_sample(sample)
    plans = solved.all_planned(found.book)
    for words in (EN, ZH):
        pdf = reader(found, plans, words)
        front, *first = [page or 0 for page in beginnings(pdf)]
        ends = [*first[1:], len(pdf.pages)]
        taken = [end - page for page, end in zip(first, ends, strict=True)]
        longer = [
            len(plan.actions) > MANY for plan, pages in zip(plans, taken, strict=True) if pages > 2
        ]
        assert (front, first[0]) in ((0, 1), (0, 3)), "contents and reviews on a sheet of their own"
        assert {*taken} <= {2, 4}
        assert all(longer)
        notes = {end - 1 for pages, end in zip(taken, ends, strict=True) if pages > 2}
        notes |= {first[0] - 1} - {0}
        pages = enumerate(images(document(found, plans, words)))
        assert min(fullness(page) for n, page in pages if n not in notes) > 0.25


@pytest.mark.parametrize("sample", samples_in("en"))
def test_the_paper_of_an_english_sample_has_nothing_chinese_in_it(sample: str) -> None:
    found = solved.assessed_sample(sample)
    said = "".join(
        page.extract_text() for page in reader(found, solved.all_planned(found.book)).pages
    )
    assert not [each for each in said if "\u4e00" <= each <= "\u9fff"]
    assert "12378" not in said


@pytest.mark.parametrize("words", [EN, ZH])
def test_twelve_actions_fit_beside_what_they_are_for(words: Any) -> None:
    plan = with_bounces(plan_of(), 40)
    twelve = replace(plan, actions=plan.actions * 6)
    assert len(reader(answers(), [twelve], words).pages) == 3


def test_where_the_last_page_of_a_plan_would_be_blank_there_is_room_for_notes() -> None:
    longer = replace(plan_of(), actions=plan_of().actions * 10)
    pdf = reader(answers(), [longer, plan_of("huabei")])
    assert beginnings(pdf) == [0, 1, 5]
    assert "First 30 minutes" in text_of(pdf, 3)
    assert "Notes of calls" in text_of(pdf, 4)


@pytest.mark.parametrize("times", [1, 10, 40])
def test_the_layout_of_any_length_settles(times: int) -> None:
    plan = replace(plan_of(), actions=plan_of().actions * times)
    of = document(answers(), [plan, plan_of("huabei"), plan])
    _, warnings = typst.compile_with_warnings(format="pdf", **job(of, PRINTED))
    assert warnings == []


def beginnings(pdf: PdfReader) -> list[int | None]:
    """The pages on which the front page and each plan begin, from 0."""
    return [
        pdf.get_destination_page_number(each) for each in pdf.outline if not isinstance(each, list)
    ]


def fullness(page: Image.Image, *, brightest: int = 200) -> float:
    """How far down the page its text goes, as a share of the room for it; lines are brighter."""
    edge = round(20 * MILLIMETRE)
    body = np.asarray(page)[edge:-edge]
    inked = np.flatnonzero(body.min(axis=1) < brightest)
    return int(inked.max(initial=0)) / len(body)


@cache
def of_many(lines: int, book: Book, name: str = "Line") -> tuple[Answers, list[Plan]]:
    """The book with so many lines, and an empty plan for the loss of each."""
    line = book.by_id["jiebei"]
    for number in range(lines - len(book.facilities)):
        book = book.put(line.changed(id=f"line{number}", name=f"{name} {number}", tranches=()))
    found = answer(book)
    return found, [without_actions(found, each.outcome) for each in found.losses]


@pytest.mark.parametrize("words", [EN, ZH])
@pytest.mark.parametrize("lines", [45, 60])
def test_what_many_plans_are_in_the_booklet_stands_on_two_facing_pages_behind_the_front(
    lines: int, words: Any
) -> None:
    found, plans = of_many(lines, shop())
    pdf = reader(found, plans, words)
    assert beginnings(pdf)[1] == 3
    assert len(pdf.pages) == 3 + 2 * len(plans)
    heading = words.say("In this booklet")
    assert heading not in text_of(pdf, 0)
    behind = text_of(pdf, 1, 2)
    assert heading in behind
    assert all(f"{loss.name} " in behind for loss in found.losses)
    front = images(document(found, plans, words), 3)
    assert min(fullness(page, brightest=250) for page in front) > 0.9


@pytest.mark.parametrize("lines", [13, 16])
def test_the_lines_to_write_on_behind_the_front_stand_once(lines: int) -> None:
    found, plans = of_many(
        lines, load_sample("contractor"), "Working capital line of the bank, contract"
    )
    pdf = reader(found, plans)
    assert beginnings(pdf)[1] == 3
    assert text_of(pdf, 0, 1, 2).count("Reviews and drills") == 1
    front = images(document(found, plans), 3)
    assert min(fullness(page, brightest=250) for page in front) > 0.7


def test_long_words_push_payments_off_the_list_and_not_the_curve_off_the_page() -> None:
    assert "bill 9" in text_of(reader(answers(), [with_bounces(plan_of(), 40)]), 1)
    long = "Jiebei " + "of the Northern Provinces " * 5
    found, plan = of_book(shop().put(shop().by_id["jiebei"].changed(name=long.strip())))
    warned = replace(with_bounces(plan, 40), proved=False, fingerprint="another")
    pdf = reader(found, [warned])
    assert len(pdf.pages) == 3
    assert "bill 9" not in text_of(pdf, 1)
    assert "more, to 31 Dec" in text_of(pdf, 1)
    assert "Largest gap ¥40 Where only the first are named" in text_of(pdf, 1)
    assert "“backstop plan … --full”. Cash, before and after" in text_of(pdf, 1)


@pytest.mark.parametrize(
    "name",
    [
        "{} of the Northern Provinces Trading and Manufacturing Company Limited",
        "{}（华北地区综合贸易与制造集团控股有限责任公司第二分公司二〇二六年度专用账户）",
    ],
)
@pytest.mark.parametrize("words", [EN, ZH])
def test_names_of_two_lines_and_thousands_of_millions_need_no_further_page(
    words: Any, name: str
) -> None:
    found, plans = of_long_names(name)
    beside = len(reader(found, plans, words).pages) - 1 - 2 * len(plans)
    assert beside in (0, 2)  # what falls short anyway may leave the front page no room for the list


@cache
def of_long_names(name: str) -> tuple[Answers, list[Plan]]:
    """The shop whose names and amounts are as long as any, and a plan for each loss."""
    book = shop(title=name.format("Shop"), owner=name.format("Shop"))
    for record in ("jiebei", "wages", "rent", "backup", "winter", "alipay", "deposit"):
        book = book.put(book.by_id[record].changed(name=name.format(record)))
    for record, amount in (("winter", 3), ("wages", 3), ("rent", 2)):
        book = book.put(book.by_id[record].changed(amount=amount * 12_345_678_901_23))
    book = book.put(book.by_id["cash"].changed(balance=12_345_678_901_23))
    book = book.put(book.by_id["jiebei"].changed(limit=99_999_999_999_99))
    found = assessed(book)
    return found, [draft(found.projection, each.outcome) for each in found.losses]


def test_very_long_names_wrap_and_stay_inside_the_margins() -> None:
    book = shop(title="很长的名字" * 40, owner="W" * 200)
    for record in ("jiebei", "wages", "backup", "winter", "alipay"):
        book = book.put(book.by_id[record].changed(name="Wxyz" * 50))
    book = book.put(book.by_id["backup"].changed(contact="9" * 200))
    found, plan = of_book(book)
    for words in (EN, ZH):
        for page in images(document(found, [plan], words)):
            assert ink_outside(page, sides=19, top=8, bottom=8) == 0


@pytest.mark.parametrize(
    ("words", "before", "day"),
    [
        (EN, " until ", "4 January 2027"),
        (EN, " not after ", "4 Jan"),
        (ZH, "最迟", "2027年1月4日"),
    ],
)
def test_no_line_ends_within_a_day(words: Any, before: str, day: str) -> None:
    found, plan = of_book(shop(owner=(before + day) * 8))
    lines = reader(found, [plan], words).pages[0].extract_text().splitlines()
    owner = [line.replace(" ", "") for line in lines if before.strip() in line]
    assert len(owner) > 1
    assert sum(line.count(day.replace(" ", "")) for line in owner) == 8


def images(of: Document, first: int | None = None) -> list[Image.Image]:
    """The first pages, or all, as grey pictures of 72 dots an inch: one dot is one point."""
    pages = typst.compile(format="png", ppi=72, **job(of, PRINTED))
    assert isinstance(pages, list)
    return [Image.open(BytesIO(page)).convert("L") for page in pages[:first]]


def ink_outside(page: Image.Image, sides: int, top: int, bottom: int) -> int:
    """How many dots are not white outside a frame of these margins (millimetres)."""
    dark = np.asarray(page) < 200
    dark[
        round(top * MILLIMETRE) : -round(bottom * MILLIMETRE),
        round(sides * MILLIMETRE) : -round(sides * MILLIMETRE),
    ] = False
    return int(dark.sum())


def test_many_actions_run_on_over_further_pages_and_the_next_plan_begins_on_a_left_one() -> None:
    plan = plan_of()
    long = replace(plan, actions=plan.actions * 20)
    pdf = reader(answers(), [long, plan_of("huabei")])
    starting = next(n for n in range(2, len(pdf.pages)) if "If Huabei closes" in text_of(pdf, n))
    assert starting % 2 == 1  # the second, fourth, sixth sheet side
    assert text_of(pdf).count("Contact") > 1  # the table's head is repeated


def test_a_very_full_book_still_fits_its_front_page() -> None:
    book = shop()
    for number in range(30):
        due = DAY_0 + timedelta(days=number)
        bill = payment(f"b{number}", f"bill {number}", 900, due, priority=Priority.MUST)
        book = book.put(bill)
    found, plan = of_book(book)
    assert len(reader(found, [plan]).pages) == 3
