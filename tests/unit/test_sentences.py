"""The sentences that screen, paper and command line share, read in both languages."""

from dataclasses import replace
from datetime import date

import pytest

from backstop.checks.readiness import findings
from backstop.contingency import (
    Bounced,
    NothingLost,
    Obligation,
    nothing_lost,
    outcome_of,
    title_of,
)
from backstop.domain import Priority
from backstop.plan import (
    Action,
    ActionKind,
    Answers,
    BackupLine,
    Cure,
    Loss,
    Phase,
    Repayment,
    Severity,
    answer,
)
from backstop.projection import FlowKind, project
from backstop.telling import Narrator, Words, words_for
from backstop.telling.actions import action_text, action_when, begins, phase_heading, takes_effect
from backstop.telling.beforehand import line_row
from backstop.telling.phrases import listed, obligation_name, obligation_title
from backstop.telling.secure import secure_name, secure_word
from backstop.telling.sentences import (
    MARKS,
    act_by_cell,
    base_verdict,
    bounces_cell,
    bounces_sentence,
    buffer_sentence,
    consequence,
    deadline_sentence,
    gap_cell,
    loss_summary,
    loss_verdict,
    plan_cell,
    secure_count,
    severity_word,
    survival,
    verdict,
    worst_cell,
)
from unit.test_report_book import DAY_0, YUAN, answers, assessed, payment, plan_of, shop, without

EN, ZH = words_for("en"), words_for("zh_CN")


def jiebei() -> Loss:
    return answers().loss("jiebei")


def with_cure(missed: tuple[int, int, int], deadline: int | None) -> Loss:
    return replace(jiebei(), cure=Cure(missed, deadline, sum(missed)))


def full(found: Answers, words: Words) -> tuple[str, str]:
    said = verdict(found, Narrator(found.book, words))
    return said.headline, said.detail


def test_the_verdict_names_the_loss_the_payment_the_gap_and_the_last_day() -> None:
    book = without("link_groups")
    assert full(assessed(book), EN) == (
        "If Jiebei closes today, wages on 12 January cannot be paid.",
        "¥8,000 short that day, ¥23,000 by 20 January. Act by 11 January.",
    )
    assert full(assessed(book), ZH) == (
        "如果Jiebei今天关停，1月12日的wages将付不出。",
        "当天缺口 ¥8,000，到1月20日扩大到 ¥23,000。最迟1月11日开始行动。",
    )


def test_a_link_group_closes_as_one() -> None:
    assert full(answers(), EN)[0].startswith("If everything in Alipay closes today, ")
    assert full(answers(), ZH)[0].startswith("如果Alipay今天一起关停，")


def test_paper_says_the_day_instead_of_today() -> None:
    assert (
        "closes on 21 Nov 2026, "
        in verdict(answers(), Narrator(answers().book, EN), dated=True).headline
    )
    assert (
        "在2026年11月21日一起关停，"
        in verdict(answers(), Narrator(answers().book, ZH), dated=True).headline
    )


def test_a_later_loss_is_dated() -> None:
    found = assessed(without("link_groups"), loss_day=10)
    assert full(found, EN)[0].startswith("If Jiebei closes on 1 December, ")


def test_before_the_losses_are_assessed_no_deadline_is_said() -> None:
    found = answer(without("link_groups"))
    assert full(found, EN)[1] == "¥8,000 short that day, ¥23,000 by 20 January."
    assert secure_count(found, EN) == "N−1: 1 of 3 would hurt"


def test_one_gap_is_said_once() -> None:
    book = without("link_groups")
    book = book.without("rent")
    assert full(assessed(book), EN)[1].startswith("¥8,000 short. ")


def test_a_book_that_is_short_already_says_so_first() -> None:
    book = shop().put(payment("tax", "tax", 90_000, date(2026, 12, 1), priority=Priority.MUST))
    found = answer(book)
    assert full(found, EN) == (
        "Even with every line open, tax on 1 December cannot be paid.",
        "¥70,000 short that day, ¥73,000 by 20 January.",
    )
    assert full(found, ZH)[0] == "即使所有额度都正常，12月1日的tax也付不出。"
    assert verdict(found, Narrator(found.book, EN)).severity is Severity.DANGER


def test_what_is_due_today_is_not_dated() -> None:
    book = shop().put(payment("tax", "tax", 90_000, date(2026, 11, 21)))
    assert full(answer(book), EN)[0] == "Even with every line open, tax due today cannot be paid."
    assert full(answer(book), ZH)[0] == "即使所有额度都正常，今天到期的tax也付不出。"


