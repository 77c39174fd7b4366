"""What is really gone is part of the projection, and cannot be lost again.

The authority is the loss itself: a line that is gone since a day does to cash what its closing on
that day does; with another loss on top it is what both losses do together.
"""

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest

from backstop.contingency import (
    Contingency,
    ContingencyKind,
    OfRecord,
    account_closures,
    low_under,
    open_days,
    projection_of_now,
    single_closures,
)
from backstop.domain import BadInput, Book, LossMode, RepaymentMethod
from backstop.plan import answer, assess
from backstop.plan.drafting.draft import draft
from backstop.projection import headroom, project
from backstop.services.accepting import accept
from backstop.services.samples import load_sample
from backstop.telling import Narrator, words_for
from backstop.telling.deadlines import deadline_sentence
from backstop.telling.happenings import heading
from backstop.telling.phrases import in_words
from backstop.telling.sentences import first_cell, loss_verdict, plan_cell, secure_count
from unit.test_report_book import shop

EN, ZH = words_for("en"), words_for("zh_CN")
SAMPLES = ["contractor", "household", "trading", "wholesaler", "online-shop-us"]


def gone(book: Book, line: str, days: int = 0) -> Book:
    return book.put(book.by_id[line].changed(lost_since=book.as_of + timedelta(days=days)))


def frozen(book: Book, account: str, days: int) -> Book:
    until = book.as_of + timedelta(days=days)
    return book.put(book.by_id[account].changed(frozen_until=until))


def closing(line: str, day: int) -> Contingency:
    mode = LossMode.NO_NEW_DRAWS
    return Contingency(OfRecord(line), ContingencyKind.SINGLE, (line,), day, mode=mode)


@pytest.mark.parametrize("days", [0, 12, 60])
@pytest.mark.parametrize("name", SAMPLES)
def test_a_line_that_is_gone_does_what_its_closing_does(name: str, days: int) -> None:
    book = load_sample(name)
    plain = project(book)
    for line in book.facilities:
        lost = low_under(plain, [closing(line.id, days)])[0]
        assert np.array_equal(projection_of_now(gone(book, line.id, days)).spendable, lost)


@pytest.mark.parametrize("name", SAMPLES)
def test_another_loss_on_top_is_both_losses_together(name: str) -> None:
    book = load_sample(name)
    first = book.facilities[0].id
    others = [e for e in single_closures(book) if e.targets != (first,)]
    together = [
        replace(each, mode=LossMode.NO_NEW_DRAWS, also=closing(first, 0)) for each in others
    ]
    alone = [replace(each, mode=LossMode.NO_NEW_DRAWS) for each in others]
    found = low_under(projection_of_now(gone(book, first)), alone)
    assert np.array_equal(found, low_under(project(book), together))


def test_a_frozen_account_keeps_its_money_until_the_day() -> None:
    book = shop()
    lost = replace(account_closures(book)[0], duration_days=40)
    expected = low_under(project(book), [lost])[0]
    assert np.array_equal(projection_of_now(frozen(book, "cash", 40)).spendable, expected)
    assert np.array_equal(projection_of_now(frozen(book, "cash", -3)).low, project(book).low)


def test_two_accounts_frozen_until_different_days_hold_no_more_than_there_is() -> None:
    book = load_sample("household")
    operating = [each for each in book.accounts if each.role == "operating" and each.balance > 0]
    for each, days in zip(operating, (20, 50), strict=False):
        book = frozen(book, each.id, days)
    found = projection_of_now(book)
    assert int(found.low[0]) <= 0 or len(operating) > 2
    assert int(found.closing[-1]) == int(project(book).closing[-1])


def test_the_loss_of_what_is_gone_changes_nothing_and_reads_so() -> None:
    book = gone(shop(), "jiebei")
    found = in_words(assess(answer(book)), EN)
    loss, narrator = found.loss("jiebei"), Narrator(book, EN)
    assert loss.is_over
    assert np.array_equal(loss.outcome.low, found.base.low)
    assert first_cell(loss, narrator) == "already gone"
    assert first_cell(loss, Narrator(book, ZH)) == "已经断供"
    assert plan_cell(loss, narrator) == "–"
    told = loss_verdict(found, loss, narrator)
    assert told.headline == "Jiebei is already gone: all figures count without it."
    assert told.detail.startswith(
        "Even with every line that is left, wages on 12 January cannot be paid."
    )
    assert told.detail.endswith(deadline_sentence(found.anyway or loss, narrator))
    assert heading(loss, narrator) == "Jiebei is already gone"
    assert "of 3 losses" in secure_count(found, EN)  # two lines and the group


def test_an_account_that_is_frozen_is_not_told_as_gone_for_good() -> None:
    book = frozen(shop(), "cash", 20)
    found = in_words(answer(book, contingencies=account_closures(book)), EN)
    told = loss_verdict(found, found.loss("cash"), Narrator(book, EN))
    assert told.headline.endswith(
        "is already frozen, until 11 Dec 2026: all figures count with that."
    )


def test_what_falls_short_without_it_is_told_as_falling_short_anyway() -> None:
    found = assess(answer(gone(shop(), "jiebei")))
    assert found.anyway is not None
    expected = answer(shop()).loss("jiebei").outcome
    assert found.base.largest_gap == expected.largest_gap
    assert found.base.first_shortfall == expected.first_shortfall


def test_its_plan_goes_on() -> None:
    """A plan kept for the loss of a line is carried out when the line is really gone."""
    book = shop()
    answers = assess(answer(book))
    plan = draft(answers.projection, answers.loss("jiebei").outcome)
    kept = accept(answers, plan, book.as_of, drill=False).after
    after = gone(kept, "jiebei")
    found = answer(after)
    assert [each.contingency for each in after.accepted_plans] == ["jiebei"]
    again = draft(found.projection, found.loss("jiebei").outcome)
    assert [(e.source, e.amount) for e in again.actions] == [
        (e.source, e.amount) for e in plan.actions
    ]


def test_nothing_can_be_drawn_on_it() -> None:
    book = gone(shop(), "backup", 5)
    projection = projection_of_now(book)
    line = book.by_id["backup"]
    assert not headroom(projection, line)[5:].any()  # type: ignore[arg-type]
    assert headroom(projection, line)[:5].all()  # type: ignore[arg-type]
    assert not open_days(projection, None, line)[5:].any()  # type: ignore[arg-type]


def test_an_overdraft_that_is_gone_has_no_limit_instead() -> None:
    line = shop().by_id["backup"]
    with pytest.raises(BadInput) as refused:
        line.changed(method=RepaymentMethod.OVERDRAFT, lost_since=date(2026, 1, 5))
    assert "limit to 0" in str(refused.value) or "overdraft" in str(refused.value).lower()
