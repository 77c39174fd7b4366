"""Causes by name: each applies to a lived-in book, says what it assumes, and can be edited."""

from dataclasses import replace

import pytest

from backstop.contingency import Basis, Cascade, outcomes
from backstop.contingency.applying import applied, choices, every_applied
from backstop.contingency.manner import Manner
from backstop.contingency.presets import BY_KEY, PRESETS, SUDDEN_EXPENSE, Preset, Scope, named
from backstop.domain import Book, CustomerRisk, Direction, LossMode
from backstop.plan import answer
from backstop.projection import project
from backstop.services.losing import with_loss
from backstop.services.samples import load_sample, sample_names
from backstop.services.stress import preset_named
from backstop.telling import Narrator, words_for
from backstop.telling.sentences import loss_verdict

every_preset = pytest.mark.parametrize("preset", PRESETS, ids=lambda each: each.key)


@pytest.fixture(scope="module")
def books() -> list[Book]:
    return [load_sample(name) for name in sample_names()]


@every_preset
def test_a_preset_has_a_name_and_a_sentence_in_both_languages(preset: Preset) -> None:
    for language, stop in (("en", "."), ("zh_CN", "。")):
        words = words_for(language)
        assert words.tell(preset.name)
        assert words.tell(preset.told).endswith(stop)
    assert words_for("zh_CN").tell(preset.name) != str(preset.name)


@every_preset
def test_every_choice_of_a_preset_is_a_contingency_of_the_book(
    preset: Preset, books: list[Book]
) -> None:
    for book in books:
        made = [applied(book, preset, each, 5) for each in choices(book, preset)]
        assert all(each is not None for each in made)
        found = outcomes(project(book), [each for each in made if each])
        assert len(found) == len(made)
        for outcome in found:
            assert outcome.contingency is not None
            assert outcome.contingency.loss_day == 5
            assert outcome.contingency.mode is preset.how.mode


def test_a_loss_that_others_follow_says_so_beside_its_figures() -> None:
    book = load_sample("contractor-us")
    found = answer(book)
    lost = applied(book, BY_KEY["others_follow"], "family", found.projection.now)
    assert lost is not None
    answers = with_loss(found, lost)
    said = {
        each: loss_verdict(answers, answers.loss(lost.id), Narrator(book, words_for(each))).detail
        for each in ("en", "zh_CN")
    }
    follows = "on 5 December they cut lines that are not committed by 50 %."
    assert f"It counts here that other lenders follow: {follows}" in said["en"]
    assert "其他放款方会跟进：12月5日起，未承诺的额度下调 50%。" in said["zh_CN"]


def test_what_is_not_in_the_book_makes_no_contingency(books: list[Book]) -> None:
    for preset in PRESETS:
        if preset.scope not in (Scope.EVERYTHING, Basis.SYSTEMIC):
            assert applied(books[0], preset, "nothing-of-this-name") is None


def test_keys_are_unique() -> None:
    assert len(BY_KEY) == len(PRESETS)


def test_a_preset_sets_mode_notice_duration_cut_and_cascade(books: list[Book]) -> None:
    book = books[0]
    called = applied(book, BY_KEY["called_early"], book.facilities[0].id)
    followed = applied(book, BY_KEY["others_follow"], book.facilities[0].id)
    fault = applied(book, BY_KEY["platform_fault"], "支付宝")
    assert called is not None
    assert followed is not None
    assert fault is not None
    assert (called.mode, called.notice_days, called.loss_day) == (LossMode.CALL, 0, 0)
    assert followed.cascade == Cascade(14, 50)
    assert (fault.mode, fault.duration_days) == (LossMode.FREEZE, 7)
    assert {"jiebei", "huabei", "alipay", "yuebao"} <= set(fault.targets)
    assert replace(fault, duration_days=30).duration_days == 30


FIGURES = [
    ("review_cut", "halves the limit", Manner(cut_percent=50)),
    ("platform_fault", "for a week", Manner(duration_days=7)),
    ("maintenance", "for three days", Manner(duration_days=3)),
    ("temporary_drop", "halved for 30 days", Manner(cut_percent=50, duration_days=30)),
    ("identity", "for two weeks", Manner(duration_days=14)),
    ("reduced_renewal", "30 % less", Manner(cut_percent=30)),
    ("called_early", "back at once", Manner(notice_days=0)),
    ("others_follow", "14 days later", Manner(cascade=Cascade(14, 50))),
    ("receipts_75", "three quarters", Manner(cut_percent=25)),
    ("receipts_30_late", "30 days later", Manner(late_days=30)),
    ("customer_gone", "Nothing comes", Manner(cut_percent=100)),
    ("customer_late", "60 days later", Manner(late_days=60)),
    ("risky_customers", "Nothing comes", Manner(cut_percent=100)),
    ("receivable_frozen", "90 days later", Manner(late_days=90)),
    ("supplier_dispute", "at once", Manner(notice_days=0)),
    ("advanced_by_staff", "within a week", Manner(notice_days=7)),
]
"""Each cause with a figure: the words of its sentence that say it, and what it sets."""