def test_an_account_overdrawn_from_the_start_has_no_payment_to_blame() -> None:
    overdrawn = shop().by_id["cash"].changed(balance=-100 * YUAN)
    lists = ("planned_draws", "cash_flows", "link_groups")
    found = answer(without(*lists).put(overdrawn))
    assert full(found, EN) == (
        "Even with every line open, cash is below zero from 21 November.",
        "¥100 short.",
    )
    assert found.anyway is not None
    assert bounces_sentence(found.anyway.outcome, Narrator(found.book, EN)) == (
        "Cash is below zero from 21 November."
    )
    assert loss_summary(found.anyway, Narrator(found.book, EN)) == "−¥100 on 21 Nov"


def test_a_secure_book_names_the_closest_call() -> None:
    book = without("planned_draws", "link_groups").without("wages").without("rent")
    said = verdict(assessed(book), Narrator(assessed(book).book, EN))
    assert said.headline == "Every single line can be lost without a missed payment."
    assert said.detail.startswith("The closest call is Huabei: cash would never fall below ¥16,000")
    assert said.severity is Severity.FINE
    assert "任断一条额度" in verdict(assessed(book), Narrator(assessed(book).book, ZH)).headline


def test_a_secure_book_whose_buffer_is_touched_is_to_be_watched() -> None:
    book = without("planned_draws", "link_groups", minimum_cash=17_000 * YUAN)
    book = book.without("wages").without("rent")
    said = verdict(assessed(book), Narrator(assessed(book).book, EN))
    assert said.severity is Severity.CAREFUL
    assert "below your minimum of ¥17,000." in said.detail


def test_a_book_without_lines_has_nothing_to_lose() -> None:
    book = without("facilities", "planned_draws", "link_groups", "cash_flows")
    said = verdict(answer(book), Narrator(book, EN))
    assert said.headline == "Nothing is known yet of what comes in and what goes out."
    assert not secure_count(answer(book), EN)
    book = book.put(payment("tea", "tea", 1, date(2026, 12, 1)))
    assert "No credit line" in verdict(answer(book), Narrator(answer(book).book, EN)).headline
    assert secure_count(answer(book), EN) == "N−1: no lines yet"


@pytest.mark.parametrize(("words", "open_lines"), [(EN, "every line"), (ZH, "所有额度")])
def test_a_book_without_lines_is_told_nothing_of_open_lines(words: Words, open_lines: str) -> None:
    book = without("facilities", "planned_draws", "link_groups", "cash_flows")
    taxed = book.put(payment("tax", "tax", 90_000, date(2026, 12, 1), priority=Priority.MUST))
    overdrawn = book.put(book.by_id["cash"].changed(balance=-100 * YUAN))
    for each in (book, taxed, overdrawn):
        found, narrator = answer(each), Narrator(each, words)
        said = [*full(found, words), base_verdict(found.base, narrator).headline]
        said += [words.tell(finding.said) for finding in findings(found.projection)]
        title = words.tell(title_of(each, NothingLost()))
        anyway = Loss(title, replace(found.base, contingency=nothing_lost()))
        said += [anyway.name, loss_verdict(found, anyway, narrator).headline]
        assert not [text for text in said if open_lines in text.lower()]
    assert full(answer(taxed), EN)[0] == "Tax on 1 December cannot be paid."
    assert full(answer(overdrawn), EN)[0] == "Cash is below zero from 21 November."
    said_alone = base_verdict(answer(book).base, Narrator(book, EN)).headline
    assert said_alone == "Every payment can be made."


def test_a_loss_that_cannot_be_cured_says_what_stays_unpaid() -> None:
    book, loss = answers().book, with_cure((0, 500_000, 1_000), 51)
    assert deadline_sentence(loss, Narrator(book, EN)) == (
        "It cannot be fully cured: if you start by 11 January, ¥5,010 of ¥23,000 stays unpaid."
    )
    assert deadline_sentence(loss, Narrator(book, ZH)) == (
        "无法完全补上：最迟1月11日开始行动，¥23,000 的缺口也还剩 ¥5,010 付不出。"
    )
    assert plan_cell(loss, Narrator(book, EN)) == "¥5,010 unpaid"


