"""The printed plan: what it says, and that nothing makes it fail."""

from dataclasses import replace
from datetime import date
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from backstop.domain import Book, Defect, Money, message
from backstop.paper import contingency_pdf
from backstop.paper.section import MOST_BOUNCES
from backstop.paper.typeset import typeset
from backstop.plan import Phase, answer, draft
from backstop.telling import Narrator, words_for
from printed import (
    EN,
    PRINTED,
    ZH,
    document,
    of_book,
    reader,
    text_of,
    with_bounces,
    without_actions,
)
from strategies import HOSTILE, books
from unit.test_report_book import DAY_0, answers, assessed, plan_of, shop


def test_the_front_page_says_what_matters_first() -> None:
    front = text_of(reader(answers(), [plan_of()]), 0)
    for part in (
        "Corner shop",
        "Sole trader",
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
        "Sole trader",
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
    first = contingency_pdf(answers(), [plan_of()], Narrator(answers().book, EN), PRINTED)
    assert contingency_pdf(answers(), [plan_of()], Narrator(answers().book, EN), PRINTED) == first


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
    pages = reader(answers(), [plan])
    assert len(pages.pages) == 3
    assert said_of_lists(pages, 1)
    assert not said_of_lists(reader(answers(), [plan_of()]), 1)


def said_of_lists(pages: PdfReader, page: int) -> bool:
    """Whether a page says where all of what it names in part is named."""
    return "all are: on the pages “Stress” and “Plan”" in text_of(pages, page)


@pytest.mark.parametrize("whole", [False, True])
def test_what_stays_unpaid_is_named_whole_where_that_is_asked_for(whole: bool) -> None:
    plan = with_bounces(plan_of(), 40)
    plan = replace(plan, after=replace(plan.after, chosen=plan.before.bounced))
    said = document(answers(), [plan], words_for("en", whole_lists=whole)).sections[0]
    assert ("and 35 more to 31 Dec" in " ".join(said.remains_rows)) is not whole
    assert said.cut_short is not whole


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


def test_where_nothing_is_to_be_done_no_page_speaks_of_actions() -> None:
    plan = plan_of("huabei")
    assert not plan.actions
    right = text_of(reader(answers(), [plan]), 2)
    for part in ("What this costs you later", "These actions", "every action", "the actions"):
        assert part not in right
    assert "Start the actions" in text_of(reader(answers(), [plan_of("jiebei")]), 2)


def test_a_loss_that_nothing_helps_says_so() -> None:
    plan = replace(plan_of(), actions=(), after=plan_of().before)
    assert "would make it better" in document(answers(), [plan]).sections[0].actions_none


def test_a_later_loss_is_dated_in_the_text() -> None:
    found = assessed(shop(), loss_day=10)
    plan = draft(found.projection, found.loss("jiebei").outcome)
    assert "lost on 1 Dec 2026" in document(found, [plan]).sections[0].subtitle


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
