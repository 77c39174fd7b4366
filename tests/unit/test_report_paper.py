"""The printed plan, read back from its PDF: what it says, and that nothing makes it fail."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO
from typing import Any

import msgspec
import numpy as np
import pytest
import typst
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image
from pypdf import PdfReader

from backstop.contingency import Bounced, Outcome
from backstop.domain import Book, Defect, Message, Money, Priority, message
from backstop.language import words_for
from backstop.plan import Answers, Phase, Plan, answer, draft
from backstop.report import contingency_pdf
from backstop.report.document import Document
from backstop.report.paper import job, plan_document, typeset
from backstop.report.response import left_unpaid
from backstop.report.section import MOST_BOUNCES
from backstop.services.answers import answers_of
from backstop.services.plans import plans_for_all
from backstop.services.samples import load_sample, sample_names
from strategies import HOSTILE, books
from unit.test_report_book import DAY_0, answers, assessed, payment, plan_of, shop

EN, ZH = words_for("en"), words_for("zh_CN")

MILLIMETRE = 72 / 25.4
PRINTED = date(2026, 11, 22)


def reader(found: Answers, plans: Sequence[Plan], words: Any = EN) -> PdfReader:
    return PdfReader(BytesIO(contingency_pdf(found, plans, words, PRINTED)))


def text_of(pdf: PdfReader, *pages: int) -> str:
    chosen = pages or range(len(pdf.pages))
    return " ".join(" ".join(pdf.pages[page].extract_text() for page in chosen).split())


def document(found: Answers, plans: Sequence[Plan], words: Any = EN) -> Document:
    return plan_document(found, plans, words, PRINTED)


def of_book(book: Book, contingency: str = "jiebei") -> tuple[Answers, Plan]:
    found = assessed(book)
    return found, draft(found.projection, found.loss(contingency).outcome)


def with_bounces(plan: Plan, number: int) -> Plan:
    """The plan as if so many payments bounced, one a day."""
    first = plan.before.bounced[0]
    many = tuple(
        Bounced(replace(first.obligation, day=day, record=f"p{day}", name=f"bill {day}"), 100)
        for day in range(1, number + 1)
    )
    return replace(plan, before=replace(plan.before, chosen=many))


def test_of_many_unpaid_remainders_the_small_ones_are_summed_up() -> None:
    found, plan = of_book(shop())
    first = plan.before.bounced[0]
    sizes = (872, 3_000_00, 100, 2_000_00, 1_500_00, 900_00, 800_00)
    missed = tuple(
        Bounced(replace(first.obligation, day=day, amount=5_000_00, name=f"bill {day}"), size)
        for day, size in enumerate(sizes, start=1)
    )
    rows = left_unpaid(found.book, replace(plan, after=replace(plan.after, chosen=missed)), EN)
    assert [row.split(", ")[0].split(": ")[-1] for row in rows[:-1]] == [
        *("bill 2", "bill 4", "bill 5", "bill 6", "bill 7"),
    ]
    assert rows[-1] == "and 2 more, ¥9.72"


def test_a_front_page_and_two_facing_pages_of_a4() -> None:
    pdf = reader(answers(), [plan_of()])
    assert len(pdf.pages) == 3
    for page in pdf.pages:
        size = (float(page.mediabox.width) / MILLIMETRE, float(page.mediabox.height) / MILLIMETRE)
        assert size == pytest.approx((210, 297), abs=0.1)


def test_the_front_page_says_what_matters_first() -> None:
    front = text_of(reader(answers(), [plan_of()]), 0)
    for part in (
        "Corner shop",
        "Li Ming",
        "If everything in Alipay closes on 21 Nov 2026, wages on 12 January cannot be paid.",
        "The most dangerous losses",
        "¥23,000",
        "11 Jan",
        "Do now, whatever happens",
        "12378",
        "Printed on",
        "22 Nov 2026",
        shop().fingerprint,
        "Next review",
        "Page 1 of 3",
    ):
        assert part in front


def test_the_left_page_says_what_happens_and_the_right_one_what_to_do() -> None:
    pdf = reader(answers(), [plan_of()])
    left, right = text_of(pdf, 1), text_of(pdf, 2)
    for part in (
        "If Jiebei closes",
        "How you notice",
        "Words for the call",
        "Li Ming",
        "Class 1: must be met",
        "wages",
        "¥23,000",
    ):
        assert part in left
    for part in (
        "Draw ¥16,000 from WeBank",
        "Money on 12 Jan.",
        "Without this",
        "95188",
        "What this costs you later",
        "Nothing is missed",
        "Proved",
        "First 30 minutes",
        "Notes of calls",
    ):
        assert part in right


def test_chinese_pages_are_chinese_and_have_the_amount_in_capitals() -> None:
    whole = text_of(reader(answers(), [plan_of()], ZH)).replace(" ", "")
    for part in ("应急资金预案", "如果Jiebei关停", "最迟行动日", "大写：人民币", "第2页，共3页"):
        assert part in whole
    assert "In capitals" not in text_of(reader(answers(), [plan_of()]))


def test_the_file_has_title_language_bookmarks_and_tags() -> None:
    pdf = reader(answers(), [plan_of()], ZH)
    assert pdf.metadata is not None
    assert pdf.metadata.title == "应急资金预案：Corner shop"
    catalog: Any = pdf.trailer["/Root"]
    assert catalog["/Lang"] == "zh-CN"
    assert catalog["/MarkInfo"]["/Marked"]
    titles = [each.title for each in pdf.outline if not isinstance(each, list)]
    assert titles == ["Corner shop", "如果Jiebei关停"]


def test_only_our_font_is_used_and_it_is_embedded() -> None:
    for words in (EN, ZH):
        for page in reader(answers(), [plan_of()], words).pages:
            fonts: Any = page["/Resources"]["/Font"]  # type: ignore[index]
            for font in fonts.values():
                assert "NotoSansSC" in font["/BaseFont"]


def test_the_same_results_give_the_same_bytes() -> None:
    first = contingency_pdf(answers(), [plan_of()], EN, PRINTED)
    assert contingency_pdf(answers(), [plan_of()], EN, PRINTED) == first


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
    found = answers_of(load_sample(sample))
    plans = plans_for_all(found)
    for words in (EN, ZH):
        pdf = reader(found, plans, words)
        assert beginnings(pdf) == [0, *range(1, 1 + 2 * len(plans), 2)]
        assert len(pdf.pages) == 1 + 2 * len(plans)
        assert min(fullness(page) for page in images(document(found, plans, words))) > 0.25


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


def of_many(lines: int) -> tuple[Answers, list[Plan]]:
    """A book of so many lines, and an empty plan for the loss of each."""
    book = shop()
    line = book.by_id["jiebei"]
    for number in range(lines - len(book.facilities)):
        book = book.put(line.changed(id=f"line{number}", name=f"Line {number}", tranches=()))
    found = answer(book)
    return found, [without_actions(found, each.outcome) for each in found.losses]


@pytest.mark.parametrize("words", [EN, ZH])
@pytest.mark.parametrize("lines", [45, 60])
def test_what_many_plans_are_in_the_booklet_stands_on_two_facing_pages_behind_the_front(
    lines: int, words: Any
) -> None:
    found, plans = of_many(lines)
    pdf = reader(found, plans, words)
    assert beginnings(pdf)[1] == 3
    assert len(pdf.pages) == 3 + 2 * len(plans)
    heading = words.say("In this booklet")
    assert heading not in text_of(pdf, 0)
    behind = text_of(pdf, 1, 2)
    assert heading in behind
    assert all(f"{loss.name} " in behind for loss in found.losses)
    front = images(document(found, plans, words))[:3]
    assert min(fullness(page, brightest=250) for page in front) > 0.9


def test_no_plan_still_gives_the_front_page() -> None:
    assert len(reader(answers(), []).pages) == 1


def test_a_book_without_lines_has_no_empty_table_of_losses() -> None:
    found = assessed(Book(title="Empty", as_of=DAY_0))
    assert "The most dangerous losses" not in text_of(reader(found, []))


def test_an_unproved_plan_says_so_plainly() -> None:
    plan = replace(plan_of(), proved=False)
    whole = text_of(reader(answers(), [plan]))
    assert "NOT PROVED" in whole
    assert "Proved: every" not in whole
    assert "未经验证" in text_of(reader(answers(), [plan], ZH)).replace(" ", "")


def test_a_stale_plan_says_so_plainly() -> None:
    plan = replace(plan_of(), fingerprint="another")
    assert "STALE" in text_of(reader(answers(), [plan]))


def test_what_stays_unpaid_is_named_with_its_amount() -> None:
    plan = plan_of()
    plan = replace(plan, after=replace(plan.after, chosen=plan.before.bounced))
    right = text_of(reader(answers(), [plan]), 2)
    assert "20 Jan: rent, ¥15,000 not paid" in right
    assert "12 Jan: wages, ¥8,000 of ¥24,000 not paid" in right


def test_a_long_table_of_bounces_is_cut_and_the_rest_added_up() -> None:
    plan = with_bounces(plan_of(), 40)
    section = document(answers(), [plan]).sections[0]
    assert sum(len(band.rows) for band in section.bounces) == MOST_BOUNCES
    assert section.bounces_more[MOST_BOUNCES] == [f"and {40 - MOST_BOUNCES} more, to 31 Dec", "¥31"]
    assert section.bounces_total == ["Largest gap", "¥40"]
    assert len(reader(answers(), [plan]).pages) == 3


def test_long_words_push_payments_off_the_list_and_not_the_curve_off_the_page() -> None:
    assert "bill 9" in text_of(reader(answers(), [with_bounces(plan_of(), 40)]), 1)
    long = "Jiebei " + "of the Northern Provinces " * 5
    found, plan = of_book(shop().put(shop().by_id["jiebei"].changed(name=long.strip())))
    warned = replace(with_bounces(plan, 40), proved=False, fingerprint="another")
    pdf = reader(found, [warned])
    assert len(pdf.pages) == 3
    assert "bill 9" not in text_of(pdf, 1)
    assert "more, to 31 Dec" in text_of(pdf, 1)
    assert "Largest gap ¥40 Cash, before and after" in text_of(pdf, 1)


def test_one_bounce_more_than_fits_is_shown_and_not_counted() -> None:
    section = document(answers(), [with_bounces(plan_of(), MOST_BOUNCES + 1)]).sections[0]
    assert sum(len(band.rows) for band in section.bounces) == MOST_BOUNCES + 1
    assert section.bounces_more[-1] == []


def test_bounces_stand_by_class() -> None:
    [must, important] = document(answers(), [plan_of()]).sections[0].bounces
    assert (must.heading, important.heading) == ("Class 1: must be met", "Class 2: important")
    assert must.rows == [["12 Jan", "wages", "¥24,000", "¥8,000"]]


def test_actions_stand_by_phase_in_order() -> None:
    plan = plan_of()
    phases = (Phase.DO_NOW, Phase.BY_DATE)
    actions = tuple(
        replace(each, phase=phase) for each, phase in zip(plan.actions, phases, strict=True)
    )
    section = document(answers(), [replace(plan, actions=actions)]).sections[0]
    assert [band.heading for band in section.actions] == ["Do now", "Later, each by its date"]


def test_a_reason_writes_money_and_days_as_the_tables_beside_it_do() -> None:
    because = message(
        "Without this, {amount} is missing on {date}.",
        amount=Money(8_000_00, "CNY"),
        date=date(2027, 1, 12),
    )
    plan = plan_of()
    plan = replace(plan, actions=(replace(plan.actions[0], because=because),))
    [band] = document(answers(), [plan]).sections[0].actions
    assert band.rows[0].because.startswith("Without this, ¥8,000 is missing on 12 Jan.")


def test_later_repayments_are_added_up_by_source() -> None:
    plan = plan_of()
    table = document(answers(), [plan]).sections[0].repayments
    assert table is not None
    total = sum(each.amount for each in plan.actions[0].repayments)
    assert table.rows == [["WeBank", "12 Feb", "12 Jan 2028", "12", EN.round_money(total, "CNY")]]
    twice = replace(plan, actions=(*plan.actions, plan.actions[0]))
    again = document(answers(), [twice]).sections[0].repayments
    assert again is not None
    assert [row[3] for row in again.rows] == ["24"]


def test_a_harmless_loss_says_that_nothing_needs_to_be_done() -> None:
    section = document(answers(), [plan_of("huabei")]).sections[0]
    assert section.actions_none.startswith("Nothing needs to be done")
    assert section.bounces_none == "Nothing is missed."
    assert section.repayments is None


def test_a_loss_that_nothing_helps_says_so() -> None:
    plan = replace(plan_of(), actions=(), after=plan_of().before)
    assert "would make it better" in document(answers(), [plan]).sections[0].actions_none


def test_a_later_loss_is_dated_in_the_text() -> None:
    found = assessed(shop(), loss_day=10)
    plan = draft(found.projection, found.loss("jiebei").outcome)
    assert "closed on 1 Dec 2026" in document(found, [plan]).sections[0].subtitle


def test_offices_of_china_stand_only_where_they_are_of_use() -> None:
    found, plan = of_book(shop(currency="EUR"))
    whole = text_of(reader(found, [plan]))
    assert "12378" not in whole
    assert "我的客服" not in whole
    assert "€23,000" in whole
    assert document(found, [plan], ZH).sections[0].in_capitals.startswith("大写：欧元")


def test_the_review_date_is_the_books_or_a_year_from_printing() -> None:
    assert document(answers(), []).front.closing[2].value == "22 Nov 2027"
    found = assessed(shop(next_review=date(2027, 2, 1)))
    assert document(found, []).front.closing[2].value == "1 Feb 2027"


def test_what_the_book_lacks_stands_among_the_first_steps() -> None:
    line = shop().by_id["backup"].changed(last_verified=None, lead_days=None)
    steps = document(assessed(shop().put(line)), []).front.steps
    assert any("Never verified" in step and "WeBank" in step for step in steps)


NASTY = (
    *HOSTILE,
    "#panic()",
    "$x_{$",
    "*bold* _it_ `raw`",
    "] #set page(width: 1cm)",
    "</text>",
    "\\u{41} \\",
    "@ref <label>",
    "https://example.org",
    "a--b...c~d",
    "{page} {n}",
    "Wörter – ÄÖÜ € 한국어 العربية",
)


@pytest.mark.parametrize("name", NASTY)
def test_no_name_acts_as_markup(name: str) -> None:
    book = shop(title=name, owner=name)
    for record in ("jiebei", "wages", "backup", "winter", "alipay"):
        book = book.put(book.by_id[record].changed(name=name))
    book = book.put(book.by_id["backup"].changed(contact=name, lender=name))
    found, plan = of_book(book)
    pdf = reader(found, [plan])
    assert len(pdf.pages) == 3
    visible = "".join(text_of(pdf, 2).split())
    if name.isascii():
        assert "".join(name.split()) in visible


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
    book = shop(title=name.format("Shop"), owner=name.format("Shop"))
    for record in ("jiebei", "wages", "rent", "backup", "winter", "alipay", "deposit"):
        book = book.put(book.by_id[record].changed(name=name.format(record)))
    for record, amount in (("winter", 3), ("wages", 3), ("rent", 2)):
        book = book.put(book.by_id[record].changed(amount=amount * 12_345_678_901_23))
    book = book.put(book.by_id["cash"].changed(balance=12_345_678_901_23))
    book = book.put(book.by_id["jiebei"].changed(limit=99_999_999_999_99))
    found = assessed(book)
    plans = [draft(found.projection, each.outcome) for each in found.losses]
    assert len(reader(found, plans, words).pages) == 1 + 2 * len(plans)


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


def images(of: Document) -> list[Image.Image]:
    """The pages as grey pictures of 72 dots an inch: one dot is one point."""
    pages = typst.compile(format="png", ppi=72, **job(of, PRINTED))
    assert isinstance(pages, list)
    return [Image.open(BytesIO(page)).convert("L") for page in pages]


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


def test_a_template_that_fails_is_our_defect_and_not_a_traceback() -> None:
    broken = msgspec.structs.replace(document(answers(), []), lang="no language")
    with pytest.raises(Defect, match="could not be typeset"):
        typeset(broken, PRINTED)


@settings(max_examples=15, suppress_health_check=list(HealthCheck))
@given(book=books(), language=st.sampled_from(("en", "zh_CN")))
def test_any_book_can_be_printed(book: Book, language: str) -> None:
    found = answer(book)
    plans = [without_actions(found, each.outcome) for each in found.losses[:2]]
    assert len(reader(found, plans, words_for(language)).pages) >= 1 + 2 * len(plans)


def without_actions(found: Answers, outcome: Outcome) -> Plan:
    assert outcome.contingency is not None
    return Plan(
        contingency=outcome.contingency,
        fingerprint=found.book.fingerprint,
        actions=(),
        cost=0,
        before=outcome,
        after=outcome,
        proved=True,
        remains=Message("Nothing can be done."),
    )