def test_a_loss_that_nothing_helps_has_no_deadline() -> None:
    book, loss = answers().book, with_cure((800_000, 0, 0), None)
    assert deadline_sentence(loss, Narrator(book, EN)) == (
        "It cannot be cured: ¥8,000 stays unpaid, whatever is done."
    )
    assert act_by_cell(loss, Narrator(book, EN)) == "–"


def test_what_no_plan_can_cure_is_told_apart_from_what_this_one_leaves() -> None:
    book, loss = answers().book, with_cure((0, 500_000, 1_000), 51)
    assert loss.cure is not None

    def said(at_least: int, deadline: int | None = 51) -> str:
        cure = Cure((0, 500_000, 1_000), deadline, at_least)
        return deadline_sentence(replace(loss, cure=cure), Narrator(book, EN))

    assert said(500_000) == (
        "It cannot be fully cured: if you start by 11 January, ¥5,010 of ¥23,000 stays unpaid."
    ), "but for a hundredth"
    assert said(300_000) == (
        "It cannot be fully cured: at least ¥3,000 of ¥23,000 stays unpaid; if you start by "
        "11 January, this plan leaves ¥5,010."
    )
    assert said(0) == (
        "No full cure was found: if you start by 11 January, ¥5,010 of ¥23,000 stays unpaid."
    )
    assert said(0, None) == "Nothing was found that helps: ¥5,010 stays unpaid."


def test_the_last_day_to_act_is_that_on_which_the_plan_begins() -> None:
    """Another plan may start later: what is told is the plan that is there."""
    found = assessed(without("link_groups"))
    loss = found.loss("jiebei")
    assert loss.plan is not None
    assert loss.cure is not None
    assert loss.cure.deadline == min(each.start_day for each in loss.plan.actions)
    narrator = Narrator(found.book, EN)
    first = narrator.on_day(loss.cure.deadline)
    assert deadline_sentence(loss, narrator) == f"Act by {first}."


def test_the_last_day_may_be_today() -> None:
    book, loss = answers().book, with_cure((0, 0, 0), 0)
    assert deadline_sentence(loss, Narrator(book, EN)) == "Act today."
    assert deadline_sentence(loss, Narrator(book, EN), dated=True) == "Act by 21 November."
    assert act_by_cell(loss, Narrator(book, EN)) == "today"
    assert act_by_cell(loss, Narrator(book, ZH)) == "今天"
    partly = with_cure((0, 0, 100), 0)
    assert deadline_sentence(partly, Narrator(book, EN)).startswith(
        "It cannot be fully cured: even if you start today"
    )


def test_a_payment_missed_in_part_is_not_paid_in_full() -> None:
    flow = shop().by_id["wages"].changed(partly_payable=True)
    found = assessed(without("link_groups").put(flow))
    assert full(found, EN)[0].endswith("wages on 12 January cannot be paid in full.")
    assert (
        consequence(found.loss("jiebei").outcome, Narrator(found.book, ZH))
        == "1月12日的wages将付不全。"
    )


def test_a_loss_without_consequence_says_nothing_is_missed() -> None:
    said = loss_verdict(answers(), answers().loss("huabei"), Narrator(answers().book, EN))
    assert said.headline == "If Huabei closes today, nothing is missed."
    assert said.detail == "Cash never falls below ¥16,000 (3 December)."


def test_the_base_case_has_a_verdict_of_its_own() -> None:
    said = base_verdict(answers().base, Narrator(answers().book, EN))
    assert said.headline == "With every line open, every payment can be made."


def test_days_below_the_buffer_are_counted() -> None:
    book = shop(minimum_cash=16_500 * YUAN)
    projection, narrator = project(book), Narrator(book, EN)

    def said(days: int) -> str:
        low = projection.buffer.copy()
        low[12 : 12 + days] = 100
        return buffer_sentence(outcome_of(projection, None, low), narrator)

    assert "for one day, 3 December" in said(1)
    assert "for 30 days, from 3 December" in said(30)
    assert said(0) == ""


def test_survival_without_any_line() -> None:
    found = answers()
    assert (
        survival(found, Narrator(found.book, EN))
        == "With no line at all, the money lasts 52 days, to 11 January."
    )
    for first, said in ((0, "does not last the day"), (1, "lasts one day"), (None, "beyond")):
        other = replace(found.without_any_line, first_shortfall=first)
        assert said in survival(
            replace(found, without_any_line=other),
            Narrator(replace(found, without_any_line=other).book, EN),
        )


