"""Causes by name: each applies to a lived-in book, says what it assumes, and can be edited."""

from dataclasses import replace

import pytest

from backstop.contingency import Basis, Cascade, outcomes
from backstop.contingency.applying import applied, choices
from backstop.contingency.presets import BY_KEY, PRESETS, Preset, Scope
from backstop.domain import Book, LossMode
from backstop.language import words_for
from backstop.projection import project
from backstop.services.samples import load_sample, sample_names

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
    assert (called.mode, called.notice_days) == (LossMode.CALL, 0)
    assert followed.cascade == Cascade(14, 50)
    assert (fault.mode, fault.duration_days) == (LossMode.FREEZE, 7)
    assert {"jiebei", "huabei", "alipay", "yuebao"} <= set(fault.targets)
    assert replace(fault, duration_days=30).duration_days == 30