@pytest.mark.parametrize(("key", "words", "how"), FIGURES)
def test_a_preset_sets_what_its_sentence_says(key: str, words: str, how: Manner) -> None:
    preset = BY_KEY[key]
    assert words in str(preset.told)
    assert replace(preset.how, mode=None) == how


def test_causes_without_a_figure_set_none() -> None:
    silent = {each.key for each in PRESETS if replace(each.how, mode=None) == Manner()}
    assert silent == BY_KEY.keys() - {key for key, _, _ in FIGURES}


def test_what_lenders_do_is_offered_before_what_customers_do() -> None:
    about_receipts = (Scope.RECEIPTS, Basis.CUSTOMER, Scope.RISK)
    *others, last = [each.scope for each in PRESETS]
    assert last is Scope.EXPENSE
    order = [each in about_receipts for each in others]
    assert order == sorted(order)
    assert PRESETS[0].scope is Scope.ONE


def test_the_whole_is_offered_before_its_parts_and_the_graver_risk_first() -> None:
    book = load_sample("contractor")
    flows = [
        each.changed(customer_risk=risk, through="alipay")
        for each, risk in zip(
            (each for each in book.cash_flows if each.direction is Direction.RECEIPT),
            (CustomerRisk.WATCH, CustomerRisk.HIGH),
            strict=False,
        )
    ]
    for each in flows:
        book = book.put(each)
    assert choices(book, BY_KEY["receipts_75"]) == ["", "alipay"]
    assert choices(book, BY_KEY["risky_customers"]) == ["high", "watch"]


@pytest.mark.parametrize(
    ("key", "said", "how"),
    [
        ("receipts_60", "receipts at 60 %", Manner(cut_percent=40)),
        ("receipts_0", "receipts at 0 %", Manner(cut_percent=100)),
        ("receipts_45_late", "receipts 45 days late", Manner(late_days=45)),
        ("receipts_365_late", "receipts 365 days late", Manner(late_days=365)),
    ],
)
def test_receipts_at_any_share_or_lateness_are_causes_by_name(
    key: str, said: str, how: Manner
) -> None:
    preset = named(key)
    assert preset is not None
    assert preset.key == key
    assert str(preset.name) == said
    assert replace(preset.how, mode=None) == how


@pytest.mark.parametrize("key", ["receipts_", "receipts_100", "receipts_1000_late", "xreceipts_5"])
def test_what_is_no_share_and_no_lateness_is_no_cause(key: str) -> None:
    assert named(key) is None


def test_a_cause_of_lines_can_be_chosen_where_there_is_such_a_line() -> None:
    book = load_sample("contractor")
    plain = [each.changed(systemic=False, tags=()) for each in book.facilities]
    for each in plain:
        book = book.put(each)
    assert choices(book, BY_KEY["no_line_at_all"]) == [""]
    assert choices(book, BY_KEY["systemic"]) == []
    assert choices(book, BY_KEY["group_tightening"]) == []
    hit = book.put(plain[0].changed(systemic=True, tags=("a", "b"))).put(
        plain[1].changed(tags=("c", "a"))
    )
    assert choices(hit, BY_KEY["systemic"]) == [""]
    assert choices(hit, BY_KEY["group_tightening"]) == ["a", "b", "c"]
    bare = Book(title="Bare", as_of=book.as_of)
    hit_at_all = [each.key for each in PRESETS if choices(bare, each)]
    assert hit_at_all == [SUDDEN_EXPENSE]


def test_only_a_contract_with_an_end_is_not_renewed_and_only_a_card_blocks_purchases() -> None:
    book = load_sample("contractor")
    ends = {each.id for each in book.facilities if each.contract_until is not None}
    buys = {each.id for each in book.facilities if each.purchases_only}
    for key, wanted in (
        ("no_renewal", ends),
        ("reduced_renewal", ends),
        ("purchases_blocked", buys),
    ):
        assert wanted
        assert set(choices(book, BY_KEY[key])) == wanted
        assert set(every_applied(book, BY_KEY[key])) == wanted


@pytest.mark.parametrize("name", ["no_renewal", "Not renewed", "不再续贷（断贷）"])
def test_a_cause_is_found_by_its_key_and_by_its_name(name: str) -> None:
    assert preset_named(name) is BY_KEY["no_renewal"]