def test_the_count_of_lines_that_cannot_be_lost() -> None:
    found = assessed(without("link_groups"))
    assert secure_count(found, EN) == "N−1 secure: 3 of 3 survivable"
    bad = replace(found, losses=(with_cure((100, 0, 0), None), *found.singles[1:]))
    assert secure_count(bad, EN) == "N−1: 1 of 3 leave something unpaid"
    assert secure_count(bad, ZH) == "N−1：3 条额度中有 1 条断掉后仍有款项付不出"


def counted(lines: bool, groups: int, *, bad_groups: int = 0) -> Answers:
    """Three lines, all of them survivable or not the first, and so many groups."""
    found = answers()
    [group] = found.groups
    broken = replace(group, cure=Cure((100, 0, 0), None))
    singles = found.singles if lines else (with_cure((100, 0, 0), None), *found.singles[1:])
    fine = (group,) * (groups - bad_groups)
    return replace(found, losses=(*singles, *(broken,) * bad_groups, *fine))


@pytest.mark.parametrize(
    ("found", "english", "chinese"),
    [
        (
            counted(True, 1),
            "N−1 secure: 3 of 3 lines and the one group survivable",
            "N−1 达标：3 条额度任断一条、唯一的关联组整组断掉都扛得住",
        ),
        (
            counted(True, 2),
            "N−1 secure: 3 of 3 lines and 2 of 2 groups survivable",
            "N−1 达标：3 条额度任断一条、2 个关联组任断一组都扛得住",
        ),
        (
            counted(True, 1, bad_groups=1),
            "N−1: 3 of 3 lines survivable, the one group leaves something unpaid",
            "N−1：3 条额度任断一条都扛得住，唯一的关联组断掉后仍有款项付不出",
        ),
        (
            counted(True, 2, bad_groups=1),
            "N−1: 3 of 3 lines survivable, 1 of 2 groups leave something unpaid",
            "N−1：3 条额度任断一条都扛得住，2 个关联组中有 1 个断掉后仍有款项付不出",
        ),
        (
            counted(False, 1),
            "N−1: 1 of 3 lines leave something unpaid; the one group can be survived",
            "N−1：3 条额度中有 1 条断掉后仍有款项付不出；唯一的关联组断掉也扛得住",
        ),
        (
            counted(False, 2, bad_groups=2),
            "N−1: 1 of 3 lines and 2 of 2 groups leave something unpaid",
            "N−1：3 条额度中有 1 条、2 个关联组中有 2 个断掉后仍有款项付不出",
        ),
    ],
)
def test_lines_and_groups_are_counted_apart(found: Answers, english: str, chinese: str) -> None:
    assert secure_count(found, EN) == english
    assert secure_count(found, ZH) == chinese


def test_where_a_group_cannot_be_lost_no_page_says_secure() -> None:
    bad = counted(True, 1, bad_groups=1)
    assert (secure_name(bad, EN), secure_word(bad, EN)) == (
        "Loss of any one line or group",
        "not secure",
    )
    assert (secure_name(bad, ZH), secure_word(bad, ZH)) == ("任断一条额度或一个关联组", "扛不住")
    fine = assessed(without("link_groups"))
    assert (secure_name(fine, EN), secure_word(fine, EN)) == ("Loss of any one line", "secure")


def test_cells_of_the_table_of_losses() -> None:
    book, hurts, fine = answers().book, jiebei(), answers().loss("huabei")
    assert gap_cell(hurts, Narrator(book, EN)) == "−¥8,000 on 12 Jan, −¥23,000 by 20 Jan"
    assert gap_cell(hurts, Narrator(book, ZH)) == "1月12日 −¥8,000，到1月20日共 −¥23,000"
    assert gap_cell(fine, Narrator(book, EN)) == "nothing missed"
    assert bounces_cell(hurts, Narrator(book, EN)) == "wages, rent (2)"
    assert bounces_cell(hurts, Narrator(book, ZH)) == "wages、rent（2）"
    assert bounces_cell(fine, Narrator(book, EN)) == "–"
    assert plan_cell(hurts, Narrator(book, EN)) == "nothing missed"
    assert act_by_cell(hurts, Narrator(book, EN)) == "11 Jan"
    assert act_by_cell(fine, Narrator(book, EN)) == "–"
    unassessed = replace(hurts, cure=None, plan=None)
    assert (
        plan_cell(unassessed, Narrator(book, EN)),
        act_by_cell(unassessed, Narrator(book, EN)),
    ) == ("at most ¥23,000 unpaid", "…")
    low = replace(fine, outcome=replace(fine.outcome, first_below_buffer=3))
    assert gap_cell(low, Narrator(book, EN)) == "below minimum from 24 Nov"


