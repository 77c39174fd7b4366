"""What falls short though nothing is lost is said first and once; a loss answers for its own.

The authority is plain counting: what is unpaid with the loss less what is unpaid without it.
"""

from dataclasses import replace
from datetime import date
from functools import cache

import pytest

from backstop.checks.readiness import findings
from backstop.contingency import NothingLost, OfRecord, pairs, single_closures, sweeps, threats
from backstop.contingency.blame import beyond, missed_by_payment
from backstop.domain import Priority
from backstop.paper.front import front_page
from backstop.paper.section import section_of
from backstop.plan import Answers, Severity, answer, assess
from backstop.services.losing import plannable
from backstop.services.plans import plans_for_all
from backstop.telling import Narrator, Words, words_for
from backstop.telling.phrases import in_words
from backstop.telling.sentences import (
    act_by_cell,
    base_verdict,
    bounces_cell,
    first_cell,
    gap_cell,
    loss_verdict,
    plan_cell,
    secure_count,
    verdict,
    what_it_adds,
    worst_cell,
)
from unit.test_report_book import YUAN, payment, shop

EN, ZH = words_for("en"), words_for("zh_CN")


@cache
def short_already() -> Answers:
    """A shop whose tax of 1 December cannot be paid even with every line open: ¥11,000 are missing
    then, and of the rent of 20 January ¥3,000 more. Jiebei pays wages and Huabei goods besides."""
    book = shop().put(payment("tax", "tax", 31_000, date(2026, 12, 1), priority=Priority.MUST))
    return in_words(assess(answer(book, today=9)), EN)


def said(words: Words, loss: str) -> str:
    found = short_already()
    return what_it_adds(found.loss(loss), Narrator(found.book, words))


@pytest.mark.parametrize("line", ["jiebei", "huabei", "backup", "alipay"])
def test_a_loss_answers_for_what_is_unpaid_with_it_and_not_without_it(line: str) -> None:
    found = short_already()
    outcome = found.loss(line).outcome
    without = {(e.obligation.record, e.day): e.missed for e in found.base.bounced}
    more = {
        (e.obligation.record, e.day): e.missed - without.get((e.obligation.record, e.day), 0)
        for e in outcome.bounced
    }
    assert {(e.obligation.record, e.day): e.missed for e in outcome.added} == {
        key: missed for key, missed in more.items() if missed > 0
    }
    assert ("tax", 10) not in {(e.obligation.record, e.day) for e in outcome.added}


def test_a_payment_missed_more_of_counts_as_far_as_that() -> None:
    anyway, outcome = short_already().base.bounced, short_already().loss("jiebei").outcome
    assert (
        sum(e.missed for e in beyond(outcome.bounced, missed_by_payment(anyway))) == 40_000 * YUAN
    )
    assert sum(e.missed for e in anyway) == 14_000 * YUAN
    assert beyond(anyway, missed_by_payment(anyway)) == ()


def test_what_falls_short_anyway_is_a_loss_of_its_own_with_a_cure() -> None:
    found = short_already()
    assert found.anyway is not None
    assert isinstance(found.anyway.contingency.identity, NothingLost)
    assert found.anyway.name == "every line open"
    assert found.anyway.cure is not None
    assert found.anyway.cure.complete
    assert found.all_losses[0] is found.anyway
    assert plannable(found).all_losses == plannable(found).losses
    assert found.loss("none") is found.anyway
    assert answer(shop()).anyway is None


def test_nobody_is_told_to_begin_before_today() -> None:
    """“If you start by 25 November” in a book that is opened on the 30th."""
    anyway = short_already().anyway
    assert anyway is not None
    assert anyway.plan is not None
    later = replace(anyway.outcome, projection=replace(anyway.outcome.projection, today=12))
    begun = replace(anyway, outcome=later).with_plan(anyway.plan)  # the tax was due on day 10
    assert begun.cure is not None
    assert begun.cure.deadline == 12


def test_the_verdict_says_first_what_fails_anyway_and_how_that_is_cured() -> None:
    found = short_already()
    answered = verdict(found, Narrator(found.book, EN))
    assert answered.headline == "Even with every line open, tax on 1 December cannot be paid."
    assert answered.detail == ("¥11,000 short that day, ¥14,000 by 20 January. Act today.")
    assert answered.contingency == "none"


@pytest.mark.parametrize("words", [EN, ZH], ids=["en", "zh_CN"])
def test_every_loss_is_told_after_it_and_never_of_the_tax(words: Words) -> None:
    found = short_already()
    narrator = Narrator(found.book, words)
    first = base_verdict(found.base, narrator).headline
    for loss in found.losses:
        told = loss_verdict(found, loss, narrator)
        assert told.headline == first
        assert told.text.count("tax") == 1
        assert "tax" not in " ".join(
            (gap_cell(loss, narrator), bounces_cell(loss, narrator), plan_cell(loss, narrator))
        )