def test_one_line_says_a_loss() -> None:
    book = answers().book
    assert loss_summary(jiebei(), Narrator(book, EN)) == (
        "−¥8,000 on 12 Jan, −¥23,000 by 20 Jan · wages and rent · act by 11 Jan"
    )
    assert loss_summary(answers().loss("huabei"), Narrator(book, EN)) == "nothing missed"


def test_far_dates_carry_their_year() -> None:
    later = replace(jiebei().outcome, largest_gap_day=350, first_shortfall=350)
    far = replace(jiebei(), outcome=later)
    assert worst_cell(far, Narrator(answers().book, EN)) == "−¥23,000 by 6 Nov 2027"


def test_bounces_are_listed_by_day_and_the_rest_counted() -> None:
    book, outcome = answers().book, jiebei().outcome
    assert bounces_sentence(outcome, Narrator(book, EN)) == (
        "Not paid: wages on 12 January, rent on 20 January."
    )
    assert bounces_sentence(outcome, Narrator(book, EN), most=1) == (
        "Not paid: wages on 12 January; and one more later."
    )
    wages = outcome.bounced[0]
    many = tuple(replace(wages, obligation=replace(wages.obligation, day=d)) for d in range(1, 6))
    said = bounces_sentence(replace(outcome, chosen=many), Narrator(book, EN))
    assert said.endswith("; and 2 more later.")


def test_many_names_are_cut_and_counted() -> None:
    assert listed(["a", "b", "c"], EN) == "a, b and c"
    assert listed(["a", "b", "c", "d"], EN) == "a, b and 2 other payments"
    assert listed(["甲", "乙", "丙", "丁"], ZH) == "甲、乙等4笔款项"


@pytest.mark.parametrize(
    ("record", "kind", "name", "short", "long"),
    [
        ("winter", FlowKind.INSTALMENT, "Winter stock", "the Jiebei instalment", "Winter stock"),
        ("jiebei", FlowKind.INSTALMENT, "Jiebei", "the Jiebei instalment", "Jiebei, instalment"),
        ("goods", FlowKind.BILL, "goods", "the Huabei bill", "Huabei, bill: goods"),
        ("huabei", FlowKind.BILL, "Huabei", "the Huabei bill", "Huabei, bill"),
        ("wages", FlowKind.PAYMENT, "wages", "wages", "wages"),
        ("gone", FlowKind.INSTALMENT, "Old loan", "the Old loan instalment", "instalment"),
    ],
)
def test_repayments_are_called_by_the_line_they_go_to(
    record: str, kind: FlowKind, name: str, short: str, long: str
) -> None:
    owed = Obligation(record, name, kind, Priority.MUST, 3, 100)
    assert obligation_name(owed, Narrator(shop(), EN)) == short
    assert long in obligation_title(owed, Narrator(shop(), EN))


def an_action(kind: ActionKind, **fields: object) -> Action:
    facts: dict[str, object] = {
        "source": "backup",
        "name": "WeBank",
        "day": 52,
        "start_day": 52,
        "amount": 3_000_000,
        "cost": 0,
        "phase": Phase.BY_DATE,
    }
    return Action(kind=kind, **{**facts, **fields})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("action", "english", "chinese"),
    [
        (
            an_action(ActionKind.DRAW, periods=12),
            "Draw ¥30,000 from WeBank for 12 months",
            "从WeBank提款 ¥30,000，期限 12 个月",
        ),
        (
            an_action(ActionKind.DRAW, periods=1),
            "Draw ¥30,000 from WeBank for a month",
            "从WeBank提款 ¥30,000，期限 1 个月",
        ),
        (
            an_action(ActionKind.PURCHASE, name="Huabei", payment_name="goods"),
            "Pay goods (¥30,000) through Huabei",
            "用Huabei支付goods（¥30,000）",
        ),
        (
            an_action(ActionKind.RESERVE, name="Deposit"),
            "Release ¥30,000 from Deposit",
            "从Deposit取出 ¥30,000",
        ),
        (
            an_action(ActionKind.DEFER, name="rent", repayments=(Repayment(104, 3_000_000),)),
            "Put off rent (¥30,000) to 5 March",
            "把rent（¥30,000）推迟到3月5日",
        ),
        (
            an_action(ActionKind.DEFER, name="rent"),
            "Put off rent (¥30,000)",
            "推迟支付rent（¥30,000）",
        ),
        (
            an_action(ActionKind.CUT, name="fun", days=(52,)),
            "Cut fun by ¥30,000",
            "fun减少 ¥30,000",
        ),
        (
            an_action(ActionKind.CUT, name="fun", days=(52, 59, 66)),
            "Cut fun by ¥10,000 each time, 3 times, to 26 January",
            "fun每次减少 ¥10,000，共 3 次，到1月26日为止",
        ),
    ],
)
def test_each_action_is_an_order_in_words(action: Action, english: str, chinese: str) -> None:
    assert action_text(action, Narrator(shop(), EN)) == english
    assert action_text(action, Narrator(shop(), ZH)) == chinese