def test_a_line_shows_what_its_loss_adds() -> None:
    assert said(EN, "huabei") == (
        "If Huabei closes today, goods on 3 December cannot be paid either. ¥4,000 more short. "
        "Act today. With a plan, no more stays unpaid than anyway."
    )
    assert said(ZH, "huabei") == (
        "如果Huabei今天关停，12月3日的goods也将付不出。缺口再增加 ¥4,000。今天就要行动。"
        "执行预案后，不会比原来多出付不出的款项。"
    )
    assert said(EN, "jiebei").startswith(
        "If Jiebei closes today, the Huabei bill on 10 January cannot be paid either. "
        "¥4,000 more short that day, ¥40,000 more by 20 January. Act today. With a "
        "plan, at most "
    )


def test_a_line_that_only_helped_is_told_as_such() -> None:
    found = short_already()
    loss, narrator = found.loss("backup"), Narrator(found.book, EN)
    assert not loss.outcome.adds
    assert first_cell(loss, narrator) == "it can help no longer"
    assert worst_cell(loss, narrator) == "–"
    assert any(loss.left)
    assert loss.severity is Severity.DANGER
    assert said(EN, "backup").startswith(
        "If WeBank closes today, it can no longer help with what is missed anyway. "
    )


def test_a_book_that_is_short_anyway_is_not_said_to_have_no_loss_that_hurts() -> None:
    book = shop().put(payment("tax", "tax", 31_000, date(2026, 12, 1), priority=Priority.MUST))
    assert secure_count(answer(book), EN) == "N−1: short already with every line open"


def test_a_loss_that_adds_nothing_is_fine() -> None:
    book = shop().put(payment("tax", "tax", 31_000, date(2026, 12, 1), priority=Priority.MUST))
    found = assess(answer(book.put(book.by_id["backup"].changed(limit=0))))
    loss, narrator = found.loss("backup"), Narrator(found.book, EN)
    assert loss.severity is Severity.FINE
    assert loss.survivable
    assert (gap_cell(loss, narrator), act_by_cell(loss, narrator)) == (
        "no worse than anyway",
        "–",
    )
    assert what_it_adds(loss, narrator) == (
        "If WeBank closes today, nothing is missed that is not missed anyway."
    )


def test_the_count_speaks_of_what_is_added() -> None:
    found = short_already()
    bad = len(found.not_survivable) + len(found.groups_not_survivable)
    assert secure_count(found, EN) == (
        f"short with every line open; {bad} of 4 losses leave more unpaid"
    )


def test_no_table_of_losses_blames_one_for_the_tax() -> None:
    found = short_already()
    projection = found.projection
    assert "tax" not in {
        e.obligation.record for e in threats(each.outcome for each in found.losses)
    }
    closures = single_closures(found.book, projection.now)
    by_line = {s.contingency.id: int(s.gap.max()) for s in sweeps(projection, closures)}
    assert by_line == {"jiebei": 40_000 * YUAN, "huabei": 4_000 * YUAN, "backup": 0}
    both = pairs(projection, closures)
    worst = both.contingency(both.worst(1)[0])
    assert worst.identity.first == OfRecord("jiebei")  # type: ignore[union-attr]
    assert int(both.gap.max()) == by_line["jiebei"] + by_line["huabei"] - 4_000 * YUAN


def test_the_finding_says_how_much_on_which_day() -> None:
    [found] = [e for e in findings(short_already().projection) if e.check == "base_shortfall"]
    assert EN.tell(found.said).startswith(
        "Even with every line open, cash falls short by ¥11,000.00 on 1 Dec 2026, and by up to "
        "¥14,000.00 on 20 Jan 2027."
    )


def test_the_paper_has_it_first_and_on_no_other_page() -> None:
    found = plannable(short_already())
    plans = plans_for_all(found)
    narrator = Narrator(found.book, EN)
    front = front_page(found, plans, narrator, date(2026, 11, 30))
    assert front.headline == "Even with every line open, tax on 1 December cannot be paid."
    assert [row.name for row in front.losses][:1] == ["every line open"]
    assert ["tax" in row.what for row in front.losses] == [True, False, False]
    anyway, *others = [section_of(found, plan, narrator) for plan in plans]
    assert anyway.title == "What falls short though nothing is lost"
    assert "tax" in str(anyway.bounces)
    for each in others:
        assert each.headline == front.headline
        assert "tax" not in str(each.bounces)