def test_what_can_go_wholly_is_done_without_and_not_cut_by_its_own_amount() -> None:
    once = an_action(ActionKind.CUT, name="fun", source="fun", days=(52,))
    often = an_action(ActionKind.CUT, name="fun", source="fun", days=(52, 59, 66))
    flow = payment("fun", "fun", 10_000, DAY_0, cuttable_percent=100)
    whole, part = shop().put(flow), shop().put(flow.changed(cuttable_percent=99))
    assert action_text(once, Narrator(whole, EN)) == "Do without fun (¥30,000)"
    assert action_text(once, Narrator(whole, ZH)) == "取消fun（¥30,000）"
    assert action_text(often, Narrator(whole, EN)) == (
        "Do without fun (¥10,000 each time, 3 times, to 26 January)"
    )
    assert action_text(once, Narrator(part, EN)) == "Cut fun by ¥30,000"


def test_what_takes_days_stands_under_the_day_to_begin_and_says_when_it_is_there() -> None:
    later = an_action(ActionKind.DRAW, start_day=49)
    assert action_when(later, Narrator(shop(), EN)) == "begin by 9 Jan, money on 12 Jan"
    assert begins(later, Narrator(shop(), EN)) == "9 Jan"
    assert takes_effect(later, Narrator(shop(), EN)) == "Money on 12 Jan."
    assert takes_effect(later, Narrator(shop(), ZH)) == "1月12日到账。"
    agreed = an_action(ActionKind.RENEGOTIATE, start_day=49)
    assert takes_effect(agreed, Narrator(shop(), EN)) == "From 12 Jan on."
    at_once = an_action(ActionKind.DRAW)
    assert action_when(at_once, Narrator(shop(), EN)) == "12 Jan"
    assert begins(at_once, Narrator(shop(), EN)) == "12 Jan"
    assert takes_effect(at_once, Narrator(shop(), EN)) == ""


def test_phases_have_headings() -> None:
    assert [phase_heading(each, EN) for each in Phase] == [
        "Do now",
        "On the day it closes",
        "Later, each by its date",
    ]


def test_severity_has_a_shape_and_a_word() -> None:
    assert [f"{MARKS[each]} {severity_word(each, EN)}" for each in Severity] == [
        "● fine",
        "▲ careful",
        "■ danger",
    ]


def test_names_stand_as_typed_whatever_they_hold() -> None:
    name = "<b>{x}</b> $x_{$ %s"
    flow = shop().by_id["wages"].changed(name=name)
    found = assessed(shop().put(flow))
    assert name in verdict(found, Narrator(found.book, EN)).headline
    assert name in verdict(found, Narrator(found.book, ZH)).headline


def test_what_a_real_plan_says_reads_as_sentences() -> None:
    plan = plan_of()
    book = answers().book
    texts = [action_text(each, Narrator(book, EN)) for each in plan.actions]
    assert texts == ["Draw ¥16,000 from WeBank for 12 months", "Release ¥9,100 from Deposit"]


def test_bounced_amounts_of_a_day_add_up_in_the_detail() -> None:
    outcome = jiebei().outcome
    assert sum(each.missed for each in outcome.bounced) == outcome.largest_gap
    assert all(isinstance(each, Bounced) for each in outcome.bounced)


def test_a_line_that_does_not_help_has_no_cost() -> None:
    none = BackupLine("a", "Bank", 3, None, 0)
    assert line_row(none, Narrator(shop(), EN)) == ["Bank", "3", "none found", "–"]
    some = BackupLine("a", "Bank", 3, 500 * YUAN, 20 * YUAN)
    assert line_row(some, Narrator(shop(), EN)) == ["Bank", "3", "¥500", "¥20"]
